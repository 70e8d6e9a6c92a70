"""Which of the stored articles are asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, select

from thaigov_crawler.store.tables import articles, people

# A shorter body says too little to tell articles apart: `...` where the page is a picture, the name of a kind of news.
TELLING = 100  # characters


@dataclass(frozen=True)
class Filter:
    """What articles must fulfil, all of it; None asks for nothing."""

    since: str | None = None  # ISO day (C.E.): published on it or later
    until: str | None = None  # ISO day (C.E.): published on it or before
    section: str | None = None  # exactly as stored
    person: str | None = None  # naming a person with this key, see thai.names.name_key
    unique: bool = False  # of those that `once_each` takes for one, the lowest article ID

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same as conditions on the table `articles`, but for `unique`."""
        asked = []
        if self.since is not None:
            asked.append(articles.c.date_published >= self.since)
        if self.until is not None:
            asked.append(articles.c.date_published <= self.until)
        if self.section is not None:
            asked.append(articles.c.section == self.section)
        if self.person is not None:
            asked.append(articles.c.id.in_(select(people.c.article_id).where(people.c.name_key == self.person)))
        return asked


EVERYTHING = Filter()


def once_each(found: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Articles without those whose body came before; where it is shorter than TELLING, whose title and body did."""
    # On disk (in a file without a name), so that memory does not grow with their number.
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
