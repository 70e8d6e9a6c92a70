"""Runs that are killed on a site that fails in every way that it can, and what must be left of them all the same.

For real: every run is a process of its own against a site on loopback, and SIGKILL ends it wherever it is. There may be
any number of articles and of kills.
"""

from __future__ import annotations

import itertools
import json
import os
import queue
import random
import signal
import sqlite3
from collections import Counter
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from tests.support.commands import QUICK, TIMEOUT, EndedCrawl, Started, query_database, scrapy, started
from tests.support.loopback.answers import Answer
from tests.support.loopback.site import Site
from tests.support.warcs import eventful_page

# Shares of the requests for articles. Any number of tries of one may fail, so that some visits fail for good and are
# left to the next run.
FAULTS = {"503": 0.10, "429": 0.05, "reset": 0.05, "truncated": 0.02, "truncated_chunked": 0.02, "truncated_gzip": 0.01}
TRIES = 1000
SEED = 6  # with which each of them is met by one of the first 150 articles when it is first asked for
# A 429 makes a run wait for one second at least. As answers take a while, many requests are under way when one comes,
# and those of them that are answered 429 too share its pause.
SECONDS_TO_ANSWER = 0.1
AT_ONCE = 96
SETTINGS = {
    **QUICK,
    "DOWNLOAD_DELAY": 0.001,
    "CONCURRENT_REQUESTS": AT_ONCE,
    "CONCURRENT_REQUESTS_PER_DOMAIN": AT_ONCE,
    "THAIGOV_PAUSE": 0.1,
    "THAIGOV_CONTACT": "crawler@example.org",
}
# How a run may end by itself before it is killed: it is refused (the fifth 429 in a row) or cannot reach the site.
EARLY_ENDS = {3, 4}


class DeadlySite(Site):
    """The site, every answer of which takes its time. It can kill who asks."""

    def __init__(self, articles: int) -> None:
        super().__init__(range(1, articles + 1), eventful_page)
        self.victims: queue.Queue[Started] = queue.Queue()
        self._passing = itertools.repeat(True)

    def kill_after(self, requests: int) -> None:
        """Kill the next victim when it has asked for so many articles, robots.txt aside."""
        self._passing = itertools.chain(itertools.repeat(True, requests), [False], itertools.repeat(True))

    def decide(self, handler: BaseHTTPRequestHandler, at: float) -> Answer:
        if not next(self._passing):
            os.kill(self.victims.get(timeout=TIMEOUT).pid, signal.SIGKILL)
        return replace(super().decide(handler, at), delay=SECONDS_TO_ANSWER)


@dataclass
class Output:
    """The folder that runs over all articles of a site write to, one after the other."""

    folder: Path
    site: Site

    def start(self) -> Started:
        """Start a run; its log goes to the end of the file `log`."""
        settings = {**SETTINGS, "THAIGOV_DIR": self.folder, "THAIGOV_BASE_URL": self.site.url}
        options = [f"-s{name}={value}" for name, value in settings.items()]
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            return started("crawl", "thaigov", "-asource=live", f"-aids=1-{len(self.site.pages)}", *options, stderr=log)

    def ended(self, process: Started) -> EndedCrawl:
        """Wait for a run that nothing disturbs."""
        return EndedCrawl(process.wait(), (self.folder / "log").read_text("utf-8"), self.folder)

    def is_killed(self, site: DeadlySite, requests: int) -> bool:
        """Have the site kill a run when it has asked for so many articles; false where it ended by itself before."""
        site.kill_after(requests)
        with self.start() as process:
            site.victims.put(process)
            status = process.wait()
        if status == -signal.SIGKILL:
            return True
        assert status in EARLY_ENDS
        site.victims.get_nowait()
        return False

    def change(self, statement: str) -> None:
        """Change the database behind the program's back."""
        with sqlite3.connect(self.folder / "thaigov.db") as connection:
            connection.execute(statement)
        connection.close()

    def rows(self, query: str) -> list[tuple]:
        return query_database(self.folder / "thaigov.db", query)

    def content(self, table: str) -> list[tuple]:
        """All rows of a table, in order, without their provenance."""
        columns = [name for _, name, *_ in self.rows(f"PRAGMA table_info({table})")]
        kept = ", ".join(f'"{name}"' for name in columns if name not in ("source", "captured_at", "capture_url"))
        return self.rows(f"SELECT {kept} FROM {table} ORDER BY 1, 2")

    def exported(self) -> bytes:
        """What `scrapy export` writes when all provenance is the same."""
        self.change("UPDATE articles SET source = '', captured_at = '', capture_url = ''")
        file = self.folder / "export.jsonl"
        assert scrapy("export", f"-sTHAIGOV_DIR={self.folder}", "-o", str(file)).returncode == 0
        return file.read_bytes()


@dataclass
class Trial:
    """The output of runs on a failing site, most of which were killed, and of an undisturbed run."""

    articles: int
    kills: int
    disturbed: Output
    undisturbed: Output

    @classmethod
    def of(cls, folder: Path, articles: int, kills: int) -> Trial:
        """Make all these runs."""
        with DeadlySite(articles) as failing, Site(failing.pages, eventful_page) as sound:
            trial = cls(articles, kills, Output(folder / "disturbed", failing), Output(folder / "undisturbed", sound))
            with trial.undisturbed.start() as process:  # meanwhile, as the others wait a lot
                trial._disturb(failing)
                assert trial.undisturbed.ended(process).status == 0
            assert set(FAULTS) <= {logged.fault for logged in failing.asked("/details/")}
            left = articles - len(trial.disturbed.rows("SELECT id FROM articles"))
            failing.random_faults(SEED, {})
            last = trial.disturbed.ended(trial.disturbed.start())
            assert (last.status, last.outcomes) == (0, {"stored": left} if left else {})
        return trial

    def _disturb(self, site: DeadlySite) -> None:
        site.random_faults(SEED, FAULTS, tries=TRIES, match="/details/")
        chance = random.Random(SEED)
        # From none to so many that all of them together come to less than there is to do: no run is over before its kill.
        for requests in [chance.randrange(self.articles // self.kills) for _ in range(self.kills)]:
            while not self.disturbed.is_killed(site, requests):
                pass
            self.disturbed.change("UPDATE leases SET expires_at = '2020-01-01T00:00:00+00:00'")  # a minute has passed
        while len({logged.path for logged in site.asked("/details/")}) < self.articles:
            assert self.disturbed.ended(self.disturbed.start()).status in {0, *EARLY_ENDS}

    def the_store_is_that_of_an_undisturbed_run(self) -> None:
        for table, at_least in (("articles", 1), ("people", 2), ("dates", 1)):
            rows = self.disturbed.content(table)
            assert len(rows) >= at_least * self.articles
            assert rows == self.undisturbed.content(table)

    def nothing_was_stored_twice(self) -> None:
        for query, answer in {
            "SELECT outcome, count(*) FROM visits GROUP BY outcome": [("stored", self.articles)],
            "SELECT kind, count(*) FROM changes GROUP BY kind": [("new", self.articles)],
            "SELECT count(*) FROM revisions": [(0,)],
            "SELECT count(*) FROM leases": [(0,)],
            "SELECT count(*) FROM runs WHERE finished_at IS NULL": [(self.kills,)],
            "SELECT exit_status FROM runs ORDER BY id DESC LIMIT 1": [(0,)],
        }.items():
            assert self.disturbed.rows(query) == answer, query

    def the_journal_parses_but_for_what_a_kill_cut_short(self) -> None:
        numbers, halves = [], 0
        for line in (self.disturbed.folder / "thaigov.jsonl").read_bytes().splitlines():
            try:
                numbers.append(json.loads(line)["id"])
            except ValueError:
                halves += 1
        assert halves <= self.kills
        assert len(set(numbers)) == len(numbers)
        # What was stored in the moment of a kill is in the database alone.
        assert self.articles - self.kills <= len(numbers) <= self.articles

    def the_export_is_the_same_to_the_byte(self) -> None:
        exported = self.disturbed.exported()
        assert exported.count(b"\n") == self.articles
        assert exported == self.undisturbed.exported()

    def shares_of_faults(self) -> dict[str, float]:
        """Which share of the requests for articles met which fault."""
        asked = self.disturbed.site.asked("/details/")
        met = Counter(logged.fault for logged in asked)
        return {kind: met[kind] / len(asked) for kind in FAULTS}
