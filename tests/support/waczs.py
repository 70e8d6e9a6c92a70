"""WACZ files, and WARC files that are compressed with zstd."""

from __future__ import annotations

import gzip
import struct
import sys
import zipfile
from pathlib import Path

from tests.support.warcs import warc_of

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DATA = "archive/data.warc.gz"


def wacz(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> Path:
    """Write a WACZ with these members and those that every WACZ has besides. Return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", method) as file:
        file.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}\n')
        for name, data in members.items():
            file.writestr(name, data)
        file.writestr("indexes/index.cdx.gz", gzip.compress(b"com,example)/ 20250101000000 {}\n"))
        file.writestr("datapackage.json", "{}")
    return path


def data(article_ids: range, *, gzip: bool = True) -> bytes:
    """Return the bytes of a WARC file with one ordinary page for each article ID."""
    return b"".join(warc_of(article_ids, gzip=gzip).records)


def plain(article_ids: range) -> list[bytes]:
    """Return the records of such a file, each without compression."""
    return warc_of(article_ids, gzip=False).records


def dictionary() -> zstd.ZstdDict:
    """Return a dictionary for ordinary pages."""
    return zstd.train_dict(plain(range(1, 200)), 8000)


def frame(content: bytes, known: zstd.ZstdDict | None = None) -> bytes:
    """Return a zstd frame as the specification asks for: with a checksum."""
    return zstd.compress(content, options={zstd.CompressionParameter.checksum_flag: 1}, zstd_dict=known)


def skippable(data: bytes, number: int = 0xD) -> bytes:
    """Return a skippable frame: number 0xD is that of a dictionary."""
    return struct.pack("<II", 0x184D2A50 + number, len(data)) + data
