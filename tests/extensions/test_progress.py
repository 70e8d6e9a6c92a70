"""The progress bar, on a real pseudo-terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from tests.support.terminals import on_a_terminal
from tests.support.warcs import warc_of
from thaigov_crawler.extensions.progress import ProgressBar


def run_on_terminal(tmp_path: Path, **extra: str) -> str:
    """Crawl with standard error on a terminal; what the terminal was sent."""
    path = warc_of(range(1, 61)).write(tmp_path / "pages.warc.gz")
    arguments = ["crawl", "thaigov", f"-asource=warc:{path}", f"-sTHAIGOV_DIR={tmp_path / 'data'}"]
    status, sent = on_a_terminal(*arguments, streams=("stderr",), env=extra)
    assert status == 0
    return sent


def test_a_terminal_shows_count_and_rate_and_whole_log_lines(tmp_path: Path) -> None:
    sent = run_on_terminal(tmp_path)
    assert "60/60" in sent
    assert "pages/s" in sent
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", sent)
    assert re.search(r"^.*INFO: Closing spider \(finished\)\s*$", plain, re.MULTILINE)
    assert "Status:    0, finished" in plain


@pytest.mark.parametrize("extra", [{"SCRAPY_JOB": "26f5"}])
def test_none_on_scrapyd(tmp_path: Path, extra: dict[str, str]) -> None:
    assert "pages/s" not in run_on_terminal(tmp_path, **extra)


def test_none_if_standard_error_is_closed(crawler: Crawler, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    with pytest.raises(NotConfigured):
        ProgressBar.from_crawler(crawler)
