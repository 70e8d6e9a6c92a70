"""Crawls of a file that kill themselves at a chosen moment: while visits wait, as they are written, or just after.

Instead of themselves they may restart the server of their database.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sample.warc import Warc
from tests.support.commands import EndedCrawl, How, query_database, started
from tests.support.warcs import address, eventful_page

# `scrapy`, which kills itself when something happens for the n-th time. Its first two arguments are these. The third one
# is empty, or the folder of a server (tests/support/postgresql.py): it restarts or stops that instead, as the fourth says.
DYING = """
import os, signal, sys
from pathlib import Path
from scrapy.cmdline import execute
from thaigov_crawler.extensions.journal import _JournalFile
from thaigov_crawler.run.visits import Visits
from thaigov_crawler.run.waiting import Waiting
from thaigov_crawler.store import visits

moment, left, server, how = sys.argv.pop(1), int(sys.argv.pop(1)), sys.argv.pop(1), sys.argv.pop(1)

if how == "stop":
    from thaigov_crawler.store import store
    store.LOCK_TIMEOUT = 1  # the seconds that a run waits for the server

def end():
    if not server:
        os.kill(os.getpid(), signal.SIGKILL)
    from tests.support.postgresql import Server
    Server(Path(server)).control(how, "-m", "fast")

def dying(function, after):
    def dies(*args, **kwargs):
        global left
        left -= 1
        result = function(*args, **kwargs) if after or left else None
        if not left:
            end()
        return result
    return dies

place, name, after = {
    "a visit waits": (Waiting, "add", True),
    "all is written but not committed": (visits, "record", True),
    "all is committed but not told": (Visits, "_tell_all", False),
    "a line of the journal is due": (_JournalFile, "write", False),
}[moment]
setattr(place, name, dying(getattr(place, name), after))
execute()
"""
MOMENTS = (
    "a visit waits",
    "all is written but not committed",
    "all is committed but not told",
    "a line of the journal is due",
)
_IDS = {
    "articles": "SELECT id FROM articles ORDER BY 1",
    "visits": "SELECT article_id FROM visits WHERE outcome = 'stored' ORDER BY 1",
    "changes": "SELECT article_id FROM changes WHERE kind = 'new' ORDER BY 1",
}


@dataclass
class Crawls:
    """Crawls of one WARC file into one folder, one after the other."""

    source: Path
    folder: Path
    server: str | None = None  # URL of the database on a PostgreSQL server; None if it is in the folder

    @classmethod
    def of(cls, articles: int, source: Path, folder: Path, server: str | None = None) -> Crawls:
        """Make the file, with a page for each article."""
        warc = Warc()
        for article_id in range(1, articles + 1):
            warc.response(address(article_id), body=eventful_page(article_id))
        warc.write(source)
        return cls(source, folder, server)

    def run(self, *dies: str, server: Path | None = None, does: str = "") -> EndedCrawl:
        """Crawl to the end. With a moment and a number, die when that happens for the n-th time.

        If `server` is the folder of a PostgreSQL server, the server `does` something instead: it is to restart or stop.
        """
        how: How = {"code": DYING} if dies else {}
        dies = (*dies, str(server or ""), does) if dies else ()
        database = [f"-sTHAIGOV_DATABASE={self.server}"] if self.server else []
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            line = (*dies, "crawl", "thaigov", f"-asource=warc:{self.source}", "-avisit=missing")
            with started(*line, f"-sTHAIGOV_DIR={self.folder}", *database, stderr=log, **how) as process:
                status = process.wait()
        return EndedCrawl(status, (self.folder / "log").read_text("utf-8"), self.folder, self.server)

    def rows(self, query: str) -> list[tuple]:
        """Return what a query of the database finds."""
        return query_database(self.server or self.folder / "thaigov.db", query)

    def stored(self) -> list[int]:
        """Return the stored article IDs. Check that visits and changes say the same, and that no part is missing."""
        ids = {name: [number for (number,) in self.rows(query)] for name, query in _IDS.items()}
        assert ids["articles"] == ids["visits"] == ids["changes"]
        assert self.rows("SELECT count(DISTINCT article_id) FROM people") == [(len(ids["articles"]),)]
        indexed = "articles" if self.server else "articles_fts"
        assert self.rows(f"SELECT count(*) FROM {indexed} WHERE body LIKE '%ประธานใน%'") == [(len(ids["articles"]),)]
        return ids["articles"]

    def journal(self) -> list[int]:
        """Return the article IDs in the journal."""
        path = self.folder / "thaigov.jsonl"
        return [json.loads(line)["id"] for line in path.read_bytes().splitlines()] if path.exists() else []

    def content(self) -> list[list[tuple]]:
        """Return the rows about articles."""
        return [self.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in ("articles", "people", "dates")]


def trial(folder: Path, articles: int, deaths: Sequence[tuple[str, int]], server: str | None = None) -> None:
    """Crawl a file until all is stored, and die in between. Check after each death that nothing is half.

    A death is a moment of MOMENTS, and for the how many-th time it comes in its run. `server` is the URL of an empty
    database on a PostgreSQL server, or None for a SQLite file. The undisturbed crawl writes to a SQLite file.
    """
    crawls = Crawls.of(articles, folder / "pages.warc.gz", folder / "disturbed", server)
    for moment, number in deaths:
        assert crawls.run(moment, str(number)).status == -signal.SIGKILL, (moment, number)
        stored, journal = crawls.stored(), crawls.journal()
        assert journal == stored[: len(journal)]  # it is never ahead, and nothing is there twice
    left = articles - len(crawls.stored())
    last = crawls.run()
    assert (last.status, last.outcomes) == (0, {"stored": left} if left else {})
    undisturbed = Crawls(crawls.source, folder / "undisturbed")
    assert undisturbed.run().status == 0
    for each in (crawls, undisturbed):
        assert each.stored() == each.journal() == list(range(1, articles + 1))
    assert crawls.content() == undisturbed.content()
