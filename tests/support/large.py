"""Runs over many article IDs, watched from inside."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.support.commands import EndedCrawl
from tests.support.crawls import live
from tests.support.loopback.answers import Answer
from tests.support.loopback.server import Asked
from tests.support.loopback.site import Site
from tests.support.watching import STEP, Seen, watch

ONE_IN = 20  # so many article IDs holds an article, as small as they come
# Twisted keeps the timer of a request that is long answered until some timer is due: by default for three minutes,
# which are nothing at the ordinary rate and all of the run here.
QUICKEST = {"DOWNLOAD_DELAY": 0.0001, "DOWNLOAD_TIMEOUT": 5, "THAIGOV_RECORD": False}


class LargeSite(Site):
    """A site with few articles among many IDs, which does not remember what it was asked for."""

    def answer(self, asked: Asked) -> Answer:
        self.log.clear()
        return super().answer(asked)


def watched(folder: Path, visits: int, step: int = STEP) -> tuple[EndedCrawl, Seen]:
    """A run over so many article IDs, and what was seen of it, of its memory after each `step` responses."""
    with LargeSite(range(1, visits + 1, ONE_IN)) as site:
        run = live(folder, site, QUICKEST | watch(folder / "seen.json", step), ids=f"1-{visits}")
    return run, Seen.of(folder / "seen.json")


def know_half(folder: Path, site: Site, ids: int) -> None:
    """Have the database in a folder know the first half of the IDs of a site: by turns stored and absent."""
    database = live(folder, site, ids="1-2").folder / "thaigov.db"
    with sqlite3.connect(database) as connection:
        for table, key in (("articles", "id"), ("visits", "article_id")):
            columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
            values = ", ".join(f"{key} + step" if name == key else f'"{name}"' for name in columns)
            connection.execute(
                f"WITH RECURSIVE steps(step) AS (SELECT 2 UNION ALL SELECT step + 2 FROM steps LIMIT {ids // 4 - 1}) "
                f"INSERT INTO {table} SELECT {values} FROM {table}, steps"
            )
    connection.close()


def planned(folder: Path, site: Site, ids: int, visit: str) -> tuple[EndedCrawl, Seen]:
    """A run that only plans to visit the IDs of a site, and what was seen of it."""
    run = live(folder, site, watch(folder / "seen.json"), ids=f"1-{ids}", visit=visit, plan_only="true")
    return run, Seen.of(folder / "seen.json")
