"""The derived fields of stored articles, made anew by a newer extractor: no page is needed, no revision made.

An article is a mapping of its fields as exported. Revisions stay as they are: they say what was stored then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, func, select, update

from thaigov_crawler.store.articles import in_range, load, replace_parts
from thaigov_crawler.store.store import Store
from thaigov_crawler.store.tables import articles

# Articles at a time: a crawl that runs beside waits no longer than these take to write.
BATCH = 100


def count_by_extractor(connection: Connection, within: Iterable[tuple[int, int | None]]) -> Counter[int]:
    """How many of the articles in ranges of IDs (first, last or None) each extractor has read."""
    query = select(articles.c.extractor, func.count()).group_by(articles.c.extractor)
    count: Counter[int] = Counter()
    for first, last in within:
        for extractor, number in connection.execute(in_range(query, first, last)):
            count[extractor] += number
    return count


def outdated(store: Store, extractor: int, within: Iterable[tuple[int, int | None]]) -> Iterator[list[dict[str, Any]]]:
    """The articles that an older extractor than this has read, by article ID, in batches; `within` as for
    articles.read. Raises StoreError.

    Between the batches no transaction is open: what was got may be written, whoever else writes.
    """
    query = select(articles).where(articles.c.extractor < extractor).order_by(articles.c.id).limit(BATCH)
    for first, last in within:
        start = first
        while True:
            with store.reading() as connection:
                batch = load(connection, in_range(query, start, last))
            if not batch:
                break
            yield batch
            start = batch[-1]["id"] + 1


def update_derived(connection: Connection, held: Mapping[str, Any], anew: Mapping[str, Any]) -> bool:
    """Write the fields in which an article derived `anew` differs from the one `held`; whether that was done.

    Nothing is done where the store no longer holds that version as that extractor read it: a crawl was faster.
    """
    as_held = [articles.c[name] == held[name] for name in ("id", "digest", "extractor")]
    differing = {name: value for name, value in anew.items() if value != held[name]}
    values = {name: value for name, value in differing.items() if name in articles.c}
    reader = func.coalesce(articles.c.read_by, articles.c.extractor)
    if not connection.execute(update(articles).where(*as_held).values(**values, read_by=reader)).rowcount:
        return False
    replace_parts(connection, anew)  # where the people are the same their keys may be other ones now
    return True
