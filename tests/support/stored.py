"""Articles, visits and runs for tests of what is stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from itemadapter import ItemAdapter

from tests.support.commands import query_database
from thaigov_crawler.items import Article, DateMention, Person
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.store import Change, Store, runs, versions, visits


def article(article_id: int = 1, *, text: str = "เนื้อข่าว", day: int = 1, **changes: Any) -> dict[str, Any]:
    """Return an article as exported. Its digest follows from its text, and its time of capture from the day."""
    whole = Article(
        id=article_id,
        url=f"https://www.thaigov.go.th/news/contents/details/{article_id}",
        title="หัวข้อข่าว",
        section="ด้านสังคม",
        language="th",
        date_published="2024-12-31",
        body=text,
        dates=[DateMention("2024-12-30", "2024-12-31", "day", "30-31 ธันวาคม 2567")],
        attendees=[Person("นาย", "ก ข", "ปลัด"), Person("นาง", "ค ง", None)],
        mentions=[Person("ดร.", "จ ฉ", "โฆษก")],
        images=["https://example.org/1.jpg"],
        source="warc:x",
        captured_at=f"2025-01-{day:02}T00:00:00+00:00",
        capture_url="https://example.org/",
        layout="classic",
        digest=f"digest of {text}",
        extractor=1,
    )
    return {**ItemAdapter(whole).asdict(), **changes}


def opened(place: Path | str) -> Store:
    """Open the store in a SQLite file, or in the PostgreSQL database with a URL."""
    return Store.open(place if isinstance(place, str) else f"sqlite:///{place}")


def begin(store: Store, source: str = "warc:x", **values: Any) -> int:
    """Begin a run and return its number."""
    with store.writing() as connection:
        begun = {"spider": "thaigov", "source": source, "arguments": {}, "version": "1", **values}
        return runs.begin(connection, **begun)


def end(store: Store, run_id: int, **values: Any) -> None:
    """End a run as finished, unless `values` say otherwise."""
    with store.writing() as connection:
        ended = {"planned": 1, "outcomes": {"stored": 1}, "reason": "finished", "exit_status": 0, **values}
        runs.end(connection, run_id, **ended)


def save(store: Store, item: dict[str, Any], run_id: int) -> Change:
    """Save an article and its visit, as a run does. Return what that changed."""
    visit = Visit.of(item, Outcome.STORED)
    with store.reading() as connection:
        comparison = versions.compare(connection, item)
    with store.writing() as connection:
        (change,) = versions.save(connection, [versions.Saving(item, comparison, visit.visited_at)], run_id=run_id)
        visits.record(connection, [replace(visit, outcome=change.outcome)], run_id, is_the_site=visit.source == "live")
    return change


def record(store: Store, visit: Visit, run_id: int) -> None:
    """Record how a visit ended, as a run does."""
    with store.writing() as connection:
        visits.record(connection, [visit], run_id, is_the_site=visit.source == "live")


def content(path: Path | str) -> dict[str, list[tuple]]:
    """Return the rows about articles and revisions, without the time at which a revision was made."""
    revisions = "SELECT article_id, digest, captured_at, capture_url, extractor, article FROM revisions ORDER BY 1, 2"
    tables = {name: f"SELECT * FROM {name} ORDER BY 1, 2" for name in ("articles", "people", "dates")}
    return {name: query_database(path, query) for name, query in {**tables, "revisions": revisions}.items()}


def save_each(store: Store, run: int, *ids: int, **fields: Any) -> None:
    """Save an article for each ID."""
    for article_id in ids:
        save(store, article(article_id, **fields), run)


def visited(store: Store, article_id: int, *ends: tuple[str, str, int]) -> None:
    """Record visits, each in its own run. The parts of a visit are source, outcome and day."""
    for source, outcome, day in ends:
        at = f"2025-02-{day:02}T00:00:00+00:00"
        record(store, Visit(article_id, source, Outcome(outcome), visited_at=at), begin(store, source))
