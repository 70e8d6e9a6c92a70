"""The argument `part`: several runs that share the work."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.sources.test_revisits import DAYS, A, B, response, revisit, sha1
from tests.support.commands import EndedCrawl, crawl, scrapy, started
from tests.support.corpora import corpus_text, put
from tests.support.crawls import live, wayback
from tests.support.loopback.archive import Archive
from tests.support.loopback.site import Site
from tests.support.warcs import address, page, warc_of
from thaigov_crawler.errors import SourceError
from thaigov_crawler.sources.shares import BLOCK, Share
from thaigov_crawler.spiders.arguments import ALL_IDS, ArticleIds


@pytest.mark.parametrize(
    "text", ["0/8", "9/8", "2/0", "x", "", "2", "/8", "2/", "1/2/3", "-1/8", "+1/8", "๑/๒", "01/8"]
)
def test_what_is_no_part(text: str) -> None:
    with pytest.raises(SourceError, match="must be a number of how many, as in 2/8"):
        Share.parse(text)


def test_a_bad_part_is_refused_as_other_arguments_are() -> None:
    done = scrapy("crawl", "thaigov", "-asource=sample", "-apart=9/8")
    assert done.returncode == 2
    assert "argument part: '9/8' is not allowed: must be a number of how many, as in 2/8" in done.stderr


@pytest.mark.parametrize("of", [1, 2, 3, 8, 50])
def test_each_article_id_belongs_to_one_part(of: int) -> None:
    shares = [Share.parse(f"{number}/{of}") for number in range(1, of + 1)]
    asked = [ArticleIds.parse("5-1234,1300,99990-").shared(share) for share in shares]
    for article_id in [*range(1400), *range(99_900, 100_300), 999_999, 1_000_000, 1_000_001, 123_456_789]:
        holding = [number for number, ids in enumerate(asked, 1) if article_id in ids]
        wanted = article_id in ArticleIds.parse("5-1234,1300,99990-")
        assert len(holding) == wanted
        if wanted:
            assert holding == [article_id // BLOCK % of + 1]
            assert shares[holding[0] - 1].first_id <= article_id


def test_an_open_ended_range_far_up_stays_open_ended() -> None:
    ids = ArticleIds.parse("2000050-").shared(Share(2, 2))
    assert ids.are_endless
    assert [each for each in range(2_000_000, 2_000_250) if each in ids] == list(range(2_000_100, 2_000_200))


def test_the_only_part_is_all() -> None:
    assert ALL_IDS.shared(Share(1, 1)).ranges == ALL_IDS.ranges


def test_a_file_belongs_to_one_part_for_ever() -> None:
    names = [f"2025/rec-{number}.warc.gz" for number in range(400)]
    numbers = [[share for share in range(1, 9) if Share(share, 8).has_file(name)] for name in names]
    assert {len(each) for each in numbers} == {1}
    assert all(30 < sum(each == [share] for each in numbers) < 70 for share in range(1, 9))
    # What the rule gave when it was made. Another rule would move files of crawls that are under way.
    assert [each for (each,) in numbers[:6]] == [8, 8, 3, 1, 4, 7]
    assert [each for each in range(1, 9) if Share(each, 8).has_file(f"{names[0]}.open")] == numbers[0]


def parts_of(tmp_path: Path, of: int, data: str = "data", **arguments: str) -> list[EndedCrawl]:
    runs = [
        crawl(tmp_path / data, source=f"warc:{tmp_path / 'in'}", part=f"{number}/{of}", **arguments)
        for number in range(1, of + 1)
    ]
    assert [run.status for run in runs] == [0] * of, runs[-1].log
    return runs


def exported(folder: Path) -> str:
    done = scrapy("export", f"-sTHAIGOV_DIR={folder}", "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    return done.stdout


def whole(tmp_path: Path) -> EndedCrawl:
    """Crawl without parts, into another folder."""
    return crawl(tmp_path / "whole", source=f"warc:{tmp_path / 'in'}")


def test_parts_of_files_give_what_one_run_gives(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(6):
        path = tmp_path / "in" / f"{number}.warc.gz"
        path.write_bytes(b"".join(warc_of(range(number * 3 + 1, number * 3 + 5)).records))
    parts = parts_of(tmp_path, 3)
    assert "part 1/3" in parts[0].log.partition("Plan: ")[2]
    assert f"planned from warc:{tmp_path / 'in'}, part 3/3, in" in parts[2].log
    one = whole(tmp_path)
    assert exported(tmp_path / "data") == exported(tmp_path / "whole")
    planned = [number for (number,) in parts[0].rows("SELECT planned FROM runs")]
    assert sum(planned) == 24 > max(planned)
    assert one.rows("SELECT planned FROM runs") == [(24,)]
    journal = [line["id"] for line in parts[0].journal]
    assert sorted(journal) == sorted(line["id"] for line in one.journal)


def test_parts_at_the_same_time_share_a_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(12):
        path = tmp_path / "in" / f"{number}.warc.gz"
        path.write_bytes(b"".join(warc_of(range(number * 20 + 1, number * 20 + 22)).records))
    options = ["crawl", "thaigov", f"-asource=warc:{tmp_path / 'in'}", f"-sTHAIGOV_DIR={tmp_path / 'data'}"]
    with ExitStack() as running:
        parts = [running.enter_context(started(*options, f"-apart={number}/3")) for number in (1, 2, 3)]
        assert [part.wait() for part in parts] == [0, 0, 0]
    one = whole(tmp_path)
    assert exported(tmp_path / "data") == exported(tmp_path / "whole")
    run = EndedCrawl(0, "", tmp_path / "data")
    assert sorted(line["id"] for line in run.journal) == sorted(line["id"] for line in one.journal)


def test_a_part_that_runs_again_stores_nothing_twice(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.warc.gz").write_bytes(b"".join(warc_of(range(1, 4)).records))
    runs = parts_of(tmp_path, 2)
    again = parts_of(tmp_path, 2)
    assert again[1].rows("SELECT count(*) FROM changes") == [(3,)]
    assert len(again[1].journal) == 3
    # One part has no file. It says so and ends well.
    empty = [run for run in runs if "No file of" in run.log]
    assert len(empty) == 1
    assert f"No file of {tmp_path / 'in'} belongs to part" in empty[0].log
    assert "is it the right one?" not in empty[0].log


@pytest.mark.parametrize("of", [2, 5])
def test_what_depends_on_files_of_other_parts(tmp_path: Path, of: int) -> None:
    """A revisit, and an answer without its body that only counts if no other record has the page."""
    (tmp_path / "in").mkdir()
    partial = response(b"", DAYS[2], address(2))
    files = [
        [response(A, DAYS[0])],
        [response(B, DAYS[1])],
        [revisit(DAYS[2], WARC_Payload_Digest=sha1(A))],
        [response(page(2), DAYS[0], address(2))],
        [partial],
        [revisit(DAYS[2], address(3), WARC_Payload_Digest=sha1(b"nowhere"))],
    ]
    for number, records in enumerate(files):
        (tmp_path / "in" / f"{number}.warc.gz").write_bytes(b"".join(records))
    (tmp_path / "in" / "damaged.warc.gz").write_bytes(b"\x1f\x8b\x08 no record")
    one = whole(tmp_path)
    runs = [
        crawl(tmp_path / "data", source=f"warc:{tmp_path / 'in'}", part=f"{number}/{of}") for number in range(1, of + 1)
    ]
    assert exported(tmp_path / "data") == exported(tmp_path / "whole")
    assert sorted(one.rows("SELECT article_id, captured_at FROM revisions")) == sorted(
        runs[0].rows("SELECT article_id, captured_at FROM revisions")
    )
    # What is missing or damaged is told by one part only.
    assert sorted(run.status for run in runs) == [0] * (of - 1) + [4]
    assert sum("damaged.warc.gz" in run.log for run in runs) == 1
    assert sum("1 record(s) say that a page was as in another record" in run.log for run in runs) == 1


def test_texts_of_a_corpus_go_by_their_article(tmp_path: Path) -> None:
    for article_id in (1, 2, 150, 250, 350):
        put(tmp_path / "in", f"{article_id}.txt", corpus_text(article_id))
    put(tmp_path / "in", "notes.txt", "no article")
    runs = [crawl(tmp_path / "data", source=f"corpus:{tmp_path / 'in'}", part=f"{number}/2") for number in (1, 2)]
    assert [run.status for run in runs] == [0, 0]
    assert runs[1].rows("SELECT article_id, run_id FROM visits ORDER BY 1") == [
        (1, 1),
        (2, 1),
        (150, 2),
        (250, 1),
        (350, 2),
    ]
    assert sum("notes.txt" in run.log for run in runs) == 1


def test_an_archive_is_shared_out_by_article_ids(tmp_path: Path, archive: Archive) -> None:
    for article_id in (99, 100, 199, 200, 300):
        archive.add(address(article_id), "20230102030405", page(article_id))
    first = wayback(tmp_path, archive.url, part="1/2", ids="90-310")
    assert first.rows("SELECT id FROM articles ORDER BY id") == [(99,), (200,)]
    # Nothing is noted of the IDs of the other part.
    assert first.rows("SELECT min(article_id), max(article_id), count(*) FROM listed") == [(90, 299, 110)]
    assert "108 of those asked for were never captured" in first.log
    second = wayback(tmp_path, archive.url, part="2/2", ids="90-310")
    assert second.rows("SELECT id FROM articles ORDER BY id") == [(99,), (100,), (199,), (200,), (300,)]
    assert second.rows("SELECT count(*), count(newest) FROM listed") == [(221, 5)]


def test_new_ones_of_a_part_begin_behind_its_own(tmp_path: Path, site: Site) -> None:
    site.pages = {article_id: page(article_id) for article_id in range(90, 215)}
    one = live(tmp_path, site, ids="95-", visit="new", stop_after="3", part="1/2")
    assert one.rows("SELECT min(id), max(id), count(*) FROM articles") == [(95, 214, 20)]
    assert "The 3 article IDs of part 1/2 before 218 are absent" in one.log
    # The other part begins where the store begins, and not behind what the first one has stored.
    two = live(tmp_path, site, ids="1-", visit="new", stop_after="3", part="2/2")
    assert two.rows("SELECT min(id), max(id), count(*) FROM articles") == [(95, 214, 120)]
    assert two.outcomes == {"stored": 100, "absent": 3}
