"""`scrapy probe`."""

from __future__ import annotations

from pathlib import Path

import pytest

from sample.anatomy import absent_page
from tests.support.commands import scrapy
from tests.support.corpora import corpus_text
from tests.support.loopback.relaunch import relaunch_article, relaunch_page, relaunch_shell
from tests.support.warcs import page, warc_of
from thaigov_crawler.items import FIELDS
from thaigov_crawler.pages.registry import LAYOUTS


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


def test_people_and_dates_are_shown_in_words() -> None:
    output = scrapy("probe", "-a", "source=sample", "990030").stdout
    fields = shown(output)
    assert fields["attendees"] == "นางสาว ศุภิสรา เที่ยงวัฒนา, รัฐมนตรีว่าการกระทรวงการท่องเที่ยวและกีฬา"
    assert fields["dates"] == "2024-07-22 (day): 22 กรกฎาคม 2567"
    assert "\n                     2024-08-09 – 2024-08-12 (day): 9 – 12 สิงหาคม 2567\n" in output


def test_a_malformed_page_ends_with_an_error_and_what_could_be_read(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(page(7, body=""))
    done = scrapy("probe", str(tmp_path / "page.html"))
    fields = shown(done.stdout)
    assert done.returncode == 1
    assert (fields["outcome"], fields["title"]) == ("malformed: no body", "เปิดห้องสมุดชุมชนแห่งที่ 7")


def test_where_no_layout_reads_an_article_it_says_what_each_lacks(tmp_path: Path) -> None:
    article = relaunch_article(7)
    del article["schema"]["datePublished"]
    html = relaunch_page(article | {"schema": article["schema"] | {"datePublished": ""}})
    (tmp_path / "page.html").write_text(html, "utf-8")
    done = scrapy("probe", str(tmp_path / "page.html"))
    fields = shown(done.stdout)
    nothing = "no title, no date_published, no body"
    assert done.returncode == 1
    assert fields["outcome"] == "malformed: no date_published"
    assert [fields[f"as {name}"] for name in ("classic", "generic", "corpus")] == [
        nothing,
        "no date_published",
        nothing,
    ]
    assert (fields["layout"], fields["title"]) == ("generic", "เปิดสวนสาธารณะริมน้ำแห่งที่ 7")


def test_a_page_of_the_relaunched_site_that_was_not_drawn_is_malformed(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(relaunch_shell(7), "utf-8")
    done = scrapy("probe", str(tmp_path / "page.html"))
    assert (done.returncode, shown(done.stdout)["as generic"].split(", ")[:2]) == (1, ["no title", "no date_published"])


def test_a_saved_page_of_the_relaunched_site_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(relaunch_page(relaunch_article(7)), "utf-8")
    for options in ((), ("--layout", "generic")):
        done = scrapy("probe", *options, str(tmp_path / "page.html"))
        fields = shown(done.stdout)
        assert done.returncode == 0
        assert (fields["outcome"], fields["layout"]) == ("article", "generic")
        assert (fields["title"], fields["date_published"]) == ("เปิดสวนสาธารณะริมน้ำแห่งที่ 7", "2026-10-02")
        assert fields["body"] == "สวนสาธารณะริมน้ำแห่งที่ 7 เปิดให้ประชาชนใช้แล้ว"


def test_a_text_file_of_a_corpus_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "7.txt").write_text(corpus_text(7), "utf-8")
    fields = shown(scrapy("probe", str(tmp_path / "7.txt")).stdout)
    assert (fields["outcome"], fields["layout"], fields["date_published"]) == ("article", "corpus", "2025-01-01")


def test_a_layout_that_is_named_is_the_only_one(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(page(7))
    done = scrapy("probe", "--layout", "generic", str(tmp_path / "page.html"))
    assert done.returncode == 1
    assert shown(done.stdout)["layout"] == "generic"
    assert "as classic" not in done.stdout


def test_a_page_without_an_article_is_absent(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(absent_page("epoch"), "utf-8")
    done = scrapy("probe", str(tmp_path / "page.html"))
    assert done.returncode == 0
    assert shown(done.stdout) == {"page": str(tmp_path / "page.html"), "outcome": "absent", "layout": "classic"}


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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no.html"], "no.html: No such file or directory"),
        ([], "name one file, or with -a source=… one article ID"),
        (["-a", "source=sample", "x"], "argument ids: 'x' is not allowed"),
        (["-a", "source=nowhere", "7"], "argument source: 'nowhere' is not allowed"),
        (["-a", "source=live", "-s", "THAIGOV_CONTACT=me", "7"], "setting THAIGOV_CONTACT: 'me' is not allowed"),
        (["--layout", "modern", "README.md"], f"--layout 'modern': must be one of {', '.join(LAYOUTS)}"),
        (["--layout", "classic", "-a", "source=sample", "7"], "--layout is for a file"),
    ],
)
def test_bad_arguments_are_named(arguments: list[str], said: str) -> None:
    done = scrapy("probe", *arguments)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert said in done.stderr
