"""PyThaiNLP's corpora as a source."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from sample.warc import Warc
from tests.support.commands import EndedCrawl, crawl
from tests.support.corpora import corpus_text, put, write_corpus
from tests.support.warcs import address, page, warc_of
from thaigov_crawler.errors import SourceError
from thaigov_crawler.sources.corpus import CorpusSource
from thaigov_crawler.spiders.arguments import ALL_IDS, ArticleIds


def listed(path: Path, ids: ArticleIds = ALL_IDS) -> tuple[list[int], Counter[str]]:
    """Return the article IDs of the visits in a folder, and the counts."""
    source = CorpusSource(path)
    number = source.list_files(ids)
    visits = [request.cb_kwargs["article_id"] for request in source.requests()]
    assert len(visits) == number
    return visits, source.counts


def rows(run: EndedCrawl, fields: str) -> list[tuple]:
    return run.rows(f"SELECT {fields} FROM articles ORDER BY id")


def test_a_clone_becomes_articles(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "thaigov-v2-corpus", range(1, 4))
    put(folder, "last_num.txt", "100611")
    put(folder, "requirements.txt", "beautifulsoup4\nrequests\n")
    put(folder, ".git/objects/ab", "x")
    run = crawl(tmp_path / "data", source=f"corpus:{folder}")
    assert (run.status, run.outcomes) == (0, {"stored": 3})
    fields = "id, url, capture_url, source, layout, section, date_published, captured_at, language, lead, images"
    assert rows(run, fields)[1] == (
        *(2, address(2), address(2), "corpus", "corpus", "ด้านสังคม", "2025-01-01"),
        *("2024-12-31T17:00:00+00:00", "th", None, "[]"),
    )
    assert run.rows("SELECT source, outcome FROM visits WHERE article_id = 2") == [("corpus", "stored")]
    assert "2 text file(s) have no article's address in their last line" in run.log
    assert "last_num.txt" in run.log
    assert [article["id"] for article in run.journal] == [1, 2, 3]


def test_the_article_id_is_in_the_address_and_in_nothing_else(tmp_path: Path) -> None:
    put(tmp_path, "a_7.txt", corpus_text(1))
    put(tmp_path, "b_7.txt", corpus_text(2, at="http://thaigov.go.th:80/news/contents/ministry_details/2"))
    put(tmp_path, "ข่าว.txt", corpus_text(3, at="https://www.thaigov.go.th/th/news/3"))
    # Cut short: the body of such a file may end with the address of another article.
    put(tmp_path, "d.txt", corpus_text(4).rpartition("\n")[0])
    put(tmp_path, "e.txt", corpus_text(5, address(55)) + "\n\n")
    put(tmp_path, "f.txt", corpus_text(6).replace("ที่มา :", "ที่มา (URL source) :"))
    put(tmp_path, "g.md", corpus_text(8))
    put(tmp_path, "h.txt", "")
    assert listed(tmp_path) == ([1, 2, 5, 6], Counter({"corpus/no_address": 3}))


def test_only_what_is_asked_for(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "in", range(1, 6))
    assert listed(folder, ArticleIds.parse("2-3,9")) == ([2, 3], Counter({"corpus/not_selected": 3}))


def test_a_single_file(tmp_path: Path) -> None:
    put(tmp_path, "x.txt", corpus_text(7))
    assert listed(tmp_path / "x.txt")[0] == [7]


def test_files_that_are_no_articles_are_named_and_cut_ones_apart(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    put(folder, "a_1.txt", corpus_text(1))
    put(folder, "list.txt", "ข่าว\n1\n2")
    put(folder, "b_2.txt", corpus_text(2, at="https://www.thaigov.go.th/uploads/2.pdf"))
    put(folder, "c_3.txt", "รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-\n\n")
    put(folder, b"cut\xff\x1b_4.txt", corpus_text(4).rpartition("\n")[0])
    run = crawl(tmp_path / "data", source=f"corpus:{folder}", settings={"LOG_FILE": tmp_path / "log"})
    assert (run.status, run.outcomes) == (0, {"stored": 1})
    log = (tmp_path / "log").read_text("utf-8")
    assert "INFO: 3 text file(s) have no article's address in their last line" in log
    assert "WARNING: 1 text file(s) begin like an article and end without its address" in log
    assert r"cut\udcff\x1b_4.txt" in log
    assert "'thaigov/corpus/no_address': 4" in log


@pytest.mark.parametrize(
    ("name", "said"),
    [("x.zip", "but x.zip: unpack it first"), ("y.tar.gz", "but y.tar.gz"), ("z.md", r"holds no .txt file$")],
)
def test_a_folder_without_texts_is_refused(tmp_path: Path, name: str, said: str) -> None:
    put(tmp_path, name, "PK")
    with pytest.raises(SourceError, match=said):
        CorpusSource(tmp_path)


@pytest.mark.parametrize(("name", "said"), [("no", "there is no file or folder"), ("x.zip", "unpack")])
def test_what_cannot_be_read_from(tmp_path: Path, name: str, said: str) -> None:
    put(tmp_path, "x.zip", "PK")
    with pytest.raises(SourceError, match=said):
        CorpusSource(tmp_path / name)


def test_planning_stops_when_it_is_told_to(tmp_path: Path) -> None:
    asked = iter([False] * 7 + [True] * 50)
    source = CorpusSource(write_corpus(tmp_path / "in", range(1, 50)))
    assert source.list_files(ALL_IDS, lambda: next(asked)) == 7


def test_a_folder_is_read_once_however_many_links_lead_there(tmp_path: Path) -> None:
    write_corpus(tmp_path / "elsewhere", range(1, 3))
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / name).symlink_to(tmp_path / "elsewhere")
    assert listed(tmp_path / "in") == ([1, 2], Counter())


def test_what_a_killed_export_has_left_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, ".news.ab_cd123/a_1.txt", corpus_text(1))
    put(tmp_path, ".news/a_2.txt", corpus_text(2))
    assert listed(tmp_path) == ([2], Counter())


def test_odd_names_links_and_things_that_are_no_files(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    put(folder, b"\xff\n_1.txt", corpus_text(1))
    put(folder, "ก%2F #?_2.txt", corpus_text(2))
    put(folder, "x_3.txt/y_3.txt", corpus_text(3))
    put(tmp_path / "elsewhere", "z_4.txt", corpus_text(4))
    (folder / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "back").symlink_to(folder)
    (folder / "gone.txt").symlink_to("nowhere")
    os.mkfifo(folder / "pipe.txt")
    run = crawl(tmp_path / "data", source=f"corpus:{folder}")
    assert run.outcomes == {"stored": 4}
    assert rows(run, "section") == [(None,), ("ก%2F #?",), ("y",), ("z",)]
    assert (run.status, "2 file(s) cannot be read" in run.log) == (4, True)


def test_encodings_and_sizes(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    put(folder, "a_1.txt", corpus_text(1), "utf-8-sig")
    put(folder, "b_2.txt", corpus_text(2), "cp874")
    put(folder, "d_4.txt", corpus_text(4, *["ย่อหน้ายาว" * 20] * 100))
    run = crawl(tmp_path / "data", source=f"corpus:{folder}", settings={"DOWNLOAD_MAXSIZE": 9000})
    assert run.outcomes == {"stored": 2, "failed": 1}
    assert rows(run, "title") == [(f"เปิดห้องสมุดชุมชนแห่งที่ {number}",) for number in (1, 2)]
    assert run.rows("SELECT reason FROM visits WHERE article_id = 4") == [
        ("the page is larger than 9,000 bytes (DOWNLOAD_MAXSIZE)",)
    ]


def test_files_without_an_article_and_damaged_ones(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    empty = "รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-\n\n\nวันพฤหัสบดีที่ 1 มกราคม 2513"
    put(folder, "a_1.txt", f"{empty}\n\nที่มา : {address(1)}")
    put(folder, "b_2.txt", corpus_text(2).replace("1 มกราคม", "1"))
    run = crawl(tmp_path / "data", source=f"corpus:{folder}")
    assert run.outcomes == {"absent": 1, "malformed": 1}
    assert f"scrapy probe -a source=corpus:{folder} 2" in run.log
    assert run.rows("SELECT captured_at FROM visits") == [(None,), (None,)]


def test_what_is_stored_is_not_visited_again(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "in", range(1, 4))
    crawl(tmp_path / "data", source=f"corpus:{folder}", ids="1-2")
    run = crawl(tmp_path / "data", source=f"corpus:{folder}")
    assert (run.outcomes, "2 article IDs are known" in run.log) == ({"stored": 1}, True)
    run = crawl(tmp_path / "data", source=f"corpus:{folder}", visit="all")
    assert run.outcomes == {"unchanged": 3}


# Texts and pages of the same articles


def versions(run: EndedCrawl) -> list[tuple]:
    """Return the source of each article and of its revisions."""
    kept = dict(
        run.rows("SELECT article_id, group_concat(json_extract(article, '$.source')) FROM revisions GROUP BY 1")
    )
    return [(article_id, source, kept.get(article_id)) for article_id, source in rows(run, "id, source")]


def illustrated(*article_ids: int, date: str = "2025-02-01T00:00:00Z", **changes: str) -> Warc:
    """Return a WARC file of pages that say what the texts say, and have a picture, which texts do not have."""
    warc = Warc()
    for article_id in article_ids:
        html = page(article_id, **changes).replace(b"</p><p>", b'</p><img src="/uploads/1.jpg"><p>')
        warc.response(address(article_id), date, html)
    return warc


def test_a_page_takes_the_place_of_a_text_and_nobody_edited_it(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "in", range(1, 4))
    warc = f"warc:{illustrated(1, 2).write(tmp_path / 'x.warc.gz')}"
    data = tmp_path / "data"
    crawl(data, source=f"corpus:{folder}")
    run = crawl(data, source=warc)
    assert run.outcomes == {"stored": 2}
    assert "2 texts of a corpus replaced by pages" in run.log
    assert versions(run) == [(1, warc, "corpus"), (2, warc, "corpus"), (3, "corpus", None)]
    assert run.rows("SELECT DISTINCT kind FROM changes") == [("new",)]
    assert [article["source"] for article in run.journal] == ["corpus"] * 3 + [warc] * 2
    again = crawl(data, source=f"corpus:{folder}", visit="all")
    assert (again.outcomes, versions(again)) == ({"unchanged": 3}, versions(run))


def test_a_text_leaves_a_page_alone(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "in", range(1, 4))
    warc = f"warc:{illustrated(1, 2).write(tmp_path / 'x.warc.gz')}"
    data = tmp_path / "data"
    before = crawl(data, source=warc)
    stored = before.rows("SELECT * FROM articles")
    run = crawl(data, source=f"corpus:{folder}")
    assert run.outcomes == {"stored": 1}
    run = crawl(data, source=f"corpus:{folder}", visit="all")
    assert run.outcomes == {"unchanged": 3}
    assert run.rows("SELECT * FROM articles WHERE id < 3") == stored
    assert versions(run) == [(1, warc, None), (2, warc, None), (3, "corpus", None)]


def test_even_an_older_page_is_better_than_a_text(tmp_path: Path) -> None:
    warc = illustrated(1, date="2024-12-01T00:00:00Z")  # the site changed the date on the page later
    name = f"warc:{warc.write(tmp_path / 'x.warc.gz')}"
    crawl(tmp_path / "data", source=f"corpus:{write_corpus(tmp_path / 'in', range(1, 2))}")
    run = crawl(tmp_path / "data", source=name)
    assert versions(run) == [(1, name, "corpus")]


def test_an_edit_between_two_pages_stays_an_edit(tmp_path: Path) -> None:
    warc = illustrated(1)
    warc.records += illustrated(1, date="2025-03-01T00:00:00Z", section="ด้านการศึกษาฯ").records
    name = f"warc:{warc.write(tmp_path / 'x.warc.gz')}"
    crawl(tmp_path / "data", source=f"corpus:{write_corpus(tmp_path / 'in', range(1, 2))}")
    run = crawl(tmp_path / "data", source=name)
    assert run.rows("SELECT kind, fields FROM changes ORDER BY id") == [("new", "[]"), ("edited", '["section"]')]
    (revisions,) = run.rows("SELECT count(*) FROM revisions")[0]
    assert revisions == 2


def test_a_page_that_says_the_same_is_where_it_came_from(tmp_path: Path) -> None:
    crawl(tmp_path / "data", source=f"corpus:{write_corpus(tmp_path / 'in', range(1, 2))}")
    name = f"warc:{warc_of(range(1, 2)).write(tmp_path / 'x.warc.gz')}"
    run = crawl(tmp_path / "data", source=name)
    assert (run.outcomes, versions(run)) == ({"unchanged": 1}, [(1, name, None)])
    assert rows(run, "layout, captured_at") == [("classic", "2025-01-01T00:00:00+00:00")]


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_an_id_served_twice_ends_alike_in_any_order(tmp_path: Path, names: tuple[str, str]) -> None:
    folder, data = tmp_path / "in", tmp_path / "data"
    for name, text in zip(names, (corpus_text(1), corpus_text(1, "แก้ไขแล้ว")), strict=True):
        put(folder, f"{name}/ด้านสังคม_1.txt", text)
    run = crawl(data, source=f"corpus:{folder}")
    assert run.outcomes == {"stored": 2}
    digests = [rows(run, "digest")[0][0], run.rows("SELECT digest FROM revisions")[0][0]]
    assert digests == sorted(digests, reverse=True)
    assert run.rows("SELECT kind FROM changes") == [("new",)]
    assert run.rows("SELECT outcome FROM visits") == [("stored",)]
    kept = json.loads(run.rows("SELECT article FROM revisions")[0][0])
    assert kept["digest"] == digests[1]
