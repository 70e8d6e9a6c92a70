"""The command `thaigov`: everything works in any folder, with the settings of this project."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.commands import ROOT, TIMEOUT, EndedCrawl, environment, scrapy
from thaigov_crawler import errors


def thaigov(*arguments: str, cwd: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run `thaigov …` in a folder. (What the console script starts; tests/soak/package/test_wheel.py has the script.)"""
    line = [sys.executable, "-P", "-m", "thaigov_crawler", *arguments]
    here = environment(PYTHONPATH=str(ROOT), **extra)
    return subprocess.run(line, cwd=cwd, env=here, capture_output=True, encoding="utf-8", timeout=TIMEOUT, check=False)


def project_of(folder: Path, settings: str) -> None:
    """Make the folder a Scrapy project of somebody else, with these settings."""
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = others.settings\n")
    (folder / "others").mkdir()
    (folder / "others" / "__init__.py").touch()
    (folder / "others" / "settings.py").write_text(settings)


def test_the_settings_are_ours_in_any_folder(tmp_path: Path) -> None:
    """Also in the folder of another project, whose scrapy.cfg names other settings. (In an empty one: the wheel's test.)"""
    project_of(tmp_path, "BOT_NAME = 'others'\n")
    done = thaigov("crawl", "thaigov", "-asource=sample", "-aids=990001", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "data" / "sample" / "thaigov.db").exists()


def test_settings_that_the_user_names_win(tmp_path: Path) -> None:
    project_of(tmp_path, "from thaigov_crawler.settings import *\nTHAIGOV_DIR = 'mine'\n")
    named = {"SCRAPY_SETTINGS_MODULE": "others.settings"}
    done = thaigov("settings", "--get", "THAIGOV_DIR", cwd=tmp_path, **named)
    assert (done.returncode, done.stdout) == (0, "mine\n")


def test_it_calls_itself_by_its_name(tmp_path: Path) -> None:
    """A command that is advised can be typed as it stands."""
    code = "import runpy; runpy.run_module('thaigov_crawler', run_name='__main__', alter_sys=True)"
    done = scrapy("export", cwd=tmp_path, code=code)
    advice = "There is no database data/thaigov.db: run `thaigov crawl thaigov` first, or set THAIGOV_DIR."
    assert (done.returncode, done.stderr) == (1, f"export: {advice}\n")
    done = scrapy("export", "--bom", "--format", "txt", cwd=tmp_path, code=code)
    assert "\n  thaigov export [options] [-o FILE]\n" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("thaigov: error: --bom is for csv")


@pytest.mark.parametrize(
    ("started", "program"),
    [("thaigov", "thaigov"), ("/usr/bin/scrapy", "scrapy"), ("scrapyd/runner.py", "scrapy")],
)
def test_how_a_command_is_typed(monkeypatch: pytest.MonkeyPatch, started: str, program: str) -> None:
    monkeypatch.setattr(sys, "argv", [started, "runs"])
    assert errors.typed("crawl thaigov") == f"{program} crawl thaigov"


def test_scrapy_calls_itself_scrapy(sample_run: EndedCrawl) -> None:
    """In the checkout both are at hand, and the log advises the one that was used."""
    assert "Read its page with `scrapy probe -a source=sample " in sample_run.log
