"""Evidence in the stored articles that a Thai name and a name in Latin letters are one person's.

There are two kinds:

- A gloss: an article has the Latin name in brackets right behind the Thai one.
- A unique office: in some months, nearly all Thai articles name one holder of the office, and nearly all English
  articles name one too.

The spelling alone is no evidence. But two names that cannot be spellings of each other are never joined.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import chain
from typing import Any

from sqlalchemy import Connection, select

from thaigov_crawler.store.columns import month_of
from thaigov_crawler.store.persons import Join
from thaigov_crawler.store.tables import articles, people
from thaigov_crawler.thai.names import is_thai, name_key
from thaigov_crawler.thai.text import squeeze
from thaigov_crawler.thai.transliteration import glosses, may_be_one
from thaigov_crawler.thai.unique_offices import unique_offices

# The fewest articles that must name the holder of an office: in each month for the Thai name, and in all these months
# together for the English one.
MENTIONS = 3
# The share of these articles that must name no other holder.
SHARE = 0.9
# The fewest months in which English articles must name the holder.
MONTHS = 2
# Two keys in Latin letters that are at least so alike (0 to 1) are spellings of one holder's name.
SPELT_ALIKE = 0.75
# The most article IDs that the evidence of a gloss lists.
LISTED = 10

Holders = Mapping[str, Mapping[str, set[int]]]  # for each month, the articles that name each key as holder of an office


def find(connection: Connection) -> list[Join]:
    """Return the pairs of names that the stored articles show to be one person's.

    One name may be in several pairs. `persons.keep` decides what becomes of them.
    """
    keys = {name: name_key(name) for name in connection.scalars(select(people.c.name).distinct())}
    evidence: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for pair, said in chain(_of_offices(connection, keys), _of_glosses(connection, keys)):
        evidence[pair].append(said)
    return [Join(*pair, all_said) for pair, all_said in sorted(evidence.items())]


def _of_offices(connection: Connection, keys: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Yield the pairs of keys that unique offices show, each with the office and its months."""
    thai: dict[str, dict[str, dict[str, set[int]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    latin: dict[str, dict[str, dict[str, set[int]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    month = month_of(articles.c.date_published)
    held = select(people.c.name, people.c.position, month, people.c.article_id).join(articles)
    for name, position, when, article_id in connection.execute(held.where(people.c.position.is_not(None))):
        if key := keys[name]:
            for office in unique_offices(position):
                (thai if is_thai(key) else latin)[office][when][key].add(article_id)
    for office, in_latin in latin.items():
        for holder, months in _terms(thai[office]).items():
            yield from _in_term(office, holder, {month: in_latin[month] for month in months if month in in_latin})


def _in_term(office: str, holder: str, months: Holders) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Yield the keys in Latin letters of the person who holds an office in its Thai holder's months.

    Other spellings of the name count too. Each key comes with the holder's key, the office and the months.
    """
    count: Counter[str] = Counter()
    for by_key in months.values():
        count.update({key: len(ids) for key, ids in by_key.items() if may_be_one(holder, key)})
    if not count:
        return
    ((most, _),) = count.most_common(1)
    spellings = {key for key in count if SequenceMatcher(None, most, key).ratio() >= SPELT_ALIKE}
    named: dict[str, dict[int, str]] = defaultdict(dict)  # for each key the articles and their months
    for month, by_key in sorted(months.items()):
        ours = {key: ids for key, ids in by_key.items() if key in spellings}
        if _count(ours) >= SHARE * _count(by_key):
            for key, ids in ours.items():
                named[key] |= dict.fromkeys(ids, month)
    for key, articles_of in sorted(named.items()):
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


def _of_glosses(connection: Connection, keys: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Yield the pairs of keys that glosses show, each with the articles."""
    latin = {key for key in keys.values() if key and not is_thai(key)}
    ids: dict[tuple[str, str], set[int]] = defaultdict(set)
    bracket = articles.c.body.contains("(") | articles.c.lead.contains("(")
    texts = select(articles.c.id, articles.c.lead, articles.c.body).where(bracket)
    for article_id, lead, body in connection.execution_options(yield_per=100).execute(texts):
        found = [(before, key) for text in (lead, body) for before, key in glosses(text or "") if key in latin]
        if not found:
            continue
        named = connection.scalars(select(people.c.name).where(people.c.article_id == article_id)).all()
        # One name may end like another. So the longest name that stands before the bracket counts.
        names = sorted(((squeeze(name), keys.get(name, "")) for name in named), key=lambda each: -len(each[0]))
        for before, key in found:
            end = squeeze(before)
            glossed = next((theirs for name, theirs in names if end.endswith(name)), "")
            if is_thai(glossed) and may_be_one(glossed, key):
                ids[key, glossed].add(article_id)
    for pair, those in ids.items():
        yield pair, {"articles": sorted(those)[:LISTED], "in_all": len(those)}
