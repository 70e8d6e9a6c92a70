"""The sample in the package is what its script makes, and holds every kind of page."""

from __future__ import annotations

from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from sample.make import SAMPLE, write_sample
from tests.support.commands import EndedCrawl


def records(path: Path) -> list[tuple]:
    with path.open("rb") as file:
        return [
            (record.rec_type, record.rec_headers.headers, record.content_stream().read())
            for record in ArchiveIterator(file, check_digests=True)
        ]


def test_the_sample_is_what_its_script_makes(tmp_path: Path) -> None:
    # Records, not bytes: those depend on the machine's zlib.
    write_sample(tmp_path / "sample.warc.gz")
    assert records(tmp_path / "sample.warc.gz") == records(SAMPLE)


def test_pages_of_old_encodings_are_read(sample_run: EndedCrawl) -> None:
    titles = [title for (title,) in sample_run.rows("SELECT title FROM articles WHERE id IN (990009, 990010)")]
    assert len(titles) == 2
    assert all("\ufffd" not in title and any("ก" <= letter <= "ฮ" for letter in title) for title in titles)


def test_album_and_related_news_are_no_part_of_the_article(sample_run: EndedCrawl) -> None:
    ((body, images),) = sample_run.rows("SELECT body, images FROM articles WHERE id = 990022")
    assert "อัลบั้มภาพ" not in body
    assert "ข่าวที่เกี่ยวข้อง" not in body
    assert images.count("http") == 1


def test_attachments_are_absolute(sample_run: EndedCrawl) -> None:
    ((attachments,),) = sample_run.rows("SELECT attachments FROM articles WHERE id = 990026")
    assert "https://www.thaigov.go.th/uploads/document/" in attachments
    assert ".xlsx" in attachments


def test_misspelt_words_are_mended(sample_run: EndedCrawl) -> None:
    ((title, body),) = sample_run.rows("SELECT title, body FROM articles WHERE id = 990028")
    assert "น้ำ" in title
    for word in ("และสหกรณ์", "แผน", "สำนักงาน", "ได้รับ", "ที่ท้าย", "ให้เสร็จ", "กำชับ", "มีค่า"):
        assert word in body


def test_the_digest_is_of_what_the_page_says(sample_run: EndedCrawl) -> None:
    digests = sample_run.rows("SELECT digest FROM articles UNION ALL SELECT digest FROM revisions")
    assert len(set(digests)) == len(digests) == 34
