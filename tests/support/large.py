"""Runs over many article IDs, with measurements from inside the process."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.support.commands import EndedCrawl
from tests.support.crawls import live
from tests.support.loopback.answers import Answer
from tests.support.loopback.server import Asked
from tests.support.loopback.site import Site
from tests.support.watching import STEP, Seen, watch

ONE_IN = 20  # one in this number of IDs has an article, and a small one
# Twisted keeps the timer of an answered request until some timer is due, by default for three minutes. At the ordinary
# rate that does not matter, but here a whole run takes less.
QUICKEST = {"DOWNLOAD_DELAY": 0.0001, "DOWNLOAD_TIMEOUT": 5, "THAIGOV_RECORD": False}


class LargeSite(Site):
    """A site with few articles among many IDs. It does not keep a log of the requests."""

    def answer(self, asked: Asked) -> Answer:
        self.log.clear()
        return super().answer(asked)


def watched(folder: Path, visits: int, step: int = STEP) -> tuple[EndedCrawl, Seen]:
    """Run over `visits` article IDs. Return the run and its measurements, with the memory every `step` responses."""
    with LargeSite(range(1, visits + 1, ONE_IN)) as site:
        run = live(folder, site, QUICKEST | watch(folder / "seen.json", step), ids=f"1-{visits}")
    return run, Seen.of(folder / "seen.json")


def know_half(folder: Path, site: Site, ids: int) -> None:
    """Fill the database in a folder with the first half of a site's IDs, alternately stored and absent."""
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
    """Run with plan_only over the IDs of a site. Return the run and its measurements."""
    run = live(folder, site, watch(folder / "seen.json"), ids=f"1-{ids}", visit=visit, plan_only="true")
    return run, Seen.of(folder / "seen.json")


def multiply(database: Path, times: int) -> None:
    """Store the articles of a database `times` times in all, with their people, dates and visits.

    The copies have the next IDs, and days a hundred articles apart.
    """
    with sqlite3.connect(database) as connection:
        (held,) = connection.execute("SELECT max(id) FROM articles").fetchone()
        for table, key in (
            ("articles", "id"),
            ("people", "article_id"),
            ("dates", "article_id"),
            ("visits", "article_id"),
        ):
            new = {
                key: f"{key} + step * {held}",
                "date_published": f"date('2024-01-01', (({key} + step * {held}) / 100) || ' days')",
            }
            columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
            values = ", ".join(new.get(name, f'"{name}"') for name in columns)
            connection.execute(
                f"WITH RECURSIVE steps(step) AS (SELECT 1 UNION ALL SELECT step + 1 FROM steps LIMIT {times - 1}) "
                f"INSERT INTO {table} SELECT {values} FROM {table}, steps"
            )
    connection.close()
