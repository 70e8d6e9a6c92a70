"""Several machines that use one PostgreSQL database. Their clocks differ by hours."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from tests.support import postgresql
from tests.support.commands import ROOT, EndedCrawl, Started, crawl, environment, query_database, scrapy, started
from tests.support.crawls import SETTINGS
from tests.support.loopback.site import Site
from tests.support.waiting import wait_until
from tests.support.warcs import warc_of
from thaigov_crawler.run.marks import Marks
from thaigov_crawler.run.output import database_key


@dataclass
class Node:
    """A machine with a hostname, a clock, and a folder for its output."""

    name: str
    hours_ahead: int
    folder: Path
    database: str

    def _options(self, arguments: dict[str, str], settings: dict[str, Any]) -> list[str]:
        settings = {"THAIGOV_DIR": self.folder, "THAIGOV_DATABASE": self.database, **settings}
        return [f"-a{name}={value}" for name, value in arguments.items()] + [
            f"-s{name}={value}" for name, value in settings.items()
        ]

    @property
    def _env(self) -> dict[str, str]:
        path = os.pathsep.join(
            [str(ROOT / "tests" / "support" / "clock"), *filter(None, [os.environ.get("PYTHONPATH")])]
        )
        return environment(PYTHONPATH=path, NODE=self.name, AHEAD=str(3600 * self.hours_ahead))

    def run(self, command: str, *more: str) -> subprocess.CompletedProcess[str]:
        """Run another command than a crawl."""
        return scrapy(command, *self._options({}, {}), *more, env=self._env)

    def crawl(self, settings: dict[str, Any] | None = None, **arguments: str) -> EndedCrawl:
        """Crawl to the end."""
        done = scrapy("crawl", "thaigov", *self._options(arguments, settings or {}), env=self._env)
        return EndedCrawl(done.returncode, done.stderr, self.folder, self.database)

    @contextmanager
    def crawling(self, settings: dict[str, Any] | None = None, **arguments: str) -> Iterator[Started]:
        """Crawl until the end of the block, which kills the run."""
        with started("crawl", "thaigov", *self._options(arguments, settings or {}), env=self._env) as run:
            yield run


@pytest.fixture
def nodes(on_server: str, tmp_path: Path) -> tuple[Node, Node]:
    """Two machines whose clocks differ by twelve hours."""
    return Node("node1", 5, tmp_path / "1", on_server), Node("node2", -7, tmp_path / "2", on_server)


def test_one_run_on_a_host_on_all_machines(nodes: tuple[Node, Node], site: Site) -> None:
    one, two = nodes
    settings = {**SETTINGS, "THAIGOV_BASE_URL": site.url, "DOWNLOAD_DELAY": 0.5}
    with one.crawling(settings, source="live", ids="1-900") as at_work:
        wait_until(lambda: site.asked("/details/"))
        second = two.crawl(settings, source="live", ids="1-900")
        assert second.status == 5
        host = site.url.partition("://")[2]
        assert f"Another run is at work on {host}: process {at_work.pid} on node1, run 1, since " in second.log
        assert len(site.asked("robots")) == 1
        head, first, other = two.run("runs").stdout.splitlines()[:3]
        assert head.split() == ["Run", "Began", "(Bangkok)", "Machine", "What", "Outcomes", "Took", "Status"]
        assert re.search(r"node1 +thaigov, live, ids=1-900 +0:\d\d:\d\d +running$", first)
        assert re.search(r"node2 +thaigov, live, ids=1-900 .* 5$", other)
        assert "run 1 is at work on node1 since" in two.run("runs", "--failed-within", "1h").stderr
    # Nobody here can tell whether that process lives. By the server's clock, its lease is soon free.
    assert two.crawl(settings, source="live", ids="1-3").status == 5
    lease = "expires_at - clock_timestamp()"
    ((is_soon,),) = query_database(one.database, f"SELECT {lease} BETWEEN '0 s' AND '45 s' FROM leases")
    assert is_soon
    postgresql.change(one.database, "UPDATE leases SET expires_at = clock_timestamp() - interval '1 second'")
    assert two.crawl(settings, source="live", ids="1-3").status == 0
    shown = two.run("runs")
    assert re.search(r"node1 +thaigov, live, ids=1-900 +not ended$", shown.stdout, re.MULTILINE)
    assert "Run 1: was killed on node1" in shown.stdout
    done = one.run("runs", "--failed-within", "1h")
    assert (done.returncode, done.stderr) == (0, "")


def test_parts_on_two_machines_at_the_same_time(nodes: tuple[Node, Node], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(8):
        path = tmp_path / "in" / f"{number}.warc.gz"
        path.write_bytes(b"".join(warc_of(range(number * 20 + 1, number * 20 + 25)).records))
    source = f"warc:{tmp_path / 'in'}"
    with ExitStack() as running:
        runs = [
            running.enter_context(node.crawling(source=source, part=f"{number}/4"))
            for number, node in enumerate((*nodes, *nodes), 1)
        ]
        assert [run.wait() for run in runs] == [0, 0, 0, 0]
    one = crawl(tmp_path / "whole", source=source)
    exported = nodes[0].run("export", "--format", "jsonl").stdout
    assert exported == scrapy("export", f"-sTHAIGOV_DIR={tmp_path / 'whole'}", "--format", "jsonl").stdout
    # Each has the lines of its own runs, and together they have each article once.
    journals = [EndedCrawl(0, "", node.folder).journal for node in nodes]
    assert all(journals)
    assert sorted(line["id"] for journal in journals for line in journal) == [line["id"] for line in one.journal]


def test_what_a_killed_run_lacks_is_written_on_its_own_machine(nodes: tuple[Node, Node], tmp_path: Path) -> None:
    one, two = nodes
    source = f"warc:{warc_of(range(1, 4)).write(tmp_path / 'pages.warc.gz')}"
    assert one.crawl(source=source).status == 0
    # As if it had been killed before it wrote its last line.
    journal = one.folder / "thaigov.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:-1]))
    settings = Settings({"THAIGOV_DIR": str(one.folder), "THAIGOV_DATABASE": one.database})
    mark = Marks(one.folder, database_key(settings)).put(1)
    assert mark is not None
    os.close(mark)
    other = f"warc:{warc_of(range(7, 9)).write(tmp_path / 'other.warc.gz')}"
    assert two.crawl(source=other).status == 0
    assert [line["id"] for line in EndedCrawl(0, "", two.folder).journal] == [7, 8]
    assert one.crawl(source=other, visit="missing").status == 0
    assert journal.read_bytes() == b"".join(lines)


def test_forgetting_names_the_other_machines(nodes: tuple[Node, Node], tmp_path: Path) -> None:
    one, two = nodes
    source = f"warc:{warc_of(range(1, 4)).write(tmp_path / 'pages.warc.gz')}"
    assert one.crawl(source=source).status == 0
    done = one.run("forget", "2", "--yes")
    assert (done.returncode, "Not changed: what is on other machines" in done.stdout) == (0, False)
    assert two.crawl(source=source, visit="all").outcomes == {"unchanged": 2}
    done = two.run("forget", "3", "--yes")
    assert done.returncode == 0
    assert "Not changed: what is on other machines that use this database (node1); " in done.stdout
    assert [line["id"] for line in EndedCrawl(0, "", one.folder).journal] == [1, 3]
    done = one.run("forget", "3", "--yes")
    assert "1 line taken out" in done.stdout
    assert [line["id"] for line in EndedCrawl(0, "", one.folder).journal] == [1]


def test_a_machine_at_work_does_not_store_what_another_one_forgets(nodes: tuple[Node, Node], site: Site) -> None:
    one, two = nodes
    settings = {**SETTINGS, "THAIGOV_BASE_URL": site.url, "DOWNLOAD_DELAY": 0.3}
    with one.crawling(settings, source="live", ids="1-12") as run:
        wait_until(lambda: site.asked("/details/"))
        assert two.run("forget", "1", "12", "--yes").returncode == 0
        assert run.wait() == 0
    rows = query_database(one.database, "SELECT id FROM articles ORDER BY id")
    assert [number for (number,) in rows] == list(range(2, 12))
