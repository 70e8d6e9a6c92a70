"""Where in WARC files the records of some article IDs stand, so that they can be taken out."""

from __future__ import annotations

from collections.abc import Set
from contextlib import closing
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from thaigov_crawler.sources.records import ArticleIdOf, DamagedRecord, one_line, read_to_end


def spans_of(path: Path, article_ids: Set[int], article_id_of: ArticleIdOf) -> list[tuple[int, int]]:
    """The bytes (first, behind the last) of every record of a file, of whichever type, that has the address of one of
    the article IDs.

    Raises DamagedRecord where a record cannot be read to its end: what stands behind it is not known.
    """
    begins: list[tuple[int, bool]] = []
    try:
        with open(path, "rb") as file, closing(ArchiveIterator(file)) as found:
            for record in found:
                address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
                begins.append((found.offset, article_id_of(address) in article_ids))
                if problem := read_to_end(found, record):
                    raise DamagedRecord(problem)
    except (OSError, DamagedRecord):
        raise
    except Exception as error:  # warcio and zlib raise many kinds for a damaged file
        raise DamagedRecord(one_line(error)) from error
    ends = [begin for begin, _ in begins[1:]] + [path.stat().st_size]
    return [(begin, end) for (begin, unwanted), end in zip(begins, ends, strict=True) if unwanted]
