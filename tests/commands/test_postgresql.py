"""Commands on a PostgreSQL server do what they do on a SQLite file."""

from __future__ import annotations

import re
from pathlib import Path

from sample.warc import Warc
from tests.support.commands import EndedCrawl, crawl, scrapy
from tests.support.warcs import address, page

TABLES = ("articles", "people", "dates", "persons", "person_positions")
OF_THE_STORE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00|\w+://\S+")  # times, and its URL


def said_by(command: str, run: EndedCrawl, *arguments: str) -> str:
    """What a command prints about the store of a run, without times and its URL."""
    database = [f"-sTHAIGOV_DATABASE={run.server}"] if run.server else []
    done = scrapy(command, *arguments, f"-sTHAIGOV_DIR={run.folder}", *database)
    assert (done.returncode, done.stderr) == (0, "")
    return OF_THE_STORE.sub("", done.stdout)


def test_the_same_crawl_gives_the_same_bytes(sample_run: EndedCrawl, on_server: str, tmp_path: Path) -> None:
    run = crawl(tmp_path, source="sample", settings={"THAIGOV_DATABASE": on_server})
    assert run.status == 0
    assert run.outcomes == sample_run.outcomes
    assert run.journal == sample_run.journal
    for query in (f"SELECT * FROM {table} ORDER BY 1, 2" for table in TABLES):
        assert run.rows(query) == sample_run.rows(query)
    for command in ("export", "changes", "coverage"):
        assert said_by(command, run) == said_by(command, sample_run)
    assert said_by("forget", run, "990021", "--yes").startswith(
        "990021: forgotten (people 1, dates 1, changes 1, visits 1)"
    )
    assert run.rows("SELECT count(*) FROM articles") == [(32,)]
    text = run.rows("SELECT count(*) FROM people WHERE article_id = 990021 UNION SELECT count(*) FROM forgotten")
    assert sorted(text) == [(0,), (1,)]


def test_nul_characters_are_stored_nowhere(server: str | None, tmp_path: Path) -> None:
    """PostgreSQL would refuse them, so that the run would end."""
    warc = Warc()
    warc.response(address(1), body=page(1, headline="ห้อง\0สมุด &#0;", body='<p>ก\0ข <img src="/a\0b&#0;.jpg"></p>'))
    warc.response(f"{address(2)}?\0", body=page(2))
    warc.response(address(3), status=302, Location="/\0home")
    settings = {"THAIGOV_DATABASE": server} if server else {}
    run = crawl(tmp_path, source=f"warc:{warc.write(tmp_path / 'pages.warc.gz')}", settings=settings)
    assert (run.status, run.outcomes) == (0, {"stored": 2, "moved": 1})
    texts = run.rows("SELECT title, body, capture_url FROM articles ORDER BY id")
    texts += run.rows("SELECT url, target, reason FROM visits")
    assert "\0" not in str(texts).replace("\\x00", "\0")
    assert texts[1][2] == f"{address(2)}?"
    assert [each["capture_url"] for each in run.journal] == [capture_url for _, _, capture_url in texts[:2]]
