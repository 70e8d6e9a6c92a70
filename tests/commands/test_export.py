"""`scrapy export`."""

from __future__ import annotations

import json
import os
import shlex
import stat
import subprocess
from pathlib import Path

from tests.runs import ROOT, Run, command, scrapy


def export(run: Run, *options: str):
    return scrapy("export", f"-sTHAIGOV_DIR={run.folder}", *options)


def test_the_table_is_what_the_journal_of_a_fresh_run_holds(sample_run: Run) -> None:
    done = export(sample_run)
    assert done.returncode == 0
    journal = (sample_run.folder / "thaigov.jsonl").read_text("utf-8").splitlines()
    assert done.stdout.splitlines() == sorted(journal, key=lambda line: json.loads(line)["id"])


def test_the_same_store_gives_the_same_bytes(sample_run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert export(sample_run, "-o", str(tmp_path / name)).returncode == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one").read_text("utf-8") == export(sample_run).stdout
    assert stat.S_IMODE((tmp_path / "one").stat().st_mode) == 0o666 & ~current_umask()


def current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_ids_limit_it(sample_run: Run) -> None:
    done = export(sample_run, "--ids", "990001-990003,990040-")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [990001, 990002, 990003, 990040]


def test_a_file_that_cannot_be_written_leaves_nothing(sample_run: Run, tmp_path: Path) -> None:
    done = export(sample_run, "-o", str(tmp_path / "no" / "folder"))
    assert done.returncode == 1
    assert done.stderr == f"export: {tmp_path / 'no' / 'folder'}: No such file or directory\n"
    assert not list(tmp_path.iterdir())


def test_a_link_is_followed_and_a_pipe_written_to(sample_run: Run, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("target")
    assert export(sample_run, "-o", str(tmp_path / "link")).returncode == 0
    assert (tmp_path / "link").is_symlink()
    os.mkfifo(tmp_path / "pipe")
    with (
        (tmp_path / "read").open("wb") as read,
        subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=read) as reader,
    ):
        assert export(sample_run, "-o", str(tmp_path / "pipe")).returncode == 0
        assert reader.wait(30) == 0
    assert (tmp_path / "read").read_bytes() == (tmp_path / "target").read_bytes()


def test_many_ids_are_no_trouble(sample_run: Run) -> None:
    done = export(sample_run, "--ids", ",".join(str(number) for number in range(987_041, 990_041, 2)))
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()][:2] == [990001, 990003]


def test_nothing_to_export_is_told(sample_run: Run) -> None:
    done = export(sample_run, "--ids", "1-3")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "export: no stored article is asked for\n"


def test_a_reader_may_stop_early(sample_run: Run) -> None:
    line = shlex.join(command("export", f"-sTHAIGOV_DIR={sample_run.folder}"))
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line} | head -n 1"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["id"] == 990001


def test_bad_options_are_named(sample_run: Run) -> None:
    done = export(sample_run, "--ids", "x")
    assert done.returncode == 2
    assert "argument ids: 'x' is not allowed" in done.stderr


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    done = scrapy("export", f"-sTHAIGOV_DIR={tmp_path}")
    assert done.returncode == 1
    assert "run `scrapy crawl thaigov` first" in done.stderr
    assert not list(tmp_path.iterdir())
