"""Finds the records of some article IDs in WARC files, so that `scrapy forget` can take them out."""

from __future__ import annotations

from collections.abc import Set
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from thaigov_crawler.sources.addresses import ArticleIdOf
from thaigov_crawler.sources.findings import one_line
from thaigov_crawler.sources.frames import File, is_zstd
from thaigov_crawler.sources.opening import OPEN, OpenWarc, WarcFile
from thaigov_crawler.sources.reading import SEVERAL, is_of_one_stream
from thaigov_crawler.sources.records import GZIP_MEMBER, ends_blank, next_record, read_to_end
from thaigov_crawler.sources.wacz import is_zip


@dataclass(frozen=True)
class Found:
    """The records of some article IDs in a file."""

    spans: list[tuple[int, int]]  # their bytes, in order: (first, one behind the last) of each record
    unfinished: tuple[int, int] | None = None  # the bytes of half a record at the end; whose it is cannot be known
    damage: str = ""  # why the file was not searched to its end, and what to do; "" if it was


def found_in(path: Path, article_ids: Set[int], article_id_of: ArticleIdOf) -> Found:
    """Return the records of a file, of every type, with the address of one of the article IDs.

    Read the file up to its first damaged place. Raise OSError.
    """
    if what := "a WACZ" if is_zip(path) else "compressed with zstd" if _begins_as_zstd(path) else "":
        return Found([], damage=f"not searched, as it is {what}; it may hold these articles: delete it to be sure")
    with closing(WarcFile(path).open()) as warc:
        return _found_in(warc, path, article_ids, article_id_of)


def _found_in(warc: OpenWarc, path: Path, article_ids: Set[int], article_id_of: ArticleIdOf) -> Found:
    begins: list[tuple[int, bool]] = []
    problem, end, is_one_stream = None, 0, False
    file = warc.file
    with closing(warc.records_from(0)) as records:
        try:
            for record in records:
                # What was played back in place of a page has the address of another one, or the archive's.
                addresses = map(record.rec_headers.get_header, ("WARC-Target-URI", "WARC-Source-URI"))
                end = records.offset
                is_theirs = any(article_id_of((address or "").strip("<>")) in article_ids for address in addresses)
                begins.append((end, is_theirs))
                if problem := read_to_end(records, record):
                    begins.pop()
                    break
                if is_one_stream := records.is_within_member:
                    problem, end = SEVERAL, begins.pop()[0]
                    break
                end = max(end, records.offset)
        except OSError:
            raise
        except Exception as error:  # warcio and zlib raise many kinds of errors for a damaged file
            problem, is_one_stream = one_line(error), is_of_one_stream(error)
            if begins and (is_one_stream or not _ends_at(file, end)):
                end = begins.pop()[0]
        size = path.stat().st_size
        file.seek(end)
        if ends_blank(file):
            problem, end = None, size
    ends = [*(begin for begin, _ in begins[1:]), end]
    spans = [(begin, end) for (begin, unwanted), end in zip(begins, ends, strict=False) if unwanted]
    if problem is None:
        return Found(spans)
    if is_one_stream:
        return Found(
            spans, damage="no gzip member for each record: recompress it (`warcio recompress`) and run this again"
        )
    if path.suffix == OPEN and next_record(warc, end + 1) is None:
        return Found(spans, unfinished=(end, size))
    why = f"damaged at byte {end} ({problem}); the rest was not searched and may hold these articles"
    return Found(spans, damage=f"{why}: delete it to be sure")


def _begins_as_zstd(path: Path) -> bool:
    with open(path, "rb") as file:
        return is_zstd(file.read(4))


def _ends_at(file: File, end: int) -> bool:
    """Return whether a record can end at a byte.

    In a compressed file, another gzip member, or the beginning of one, must follow.
    """
    file.seek(0)
    if file.read(2) != GZIP_MEMBER[:2]:
        return True
    file.seek(end)
    return GZIP_MEMBER.startswith(file.read(2))
