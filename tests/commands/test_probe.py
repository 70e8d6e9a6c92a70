"""`scrapy probe`."""

from __future__ import annotations

from pathlib import Path

from sample.anatomy import absent_page
from tests.support.commands import scrapy
from tests.support.warcs import page, warc_of
from thaigov_crawler.items import FIELDS


def shown(output: str) -> dict[str, str]:
    """Field names to values (the first line of each)."""
    return {line[:20].strip(): line[21:] for line in output.splitlines() if line[:20].strip()}


def test_a_saved_page_is_shown_with_every_field(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(page(7))
    done = scrapy("probe", str(tmp_path / "page.html"))
    fields = shown(done.stdout)
    assert done.returncode == 0
    assert set(FIELDS) <= set(fields)
    assert (fields["outcome"], fields["layout"]) == ("article", "classic")
    assert (fields["title"], fields["date_published"]) == ("เปิดห้องสมุดชุมชนแห่งที่ 7", "2025-01-01")
    assert "เปิดทุกวันไม่เว้นวันหยุด" in done.stdout


def test_a_malformed_page_ends_with_an_error_and_what_could_be_read(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(page(7, body=""))
    done = scrapy("probe", str(tmp_path / "page.html"))
    fields = shown(done.stdout)
    assert done.returncode == 1
    assert (fields["outcome"], fields["title"]) == ("malformed: no body", "เปิดห้องสมุดชุมชนแห่งที่ 7")


def test_a_page_without_an_article_is_absent(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(absent_page("epoch"), "utf-8")
    done = scrapy("probe", str(tmp_path / "page.html"))
    assert done.returncode == 0
    assert shown(done.stdout)["outcome"] == "absent"


def test_each_capture_of_an_article_of_a_source_is_shown_and_nothing_stored(tmp_path: Path) -> None:
    done = scrapy("probe", "-a", "source=sample", "990030", f"-sTHAIGOV_DIR={tmp_path}")
    assert done.returncode == 0
    assert done.stdout.count("outcome              article") == 2
    assert done.stderr == ""
    assert not list(tmp_path.iterdir())


def test_a_malformed_page_of_a_source(tmp_path: Path) -> None:
    warc = warc_of(range(1, 2))
    warc.response("https://www.thaigov.go.th/news/contents/details/2", body=b"<p>maintenance</p>")
    path = warc.write(tmp_path / "pages.warc.gz")
    done = scrapy("probe", "-a", f"source=warc:{path}", "2")
    assert done.returncode == 1
    assert shown(done.stdout)["outcome"] == "malformed: no title, no date_published, no body"


def test_an_article_that_the_source_does_not_hold() -> None:
    done = scrapy("probe", "-a", "source=sample", "7")
    assert done.returncode == 1
    assert "There is no page of article 7 in sample." in done.stderr


def test_bad_arguments_are_named() -> None:
    for arguments in (["no.html"], [], ["-a", "source=sample", "x"], ["-a", "source=nowhere", "7"]):
        assert scrapy("probe", *arguments).returncode == 2
