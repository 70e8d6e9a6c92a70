"""Updates of the derived fields of stored articles by a newer extractor. They need no page and make no revision.

An article is a mapping of its fields as exported. Revisions stay as they are, because they show what was stored then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, func, select, update

from thaigov_crawler.store.articles import in_range, load, replace_parts
from thaigov_crawler.store.store import Store
from thaigov_crawler.store.tables import articles

# Articles in one transaction. A crawl that runs at the same time waits until such a batch is written.
BATCH = 100


def count_by_extractor(connection: Connection, within: Iterable[tuple[int, int | None]]) -> Counter[int]:
    """Return for each extractor the number of articles it derived, in ranges of IDs as for `articles.read`."""
    query = select(articles.c.extractor, func.count()).group_by(articles.c.extractor)
    count: Counter[int] = Counter()
    for first, last in within:
        for extractor, number in connection.execute(in_range(query, first, last)):
            count[extractor] += number
    return count


def outdated(store: Store, extractor: int, within: Iterable[tuple[int, int | None]]) -> Iterator[list[dict[str, Any]]]:
    """Yield the articles that an older extractor derived, in batches, by article ID; `within` as for `articles.read`.

    No transaction is open between two batches, so the caller may write a batch before it takes the next one. Raise
    StoreError if the database cannot be read.
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
    """Write the fields in which an article derived `anew` differs from the stored one, `held`.

    Return false, and write nothing, if a crawl has changed the stored article meanwhile.
    """
    as_held = [articles.c[name] == held[name] for name in ("id", "digest", "extractor")]
    differing = {name: value for name, value in anew.items() if value != held[name]}
    values = {name: value for name, value in differing.items() if name in articles.c}
    reader = func.coalesce(articles.c.read_by, articles.c.extractor)
    if not connection.execute(update(articles).where(*as_held).values(**values, read_by=reader)).rowcount:
        return False
    replace_parts(connection, anew)  # even if the people are the same: their keys may have changed
    return True
