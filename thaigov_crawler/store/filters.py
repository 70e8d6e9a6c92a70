"""Filters: which of the stored articles a caller wants."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, select

from thaigov_crawler.store.persons import stored_as
from thaigov_crawler.store.tables import articles, people

# Characters. A shorter body may be the same in different articles: `...` if the page is a picture, or a kind of news.
TELLING = 100


@dataclass(frozen=True)
class Filter:
    """Conditions on articles. An article must meet all of them; None is no condition."""

    since: str | None = None  # published on this ISO day (C.E.) or later
    until: str | None = None  # published on this ISO day (C.E.) or before
    section: str | None = None  # in this section, exactly as stored
    person: str | None = None  # names the person who has this key (see thai.names.name_key), or one joined to it
    unique: bool = False  # has the lowest ID of the articles with the same text (see once_each)

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions, without `unique`, as conditions on the table `articles`."""
        asked = []
        if self.since is not None:
            asked.append(articles.c.date_published >= self.since)
        if self.until is not None:
            asked.append(articles.c.date_published <= self.until)
        if self.section is not None:
            asked.append(articles.c.section == self.section)
        if self.person is not None:
            named = select(people.c.article_id).where(people.c.name_key.in_(stored_as(self.person)))
            asked.append(articles.c.id.in_(named))
        return asked


EVERYTHING = Filter()


def once_each(found: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the articles without those whose text came before.

    The text is the body. If the body is shorter than TELLING, the text is title and body.
    """
    # The digests are in a file without a name, so that memory does not grow with their number.
    with closing(sqlite3.connect("", isolation_level=None)) as seen:
        seen.execute("PRAGMA synchronous = OFF")
        seen.execute("PRAGMA journal_mode = OFF")
        seen.execute("CREATE TABLE seen (digest BLOB PRIMARY KEY) WITHOUT ROWID")
        for article in found:
            said = article["body"]
            if len(said) < TELLING:
                said = f"{article['title']}\n{said}"
            digest = sha256(said.encode()).digest()
            if seen.execute("INSERT OR IGNORE INTO seen VALUES (?)", (digest,)).rowcount:
                yield article
