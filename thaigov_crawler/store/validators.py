"""The validators of pages (ETag, Last-Modified). A later request sends them to ask whether the page has changed."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, delete, insert

from thaigov_crawler.store.forgetting import is_forgotten
from thaigov_crawler.store.tables import validators


class Validators(NamedTuple):
    """The headers ETag and Last-Modified of one page, as the host sent them; None if it sent none."""

    source: str
    article_id: int
    url: str
    etag: str | None
    last_modified: str | None


def keep(connection: Connection, given: Validators) -> None:
    """Store the validators of an article's page from one source, in the place of earlier ones.

    Store nothing if the article is forgotten.
    """
    if is_forgotten(connection, given.article_id):
        return
    of_page = (validators.c.source == given.source, validators.c.article_id == given.article_id)
    connection.execute(delete(validators).where(*of_page))
    connection.execute(insert(validators), given._asdict())
