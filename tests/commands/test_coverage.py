"""`scrapy coverage`: what it shows of stores whose numbers are known."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support.commands import EndedCrawl, environment, scrapy
from tests.support.crawls import live, wayback
from tests.support.loopback.answers import Answer
from tests.support.loopback.archive import Archive
from tests.support.loopback.faults import Fault
from tests.support.loopback.site import Site
from tests.support.stored import begin, save_each
from tests.support.terminals import on_a_terminal
from tests.support.warcs import address, page
from thaigov_crawler.store import Store


def coverage(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return scrapy("coverage", f"-sTHAIGOV_DIR={folder}", *options)


def shown(folder: Path) -> list[list[str]]:
    """The words of each line."""
    done = coverage(folder)
    assert (done.returncode, done.stderr) == (0, "")
    return [line.split() for line in done.stdout.splitlines()]


def test_what_a_crawl_found(tmp_path: Path, site: Site) -> None:
    for article_id in (4, 5):
        del site.pages[article_id]
    site.faults.append(Fault("/details/9$", Answer(status=400), times=None))
    site.pages[11] = page(11, body="")
    live(tmp_path, site, ids="2-12,20")
    run = live(tmp_path, site, ids="22")
    lines = shown(run.folder)
    assert ["stored", "9", "42.9%"] in lines
    assert ["absent", "2", "9.5%", "2", "absent"] in lines
    assert ["failed", "2", "9.5%", "1", "failed,", "1", "malformed"] in lines
    assert ["never", "visited", "8", "38.1%"] in lines
    assert ["2-10", "6", "2", "1", "0", "66.7%"] in lines
    assert ["11-20", "2", "0", "1", "7", "20.0%"] in lines
    assert ["21-22", "1", "0", "0", "1", "50.0%"] in lines
    assert ["13-19", "7", "7", "never", "visited"] in lines
    assert ["4-5", "2", "2", "absent"] in lines


@pytest.fixture
def thin(tmp_path: Path) -> Path:
    """A store of 30 articles a month from 2024-11 to 2025-09, but for a thin month and two empty ones."""
    store = Store.open(f"sqlite:///{tmp_path / 'thaigov.db'}")
    run, first = begin(store), 1
    for month, number in zip(
        ["2024-11", "2024-12", *(f"2025-{n:02}" for n in range(1, 10))],
        [30, 30, 30, 4, 30, 30, 30, 0, 0, 30, 30],
        strict=True,
    ):
        save_each(store, run, *range(first, first + number), date_published=f"{month}-15")
        first += number
    store.close()
    return tmp_path


def test_thin_and_empty_months(thin: Path) -> None:
    lines = shown(thin)
    assert ["2024", "30", "30", "60"] in lines
    assert ["2025", "30", "4*", "30", "30", "30", "0", "0", "30", "30", "184"] in lines
    said = [" ".join(line) for line in lines[-3:]]
    assert said == [
        "* fewer than half as many articles as in the months around it: 2025-02 (4; around it 30)",
        "",
        "Months without a stored article, between months that have some: 2 (2025-06 to 2025-07)",
    ]


def test_a_store_without_gaps_has_none_to_show(thin: Path) -> None:
    lines = shown(thin)
    assert "Gaps (article IDs in a row without a stored article): 0".split() in lines
    assert not [line for line in lines if "what" in line]


def test_no_line_is_cut_where_the_output_is_no_terminal(sample_run: EndedCrawl) -> None:
    narrow = scrapy("coverage", f"-sTHAIGOV_DIR={sample_run.folder}", env=environment(COLUMNS="20"))
    assert narrow.stdout == coverage(sample_run.folder).stdout
    assert "…" not in narrow.stdout
    assert "\x1b" not in narrow.stdout


def test_on_a_narrow_terminal_nothing_is_cut_either(sample_run: EndedCrawl) -> None:
    plain = coverage(sample_run.folder).stdout
    line = ("coverage", f"-sTHAIGOV_DIR={sample_run.folder}")
    status, seen = on_a_terminal(*line, columns=40, streams=("stdout",), env={"TERM": "dumb"})
    assert status == 0
    for wanted in ("990001-990010        8        2        0               0          80.0%", "never visited"):
        assert wanted in seen
        assert wanted in plain


def test_nothing_visited_yet(tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path / 'thaigov.db'}").close()
    for options in ([], ["--html", str(tmp_path / "page.html")]):
        done = coverage(tmp_path, *options)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.endswith("nothing was visited yet: run `scrapy crawl thaigov` first\n")
    assert not (tmp_path / "page.html").exists()


def test_of_a_plan_alone_what_the_archive_holds_is_shown(tmp_path: Path, archive: Archive) -> None:
    for article_id in (1, 2, 5):
        archive.add(address(article_id), "20240102030405", page(article_id))
    run = wayback(tmp_path, archive.url, plan_only="true")
    lines = shown(run.folder)
    assert ["wayback", "0", "3", "3", "2"] in lines
    assert coverage(run.folder, "--html", str(tmp_path / "page.html")).returncode == 1


def test_a_page_that_cannot_be_written(sample_run: EndedCrawl, tmp_path: Path) -> None:
    done = coverage(sample_run.folder, "--html", str(tmp_path / "no" / "page.html"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"coverage: {tmp_path / 'no' / 'page.html'}: No such file or directory\n"


def test_bad_options(tmp_path: Path) -> None:
    assert coverage(tmp_path, "what").returncode == 2
    nameless = coverage(tmp_path, "--html", "")
    assert (nameless.returncode, nameless.stdout) == (2, "")
    assert "--html '': must name the file to write" in nameless.stderr
    done = coverage(tmp_path)
    assert done.returncode == 1
    assert "There is no database" in done.stderr
