"""Revisit records. A revisit says that a page was the same as in another record, at another time."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from thaigov_crawler.errors import DamagedRecord
from thaigov_crawler.sources.addresses import ArticleIdOf
from thaigov_crawler.sources.digests import read_digest
from thaigov_crawler.sources.moments import utc

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord


class Originals:
    """Finds the record that a revisit means, by names.

    A record has three names: its digest, its ID, and its address with its time.

    Names are kept as numbers of 64 bits, because a folder may hold a million records. Two names hardly ever have the
    same number. Who reads a record that was found must check it with `check_same`.
    """

    def __init__(self) -> None:
        self._names, self._places = array("Q"), array("I")

    def add(self, place: int, names: Iterable[int]) -> None:
        """Add the names of the record with the number `place`."""
        for name in names:
            self._names.append(name)
            self._places.append(place)

    def find(self, names: Iterable[int]) -> dict[int, int]:
        """Return for each name the number of the first record that has it. Leave out names that no record has."""
        wanted = set(names)
        found: dict[int, int] = {}
        for name, place in zip(self._names, self._places, strict=True):
            if name in wanted:
                found.setdefault(name, place)
        return found


def names_of(record: ArcWarcRecord, sha1: bytes | None, article_id_of: ArticleIdOf) -> list[int]:
    """Return the names of a response record, by which a revisit may mean it.

    `sha1` is the digest of its body, if it was computed because the record has none; else None.
    """
    own = record.rec_headers.get_header
    told = f"sha1:{sha1.hex()}" if sha1 else own("WARC-Payload-Digest")
    return _names(told, own("WARC-Record-ID"), own("WARC-Target-URI"), own("WARC-Date"), article_id_of)


def names_meant(record: ArcWarcRecord, article_id_of: ArticleIdOf) -> list[int]:
    """Return the names of the record that a revisit means, the most certain first."""
    own = record.rec_headers.get_header
    place = own("WARC-Refers-To-Target-URI") or own("WARC-Target-URI"), own("WARC-Refers-To-Date")
    return _names(own("WARC-Payload-Digest"), own("WARC-Refers-To"), *place, article_id_of)


def check_same(revisit: ArcWarcRecord, original: ArcWarcRecord) -> None:
    """Raise DamagedRecord if the digests of two records say that they hold different pages."""
    meant, held = (read_digest(each.rec_headers.get_header("WARC-Payload-Digest")) for each in (revisit, original))
    if meant and held and meant[0] == held[0] and meant != held:
        raise DamagedRecord("the record that it refers to holds another page")


def _names(
    digest: str | None, record_id: str | None, address: str | None, date: str | None, article_id_of: ArticleIdOf
) -> list[int]:
    names = []
    if told := read_digest(digest):
        names.append(_number("digest", *told))
    if record_id:
        names.append(_number("record", record_id.strip().lower()))
    if address and date:
        address = address.strip("<>")
        with suppress(DamagedRecord):  # the date cannot be read
            names.append(_number("at", article_id_of(address) or address, utc(date)))
    return names


def _number(*name: object) -> int:
    return hash(name) & 0xFFFF_FFFF_FFFF_FFFF
