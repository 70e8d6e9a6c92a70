"""Kills runs while their site fails in many ways, and checks that everything is stored all the same.

Every run is a real process that reads a site on loopback, and SIGKILL ends it at any point. A trial may have any number
of articles and kills.
"""

from __future__ import annotations

import itertools
import json
import os
import queue
import random
import signal
from collections import Counter
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from tests.support.commands import QUICK, TIMEOUT, EndedCrawl, Started, query_database, scrapy, started
from tests.support.loopback.answers import Answer
from tests.support.loopback.site import Site
from tests.support.stores import change
from tests.support.warcs import eventful_page
from thaigov_crawler.store.tables import metadata

# Shares of the requests for articles that fail. Every try of a request may fail, so some visits fail in the end, and
# the next run must make them.
FAULTS = {"503": 0.10, "429": 0.05, "reset": 0.05, "truncated": 0.02, "truncated_chunked": 0.02, "truncated_gzip": 0.01}
TRIES = 1000
SEED = 6  # with this seed, every fault happens to one of the first 150 articles, at its first request
# A 429 makes a run wait for at least one second. Answers take some time, so many requests are under way at once. If
# several of them get a 429, they share one pause.
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
# Exit statuses of a run that ends before it is killed: it was refused (five 429 in a row) or cannot reach the site.
EARLY_ENDS = {3, 4}


class DeadlySite(Site):
    """A site that answers slowly, and that can kill the process that asks."""

    def __init__(self, articles: int) -> None:
        super().__init__(range(1, articles + 1), eventful_page)
        self.victims: queue.Queue[Started] = queue.Queue()
        self._passing = itertools.repeat(True)

    def kill_after(self, requests: int) -> None:
        """Kill the next victim after this number of requests for articles. robots.txt does not count."""
        self._passing = itertools.chain(itertools.repeat(True, requests), [False], itertools.repeat(True))

    def decide(self, handler: BaseHTTPRequestHandler, at: float) -> Answer:
        if not next(self._passing):
            os.kill(self.victims.get(timeout=TIMEOUT).pid, signal.SIGKILL)
        return replace(super().decide(handler, at), delay=SECONDS_TO_ANSWER)


@dataclass
class Output:
    """The output folder of several runs, one after the other, over all articles of a site."""

    folder: Path
    site: Site
    server: str | None = None  # URL of the database on a PostgreSQL server; None if it is in the folder

    def start(self) -> Started:
        """Start a run. Its log is appended to the file `log`."""
        settings = {**SETTINGS, "THAIGOV_DIR": self.folder, "THAIGOV_BASE_URL": self.site.url}
        if self.server:
            settings["THAIGOV_DATABASE"] = self.server
        options = [f"-s{name}={value}" for name, value in settings.items()]
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            return started("crawl", "thaigov", "-asource=live", f"-aids=1-{len(self.site.pages)}", *options, stderr=log)

    def ended(self, process: Started) -> EndedCrawl:
        """Wait for the end of a run that nobody kills."""
        return EndedCrawl(process.wait(), (self.folder / "log").read_text("utf-8"), self.folder, self.server)

    def is_killed(self, site: DeadlySite, requests: int) -> bool:
        """Let the site kill a run after this number of requests.

        Return false if the run ended by itself before that.
        """
        site.kill_after(requests)
        with self.start() as process:
            site.victims.put(process)
            status = process.wait()
        if status == -signal.SIGKILL:
            # A run that stops lets answers go, so it may have ended before the request that kills it arrives.
            return self.rows("SELECT finished_at FROM runs ORDER BY id DESC LIMIT 1") == [(None,)]
        assert status in EARLY_ENDS
        site.victims.get_nowait()
        return False

    def change(self, statement: str) -> None:
        """Change the database with a statement, without the program."""
        change(self._database, statement)

    def rows(self, query: str) -> list[tuple]:
        return query_database(self._database, query)

    @property
    def _database(self) -> Path | str:
        return self.server or self.folder / "thaigov.db"

    def content(self, table: str) -> list[tuple]:
        """Return all rows of a table, in order, without their provenance."""
        columns = metadata.tables[table].columns.keys()
        kept = ", ".join(f'"{name}"' for name in columns if name not in ("source", "captured_at", "capture_url"))
        return self.rows(f"SELECT {kept} FROM {table} ORDER BY 1, 2")

    def exported(self) -> bytes:
        """Make the provenance of all articles the same, and return what `scrapy export` writes."""
        self.change("UPDATE articles SET source = '', captured_at = '2025-01-01T00:00:00+00:00', capture_url = ''")
        file = self.folder / "export.jsonl"
        options = [f"-sTHAIGOV_DATABASE={self.server}"] if self.server else []
        assert scrapy("export", f"-sTHAIGOV_DIR={self.folder}", *options, "-o", str(file)).returncode == 0
        return file.read_bytes()


@dataclass
class Trial:
    """The output of many runs on a failing site, most of them killed, and the output of an undisturbed run."""

    articles: int
    kills: int
    disturbed: Output
    undisturbed: Output

    @classmethod
    def of(cls, folder: Path, articles: int, kills: int, server: str | None = None) -> Trial:
        """Make all these runs.

        `server` is the URL of an empty database on a PostgreSQL server, for the disturbed runs. None is a SQLite file.
        """
        with DeadlySite(articles) as failing, Site(failing.pages, eventful_page) as sound:
            disturbed = Output(folder / "disturbed", failing, server)
            trial = cls(articles, kills, disturbed, Output(folder / "undisturbed", sound))
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
        # A run is killed after 0 to articles / kills requests. Together that is less than all articles, so no run ends
        # before its kill because nothing is left to do.
        for requests in [chance.randrange(self.articles // self.kills) for _ in range(self.kills)]:
            while not self.disturbed.is_killed(site, requests):
                pass
            self.disturbed.change("UPDATE leases SET expires_at = '2020-01-01T00:00:00+00:00'")  # a minute later
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
        # A run that comes after a kill writes the line of an article that was stored at that moment.
        assert sorted(numbers) == list(range(1, self.articles + 1))

    def the_export_is_the_same_to_the_byte(self) -> None:
        exported = self.disturbed.exported()
        assert exported.count(b"\n") == self.articles
        assert exported == self.undisturbed.exported()

    def shares_of_faults(self) -> dict[str, float]:
        """Return for each fault the share, 0 to 1, of the requests for articles that met it."""
        asked = self.disturbed.site.asked("/details/")
        met = Counter(logged.fault for logged in asked)
        return {kind: met[kind] / len(asked) for kind in FAULTS}
