"""Tells what a record of a WARC file is: a visit of an article's page, or why it is not a visit."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from warcio.statusandheaders import StatusAndHeaders

from thaigov_crawler.sources.addresses import ArticleIdOf, joined
from thaigov_crawler.sources.bodies import is_part
from thaigov_crawler.sources.revisits import names_meant, names_of

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_HTML_TYPES = ("text/html", "application/xhtml+xml")
# The part of an archive's address before the original address, as in https://web.archive.org/web/20250101000000id_/.
_REPLAY = re.compile(r"^[^?#]*?/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)")
# The part before the address of a page that a recorder has made something of: urn:text:https://…
_MADE_OF = re.compile(r"urn:[a-z-]+:(?=https?://)", re.IGNORECASE)
_PIECE = 1 << 16  # bytes

# The kinds of records that may become visits. Undrawn are the visits of answers that JavaScript has to fill.
VISIT, DRAWN, REVISIT, PARTIAL, UNDRAWN = "visit", "drawn", "revisit", "partial", "undrawn"


class Met(NamedTuple):
    """A record of a file."""

    offset: int  # byte at which it begins; see records.IN_STREAM
    kind: str  # see `_classify`
    article_id: int | None  # article ID of the visit; None if it is not a visit
    names: list[int]  # names of its page (see revisits.Originals); of a revisit, those of the page that it means


def address_of(record: ArcWarcRecord) -> str:
    """Return the address that a record is about, or "".

    Browsertrix puts a word before the address of a page of which it has made something: `urn:text:https://…`.
    """
    return _MADE_OF.sub("", (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>"), count=1)


def answer_of(record: ArcWarcRecord) -> StatusAndHeaders | None:
    """Return status and headers of the answer that a record holds, or None if it holds no answer.

    A conversion (a page as a browser drew it) has them in the record's own headers. So has a resource, which is kept
    without the answer that brought it; its status is taken to be 200. If a redirect was copied from a web archive, its
    Location becomes the original one again, which does not lead into the archive.
    """
    own = record.rec_headers.get_header
    if record.rec_type in ("conversion", "resource"):
        headers = [("Content-Type", own("Content-Type") or "unknown")]
        return StatusAndHeaders(own("X-HTTP-Status") or "200", headers, protocol="HTTP/1.1")
    answer = record.http_headers
    location = answer and answer.get_header("Location")
    if location and own("WARC-Source-URI"):
        answer.replace_header("Location", _REPLAY.sub("", location))
    return answer


def _classify(record: ArcWarcRecord, article_id_of: ArticleIdOf) -> tuple[str, int | None]:
    """Return the kind of a record, and its article ID, or None if it is not a visit.

    Kinds without an article ID:

    - `other_record`: warcinfo, request, metadata …
    - `made_of_page`: what a recorder has made of a page: its text, a picture of it, a list of what it loaded
    - `not_modified`: an answer 304, which has no page
    - `other_address`: not the address of an article
    - `redirect`: to another address of the same article
    - `not_html`: an answer 2xx that is not HTML. (An answer with another status is a visit, whatever its type.)

    Kinds with an article ID:

    - `visit`
    - `drawn`: the page as a browser drew it
    - `revisit`: the page is in another record
    - `partial`: an answer without its body, or with a part of the page
    """
    if kind := _classify_none(record):
        return kind, None
    address = address_of(record)
    article_id, answer = article_id_of(address), answer_of(record)
    status = (answer and answer.get_statuscode()) or ""
    if article_id is not None and record.rec_type == "revisit" and (status[:1] in ("", "2") or status == "304"):
        return REVISIT, article_id
    if article_id is None or answer is None:
        return "other_address", None
    if status == "304":
        return "not_modified", None
    if status.startswith("3") and article_id_of(joined(address, answer.get_header("Location"))) == article_id:
        return "redirect", None
    return _classify_answer(record, answer, status, article_id)


def _classify_answer(
    record: ArcWarcRecord, answer: StatusAndHeaders, status: str, article_id: int
) -> tuple[str, int | None]:
    """Return kind and article ID (see `_classify`) of an answer for the address of an article."""
    if status.startswith("2") and not _is_html(answer):
        return "not_html", None
    has_no_body = status.startswith("2") and record.rec_type == "response" and not record.raw_stream.limit
    if has_no_body or is_part(status, answer.get_header("Content-Range") or ""):
        return PARTIAL, article_id
    if record.rec_type in ("conversion", "resource"):
        return DRAWN, article_id
    return VISIT, article_id


def _classify_none(record: ArcWarcRecord) -> str | None:
    """Return the kind of a record that holds no page of an address, or None if it may hold one.

    Browsertrix keeps as resources what it makes of a page. Its DOM is HTML: that is the page, as a browser drew it.
    """
    if record.rec_type not in ("response", "conversion", "resource", "revisit"):
        return "other_record"
    is_made = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>").lower().startswith("urn:")
    if is_made and not _is_html(answer_of(record)):
        return "made_of_page"
    return None


def _is_html(answer: StatusAndHeaders | None) -> bool:
    """Return whether there is an answer, and its Content-Type is HTML, or missing."""
    if answer is None:
        return False
    return (answer.get_header("Content-Type") or _HTML_TYPES[0]).lower().strip().startswith(_HTML_TYPES)


def met_of(record: ArcWarcRecord, offset: int, article_id_of: ArticleIdOf) -> Met:
    """Return what a record is. `offset` is where it begins. This may read the body of the record."""
    kind, article_id = _classify(record, article_id_of)
    if kind == REVISIT:
        return Met(offset, kind, article_id, names_meant(record, article_id_of))
    answer = record.http_headers
    if kind not in (VISIT, "other_address") or record.rec_type != "response" or not _is_html(answer):
        return Met(offset, kind, article_id, [])
    has_digest = kind != VISIT or record.rec_headers.get_header("WARC-Payload-Digest")
    return Met(offset, kind, article_id, names_of(record, None if has_digest else _digest_of(record), article_id_of))


def _digest_of(record: ArcWarcRecord) -> bytes | None:
    """Read the body of a record, and return its SHA-1.

    Return None if the body cannot be read. `records.read_to_end` will say why.
    """
    digest = hashlib.sha1(usedforsecurity=False)
    try:
        while piece := record.raw_stream.read(_PIECE):
            digest.update(piece)
    except Exception:  # warcio and zlib raise many kinds of errors for a damaged record
        return None
    return digest.digest()
