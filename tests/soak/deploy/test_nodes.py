"""Two real Scrapyd nodes and one PostgreSQL: the guide docs/guides/many-machines.md from nothing to the end, 4,000 pages
of WARC files in eight parts, and one node that is killed in the middle.
"""

from __future__ import annotations

import signal
from pathlib import Path

from sample.warc import Warc
from tests.support import postgresql
from tests.support.commands import crawl, query_database, scrapy
from tests.support.machine import end
from tests.support.nodes import Database, Node, blocks
from tests.support.waiting import wait_until
from tests.support.warcs import address, eventful_page, page

FILES, PAGES_OF_A_FILE = 40, 100
FIRST, SECOND = "1 3 5 7", "2 4 6 8"


def write_files(folder: Path) -> None:
    """Write 40 files with 100 pages each. Each file also has an older version of articles of the file before."""
    folder.mkdir()
    for number in range(FILES):
        warc, begin = Warc(), number * PAGES_OF_A_FILE
        for article_id in range(begin + 1, begin + PAGES_OF_A_FILE - 9):
            warc.response(address(article_id), "2025-03-01T00:00:00Z", eventful_page(article_id))
        for article_id in range(begin - 9, begin + 1):
            old = article_id % (FILES * PAGES_OF_A_FILE) + 5
            warc.response(address(old), f"2025-02-{number % 27 + 1:02}T00:00:00Z", page(old, headline=f"เก่า {number}"))
        warc.write(folder / f"thaigov-{number:02}.warc.gz")


def exported(*options: str) -> str:
    done = scrapy("export", *options, "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_two_nodes_of_which_one_dies(tmp_path: Path) -> None:
    files = tmp_path / "warc"
    write_files(files)
    whole = crawl(tmp_path / "whole", source=f"warc:{files}")
    assert (whole.status, sum(whole.outcomes.values())) == (0, FILES * PAGES_OF_A_FILE)
    with postgresql.own_server() as server:
        database = Database(tmp_path / "db", server)
        one = Node(tmp_path / "home1", "node1", 5, database, files)
        two = Node(tmp_path / "home2", "node2", -7, database, files)
        for node in (one, two):
            node.set_up()
        with one.scrapyd():
            with two.scrapyd() as scrapyd:
                one.schedule_parts(FIRST)
                two.schedule_parts(SECOND)

                # In the middle of its second part, the second machine is gone at once.
                mine = (
                    "SELECT count(DISTINCT runs.id), count(*) FROM visits JOIN runs ON runs.id = run_id "
                    "WHERE hostname = 'node2'"
                )
                wait_until(lambda: query_database(database.url, mine)[0] > (1, 500))
                end(scrapyd, signal.SIGKILL)
            assert "node2" in one.runs()
            one.schedule_parts(SECOND.removesuffix(" 8"))
            one.finished(one.schedule_by_unit("8/8"))
            wait_until(lambda: "was killed on node2" in one.runs(), step=1.0)
            assert one.runs("--failed-within", "7d") == ""
        assert exported(f"-sTHAIGOV_DATABASE={database.url}") == exported(f"-sTHAIGOV_DIR={whole.folder}")
        ended = query_database(database.url, "SELECT exit_status, hostname FROM runs WHERE finished_at IS NOT NULL")
        assert {status for status, _ in ended} == {0}
        assert len(ended) >= 9
        revisions = "SELECT article_id, digest, captured_at FROM revisions ORDER BY 1, 2"
        assert query_database(database.url, revisions) == whole.rows(revisions)
        counts = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM changes WHERE kind = 'new')"
        ((articles, new),) = query_database(database.url, counts)
        assert articles == new == whole.rows("SELECT count(*) FROM articles")[0][0]


def test_every_command_of_the_guide() -> None:
    """The other test runs them, but for those that would install packages and services on the machine of the tests."""
    run = ("CREATE ROLE", "pg_hba.conf", ".pgpass", "cp ~/", "bin/scrapyd --pidfile", "in 1 3", "scrapy runs")
    like_another = ("in 2 4",)
    installing = ("pip install", "restart scrapyd", "start thaigov-part@1-8")
    found = [block for holding in (*run, *like_another, *installing) for block in blocks() if holding in block]
    assert sorted(found) == sorted(blocks())
