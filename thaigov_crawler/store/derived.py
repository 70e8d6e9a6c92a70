"""Updates of the derived fields of stored articles by a newer extractor. They need no page and make no revision.

An article is a mapping of its fields as exported. Revisions stay as they are, because they show what was stored then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from thaigov_crawler.items import DERIVED_FIELDS
from thaigov_crawler.store.articles import in_range, load, replace_parts
from thaigov_crawler.store.store import Store
from thaigov_crawler.store.tables import articles

# Articles in one transaction. A crawl that runs at the same time waits until such a batch is written.
BATCH = 100
# What is written to the table `articles`. A column of texts would have to be taken out of the index and put in again.
_WRITTEN = ("id", *(name for name in DERIVED_FIELDS if name in articles.c), "extractor")
# Built once: building a statement takes longer than running it.
_AS_HELD = select(articles.c.id, articles.c.digest, articles.c.extractor).where(
    articles.c.id.in_(bindparam("ids", expanding=True))
)
_UPDATE = (
    update(articles)
    .where(articles.c.id == bindparam("new_id"))
    .values({name: bindparam(f"new_{name}") for name in _WRITTEN if name != "id"})
    .values(read_by=func.coalesce(articles.c.read_by, articles.c.extractor))
)


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


def update_derived(connection: Connection, batch: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> list[bool]:
    """Write articles that were derived anew. Each comes with the stored one: (held, anew).

    Return for each whether it was written. It is not if a crawl has changed the stored article meanwhile.
    """
    ids = [held["id"] for held, _ in batch]
    stored = {row.id: (row.digest, row.extractor) for row in connection.execute(_AS_HELD, {"ids": ids})}
    written = [stored.get(held["id"]) == (held["digest"], held["extractor"]) for held, _ in batch]
    renewed = [anew for (_, anew), is_written in zip(batch, written, strict=True) if is_written]
    if renewed:
        connection.execute(_UPDATE, [{f"new_{name}": anew[name] for name in _WRITTEN} for anew in renewed])
        replace_parts(connection, renewed)  # even if the people are the same: their keys may have changed
    return written
