"""Evidence in the stored articles that a name in Thai letters and one in Latin letters are one person's.

There are two kinds. Neither is the spelling alone; but names that cannot be spellings of each other are never joined.

- A gloss: an article has the Latin name in brackets right behind the Thai one.
- A unique office: in months in which nearly all Thai articles name one holder of the office, nearly all English
  articles name one, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from thaigov_crawler.store.tables import articles, people
from thaigov_crawler.thai.names import name_key
from thaigov_crawler.thai.transliteration import glosses, is_thai, may_be_one

# Articles that must name the holder of an office: the Thai one in each month, the English one in all these months.
MENTIONS = 3
# The share of these articles that must name no other holder.
SHARE = 0.9
# Months in which English articles must name the holder.
MONTHS = 2
# Article IDs that the evidence of a gloss lists.
LISTED = 10

Holders = Mapping[str, Mapping[str, set[int]]]  # for each month, the articles that name each key as holder of an office


@dataclass(frozen=True)
class Join:
    """Two keys that are one person's, as the articles tell."""

    name_key: str  # in Latin letters
    same_as: str  # in Thai letters
    evidence: list[dict[str, Any]]


@dataclass
class Found:
    """What the articles tell."""

    joins: list[Join] = field(default_factory=list)
    conflicts: dict[str, list[Join]] = field(default_factory=dict)  # keys that would be two people's: not joined


def find(connection: Connection) -> Found:
    """Find the names that are one person's in all stored articles."""
    keys = {name: name_key(name) for name in connection.scalars(select(people.c.name).distinct())}
    latin = {key for key in keys.values() if key and not is_thai(key)}
    evidence: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for pair, said in _of_offices(connection, keys):
        evidence[pair].append(said)
    for pair, said in _of_glosses(connection, keys, latin):
        evidence[pair].append(said)
    by_key: dict[str, list[Join]] = defaultdict(list)
    for (key, same_as), all_said in sorted(evidence.items()):
        by_key[key].append(Join(key, same_as, all_said))
    found = Found()
    for key, joins in by_key.items():
        if len(joins) == 1:
            found.joins += joins
        else:
            found.conflicts[key] = joins
    return found


def _of_offices(connection: Connection, keys: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Yield the pairs of keys that unique offices tell, each with the office and its months."""
    # Here, because every command imports this module, and few look for evidence: its patterns take a tenth of a second.
    from thaigov_crawler.thai.people.unique_offices import unique_offices

    thai: dict[str, dict[str, dict[str, set[int]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    latin: dict[str, dict[str, dict[str, set[int]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    month = func.substr(articles.c.date_published, 1, 7)
    held = select(people.c.name, people.c.position, month, people.c.article_id).join(articles)
    for name, position, when, article_id in connection.execute(held.where(people.c.position.is_not(None))):
        if key := keys[name]:
            for office in unique_offices(position):
                (thai if is_thai(key) else latin)[office][when][key].add(article_id)
    for office, in_latin in latin.items():
        for holder, months in _terms(thai[office]).items():
            yield from _in_term(office, holder, {month: in_latin[month] for month in months if month in in_latin})


def _in_term(office: str, holder: str, months: Holders) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Yield those who are named in Latin letters as the holder of an office, in the months of its Thai holder."""
    named: dict[str, dict[int, str]] = defaultdict(dict)  # for each key the articles and their months
    for month, by_key in sorted(months.items()):
        alike = {key: ids for key, ids in by_key.items() if may_be_one(holder, key)}
        if _count(alike) >= SHARE * _count(by_key):
            for key, ids in alike.items():
                named[key] |= dict.fromkeys(ids, month)
    for key, articles_of in named.items():
        in_months = sorted(set(articles_of.values()))
        if len(articles_of) >= MENTIONS and len(in_months) >= MONTHS:
            yield (key, holder), {"office": office, "months": in_months, "in_all": len(articles_of)}


def _terms(months: Holders) -> dict[str, list[str]]:
    """Return for each holder of an office the months in which nearly all articles name this holder."""
    terms: dict[str, list[str]] = defaultdict(list)
    for month, named in months.items():
        holder, ids = max(named.items(), key=lambda each: len(each[1]))
        if len(ids) >= max(MENTIONS, SHARE * _count(named)):
            terms[holder].append(month)
    return terms


def _count(named: Mapping[str, set[int]]) -> int:
    return sum(map(len, named.values()))


def _of_glosses(
    connection: Connection, keys: Mapping[str, str], latin: set[str]
) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Yield the pairs of keys that glosses tell, each with the articles."""
    ids: dict[tuple[str, str], set[int]] = defaultdict(set)
    texts = select(articles.c.id, articles.c.lead, articles.c.body).where(
        articles.c.body.contains("(") | articles.c.lead.contains("(")
    )
    for article_id, lead, body in connection.execution_options(yield_per=100).execute(texts):
        found = [(before, key) for text in (lead, body) for before, key in glosses(text or "") if key in latin]
        if not found:
            continue
        names = connection.scalars(select(people.c.name).where(people.c.article_id == article_id)).all()
        for before, key in found:
            # The longest name that stands there, as one may end like another.
            name = max((name for name in names if _ends_with(before, name)), key=len, default="")
            glossed = keys.get(name, "")
            if is_thai(glossed) and may_be_one(glossed, key):
                ids[glossed, key].add(article_id)
    for (glossed, key), those in ids.items():
        yield (key, glossed), {"articles": sorted(those)[:LISTED], "in_all": len(those)}


def _ends_with(text: str, name: str) -> bool:
    return "".join(text.split()).endswith("".join(name.split()))
