"""What a host gave to ask it later whether a page has changed."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, delete, insert

from thaigov_crawler.store.forgetting import is_forgotten
from thaigov_crawler.store.tables import validators


class Validators(NamedTuple):
    """What came with a page, as the headers ETag and Last-Modified say it."""

    source: str
    article_id: int
    url: str
    etag: str | None
    last_modified: str | None


def keep(connection: Connection, given: Validators) -> None:
    """Keep what came with the last page of an article ID from a source, unless its article is forgotten."""
    if is_forgotten(connection, given.article_id):
        return
    of_page = (validators.c.source == given.source, validators.c.article_id == given.article_id)
    connection.execute(delete(validators).where(*of_page))
    connection.execute(insert(validators), given._asdict())
