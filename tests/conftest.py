"""Fixtures that several test files share."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("tests.support")

from playwright.sync_api import Browser, expect, sync_playwright
from scrapy.crawler import Crawler
from xdist.scheduler import LoadFileScheduling

from tests.support import commands, postgresql
from tests.support.commands import TIMEOUT, EndedCrawl, crawl
from tests.support.crawler import crawler_of
from tests.support.loopback.archive import Archive
from tests.support.loopback.crawls import CommonCrawl
from tests.support.loopback.site import Site
from tests.support.programs import chromium
from thaigov_crawler.outcomes import Visit
from thaigov_crawler.run import visit_ended
from thaigov_crawler.workers import collect_rarely

# How many examples the properties of functions are tried with. `.ci/run` says `--hypothesis-profile=thorough`, too.
settings.register_profile("quick", max_examples=100, derandomize=True, database=None, deadline=None)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=1000)
settings.load_profile("quick")

STARTER = pytest.StashKey[str]()  # address
POSTGRESQL = pytest.StashKey[Path]()  # folder


def pytest_configure(config: pytest.Config) -> None:
    """Let the processes of pytest share what starts commands, and a PostgreSQL server.

    The first process starts them, the server when one of the others needs it, and tells the others.
    """
    collect_rarely()
    if hasattr(config, "workerinput"):
        commands.share(config.workerinput["starter"])
        postgresql.share(Path(config.workerinput["postgresql"]))
        return
    at_the_end = ExitStack()
    config.add_cleanup(at_the_end.close)
    folder = config.stash[POSTGRESQL] = at_the_end.enter_context(postgresql.folder_of_a_server())
    postgresql.share(folder)
    if config.getoption("numprocesses", None):
        process = commands.Starting(commands.environment())
        config.add_cleanup(process.end)
        config.stash[STARTER] = process.address


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a process of pytest which starter and which PostgreSQL server it uses."""
    node.workerinput["starter"] = node.config.stash[STARTER]
    node.workerinput["postgresql"] = str(node.config.stash[POSTGRESQL])


class ByFile(LoadFileScheduling):
    """Give each file of tests to one process of pytest, and all files about the deployed project to one."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return "tests/deploy" if file.startswith("tests/deploy/") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """Return what gives tests to the processes of pytest."""
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests of rates. They wait for half a minute, and other tests run meanwhile."""
    items.sort(key=lambda item: item.path.name != "test_rates.py")


def pytest_collection_finish() -> None:
    """Have Python look for garbage only in what tests make, not in all that was imported and collected."""
    gc.freeze()


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> EndedCrawl:
    """A crawl of the sample into a folder of its own. Read its output, do not change it."""
    return crawl(tmp_path_factory.mktemp("sample"), source="sample")


@pytest.fixture(scope="session")
def database_on_server() -> Iterator[str]:
    """The URL of a PostgreSQL database. Tests use the fixture `on_server`, which empties it."""
    with postgresql.database() as url:
        yield url


@pytest.fixture
def on_server(database_on_server: str) -> str:
    """The URL of a PostgreSQL database with an empty store."""
    postgresql.empty(database_on_server)
    return database_on_server


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> str | None:
    """Where the database of a test is: None for a SQLite file, else the URL of an empty one on a PostgreSQL server."""
    return None if request.param == "sqlite" else request.getfixturevalue("on_server")


@pytest.fixture
def site() -> Iterator[Site]:
    """A loopback copy of the site, with articles 1 to 30."""
    with Site() as server:
        yield server


@pytest.fixture
def archive() -> Iterator[Archive]:
    """A loopback copy of the archive, empty."""
    with Archive() as server:
        yield server


@pytest.fixture
def commons() -> Iterator[CommonCrawl]:
    """A loopback copy of Common Crawl, without a crawl."""
    with CommonCrawl() as servers:
        yield servers


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium. What it opens is our own; it has no sandbox for root."""
    path = chromium()
    expect.set_options(timeout=TIMEOUT * 1000)  # milliseconds
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def crawler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Crawler:
    """A crawler of the sample, as pipelines see one; its output lies in `tmp_path`."""
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "thaigov_crawler.settings")
    return crawler_of(tmp_path, source="sample")


@pytest.fixture
def visits(crawler: Crawler) -> list[Visit]:
    """The visits that have ended."""
    ended: list[Visit] = []

    def note(visit: Visit) -> None:
        ended.append(visit)

    crawler.signals.connect(note, visit_ended, weak=False)
    return ended
