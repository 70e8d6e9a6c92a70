"""The pages of `scrapy browse`, asked in this process, with the work that they make SQLite do."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from datasette.app import Datasette

STEP = 100  # steps of SQLite's virtual machine that are counted as one


class Work:
    """What the pages of some databases have made SQLite do."""

    def __init__(self) -> None:
        self.steps = 0
        self.asked: list[tuple[str, Any]] = []  # queries with their parameters

    @contextlib.contextmanager
    def counting(self, connection: Any, milliseconds: int) -> Iterator[None]:
        """Count the steps, in place of Datasette's time limit."""

        def count() -> int:
            self.steps += STEP
            return 0

        connection.set_progress_handler(count, STEP)
        yield
        connection.set_progress_handler(None, 0)


class Pages:
    """The pages of one database."""

    def __init__(self, datasette: Datasette, work: Work):
        self.datasette = datasette
        self._work = work

    def get(self, path: str, **parameters: str) -> Any:
        """The answer to a request, which must be a success."""
        query = urlencode(parameters)
        asked = f"{path}{'&' if '?' in path else '?'}{query}" if query else path
        answer = asyncio.run(self.datasette.client.get(asked))
        assert answer.status_code == 200, (path, answer.text)
        return answer

    def steps(self, path: str) -> int:
        """The steps of SQLite for a page that was asked for before."""
        self.get(path)
        self._work.steps = 0
        self.get(path)
        return self._work.steps

    def queries(self, path: str, **parameters: str) -> list[tuple[str, Any]]:
        """The queries that a page makes, with their parameters."""
        self._work.asked.clear()
        self.get(path, **parameters)
        return list(self._work.asked)

    def plans(self, path: str) -> list[tuple[str, str]]:
        """Each step of the plans of the queries that a page makes, with its query."""
        queries = self.queries(path)
        connection = self.datasette.get_database("thaigov").connect()
        self.datasette._prepare_connection(connection, "thaigov")
        return [
            (row[-1], sql)
            for sql, parameters in queries
            if re.match(r"\s*(select|with)\b", sql, re.IGNORECASE)
            for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters or {})
        ]

    def rows(self, table: str, **parameters: str) -> list[dict[str, Any]]:
        """The rows of all pages of a list, from the first to the last."""
        path, rows = f"/thaigov/{table}.json?{urlencode({'_shape': 'objects', **parameters})}", []
        while path:
            page = self.get(path).json()
            rows += page["rows"]
            following = urlsplit(page["next_url"] or "")
            path = following.path and f"{following.path}?{following.query}"
        return rows


@contextlib.contextmanager
def pages_of(*databases: Path) -> Iterator[list[Pages]]:
    """Give the pages of some databases."""
    work = Work()
    # Not above: it takes half a second, and each process of pytest imports this module.
    from datasette.database import Database

    from thaigov_crawler.browse.server import application

    unchanged = Database.execute

    async def execute(self: Any, sql: str, params: Any = None, **more: Any) -> Any:
        if self.name == "thaigov":  # not Datasette's own
            work.asked.append((sql, params))
        return await unchanged(self, sql, params, **more)

    served = [application(database) for database in databases]
    with (
        patch("datasette.database.sqlite_timelimit", work.counting),
        patch("thaigov_crawler.browse.finding.sqlite_timelimit", work.counting),
        patch("datasette.database.Database.execute", execute),
    ):
        yield [Pages(datasette, work) for datasette in served]
    for datasette in served:
        for held in datasette.databases.values():
            held.close()
        datasette.executor.shutdown()
