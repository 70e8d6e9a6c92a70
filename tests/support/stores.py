"""Databases with invented articles."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

from itemadapter import ItemAdapter

from tests.support import postgresql
from tests.support.articles import article
from tests.support.commands import EndedCrawl
from tests.support.stored import begin, save
from thaigov_crawler.store import Store


def store_of(folder: Path, *changes: dict[str, Any]) -> Path:
    """Make a database in the folder, with one article for each of `changes`, and return the folder.

    The article IDs are 1, 2, 3 and so on.
    """
    folder.mkdir(exist_ok=True)
    with contextlib.closing(Store.open(f"sqlite:///{folder / 'thaigov.db'}")) as store:
        run = begin(store)
        for number, changed in enumerate(changes, 1):
            save(store, ItemAdapter(article(**{"id": number, **changed})).asdict(), run)
    return folder


def execute(run: EndedCrawl, statement: str) -> None:
    """Change the database of a crawl with a statement, without the program."""
    change(run.folder / "thaigov.db", statement)


def change(place: Path | str, statement: str) -> None:
    """Change a database with a statement, without the program: a SQLite file, or the PostgreSQL database with a URL."""
    if isinstance(place, str):
        postgresql.change(place, statement)
        return
    with sqlite3.connect(place) as connection:
        connection.execute(statement)
    connection.close()
