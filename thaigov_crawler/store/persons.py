"""One person under several keys: which keys are joined, and what people have judged about it.

The column `people.name_key` has the key that a name is joined to. So every query finds a person under all names. This
module keeps it so. Its functions work in the transaction of the caller. So the table `same_persons` and the column
agree, even if a command is killed at any moment.

A key is joined to at most one other key, and that key is joined to none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import product
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.sql.selectable import CompoundSelect

from thaigov_crawler.errors import CrawlerError
from thaigov_crawler.outcomes import now
from thaigov_crawler.store.tables import forgotten, people, same_persons
from thaigov_crawler.thai.names import is_thai, name_key

SAME, DIFFERENT = "same", "different"

_ROW = same_persons.c
_IS_JOINED = or_(_ROW.verdict.is_(None), _ROW.verdict == SAME)
# Built only once, because building a statement takes longer than running it.
_JOINED = select(_ROW.name_key, _ROW.same_as).where(_IS_JOINED, _ROW.name_key.in_(bindparam("keys", expanding=True)))
_RENAME = (
    update(people)
    .where(people.c.name == bindparam("of"), people.c.name_key == bindparam("was"))
    .values(name_key=bindparam("key"))
)


@dataclass(frozen=True)
class Join:
    """Two keys of one person, as the articles show (see evidence.py)."""

    name_key: str  # in Latin letters
    same_as: str  # in Thai letters
    evidence: list[dict[str, Any]]


@dataclass
class Outcome:
    """What the search for joins has changed."""

    added: list[Join] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)  # joins whose evidence is gone
    refused: list[Join] = field(default_factory=list)  # joins that a verdict stands against
    conflicts: dict[str, list[Join]] = field(default_factory=dict)  # keys with several people: not joined


class ContradictionError(CrawlerError):
    """A verdict cannot be written, because it says nothing or does not say enough. The text says why."""


# Looking joins up


def joined(connection: Connection, keys: Collection[str]) -> dict[str, str]:
    """Return for each key that is joined to another the key that it is joined to."""
    if not any(keys):
        return {}
    return {row.name_key: row.same_as for row in connection.execute(_JOINED, {"keys": sorted(keys)})}


def stored_as(key: str) -> CompoundSelect[Any]:
    """Return a query for the keys under which people with this key may be stored."""
    return union_all(select(literal(key)), select(_ROW.same_as).where(_IS_JOINED, _ROW.name_key == key))


def rows(connection: Connection) -> list[Mapping[str, Any]]:
    """Return all rows of the table, sorted by the key that is joined to."""
    query: Select[Any] = select(same_persons).order_by(_ROW.same_as, _ROW.name_key)
    return [dict(row) for row in connection.execute(query).mappings()]


def spelling(connection: Connection, key: str) -> str:
    """Return the commonest spelling of a name with this key, or the key if no article has such a name."""
    stored = joined(connection, [key]).get(key, key)
    counted = select(people.c.name, func.count()).where(people.c.name_key == stored).group_by(people.c.name)
    names = connection.execute(counted.order_by(func.count().desc(), people.c.name))
    return next((name for name, _ in names if name_key(name) == key), key)


def is_known(connection: Connection, key: str) -> bool:
    """Tell whether an article names somebody with this key, or a row of the table has the key."""
    named = select(people.c.name_key).where(people.c.name_key == key).limit(1)
    in_table = select(_ROW.name_key).where((_ROW.name_key == key) | (_ROW.same_as == key)).limit(1)
    return any(connection.scalar(query) is not None for query in (named, in_table))


# Changing them


def keep(connection: Connection, found: Iterable[Join]) -> Outcome:
    """Make the joins that were found and those that people have judged. Return what that changed.

    A verdict is never changed. A join that a verdict stands against is not made. Neither is a join to several people.
    What was forgotten after the search is left out.
    """
    keys = _keys_of_names(connection)
    held = rows(connection)
    before = {_pair(row): row["found_at"] for row in held if row["verdict"] is None}
    verdicts = _Verdicts(held)
    outcome = Outcome()
    single: list[Join] = []
    for key, joins in verdicts.open(_remaining(connection, found, set(keys.values()))).items():
        if len(joins) > 1:
            outcome.conflicts[key] = joins
        else:
            single += joins
    connection.execute(delete(same_persons).where(_ROW.verdict.is_(None)))
    for join in single:
        if verdicts.stand_against(join, single):
            outcome.refused.append(join)
            continue
        at = before.pop(_pair(asdict(join)), None)
        connection.execute(insert(same_persons), _row(join, None, at))
        if at is None:
            outcome.added.append(join)
    outcome.dropped = sorted(before)
    _bring_into_line(connection, keys)
    return outcome


class _Verdicts:
    """The verdicts of people."""

    def __init__(self, held: Iterable[Mapping[str, Any]]):
        judged = [row for row in held if row["verdict"] is not None]
        self.joined = dict(_pair(row) for row in judged if row["verdict"] == SAME)
        different = {_pair(row) for row in judged if row["verdict"] == DIFFERENT}
        self.different = different | {(other, key) for key, other in different}

    def root(self, key: str) -> str:
        """Return the key that a person has joined a key to, or the key itself."""
        return self.joined.get(key, key)

    def open(self, found: Iterable[Join]) -> dict[str, list[Join]]:
        """Return for each key the joins without a verdict: one for each person that it would be joined to."""
        evidence: dict[str, dict[str, list[dict[str, Any]]]] = {}
        for join in found:
            key, root = join.name_key, self.root(join.same_as)
            if self.root(key) != root and not self.different & {(key, join.same_as), (key, root)}:
                evidence.setdefault(key, {}).setdefault(root, []).extend(join.evidence)
        return {key: [Join(key, *each) for each in by_root.items()] for key, by_root in evidence.items()}

    def stand_against(self, join: Join, all_joins: Iterable[Join]) -> bool:
        """Tell whether the verdicts, or the other joins to be made, rule out a join."""
        key, root = join.name_key, join.same_as
        if key in self.joined or key in self.joined.values():
            return True
        others = {each.name_key for each in all_joins if each.same_as == root}
        others |= {each for each, same_as in self.joined.items() if same_as == root}
        return any((key, other) in self.different for other in others)


def _remaining(connection: Connection, found: Iterable[Join], named: Collection[str]) -> Iterator[Join]:
    """Yield the joins whose evidence is in articles that are not forgotten. `named` are the keys of all people."""
    gone = set(connection.scalars(select(forgotten.c.article_id)))
    for join in found:
        evidence = _without(join.evidence, gone)
        if evidence and join.name_key in named and join.same_as in named:
            yield replace(join, evidence=evidence)


def judge_same(connection: Connection, one: str, other: str) -> None:
    """Join two keys for good, with everything that is joined to either of them. A person has judged so.

    The key in Thai is the one that is joined to. Of two keys in the same letters, it is the second. Raise
    ContradictionError if they are joined already, or if a verdict stands against it.
    """
    to = joined(connection, [one, other])
    key, target = to.get(one, one), to.get(other, other)
    if key == target:  # it may be a join that was found: from now on it is a verdict
        key, target = (one, other) if to.get(one) == other else (other, one)
        if to.get(key) != target:
            raise ContradictionError("both names have the same key already")
    elif is_thai(key) and not is_thai(target):
        key, target = target, key
    ours, theirs = ({each, *_joined_to(connection, each)} for each in (key, target))
    overruled = [(key, target), (target, key), (one, other), (other, one)]
    different = _Verdicts(rows(connection)).different.difference(overruled)
    if against := next((pair for pair in product(ours - {target}, theirs - {key}) if pair in different), None):
        raise ContradictionError(f"you said that {against[0]} and {against[1]} are two people")
    _replace(connection, key, target, SAME)
    connection.execute(
        delete(same_persons).where(_ROW.verdict == DIFFERENT, or_(*(_is_pair(*pair) for pair in overruled)))
    )
    connection.execute(update(same_persons).where(_IS_JOINED, _ROW.same_as == key).values(same_as=target))
    _bring_into_line(connection, _keys_of_names(connection, ours | theirs))


def judge_different(connection: Connection, one: str, other: str) -> None:
    """Keep two keys apart for good. A person has judged so.

    Raise ContradictionError if both are joined to a third key, because nobody said which of them is another person than
    that.
    """
    to = joined(connection, [one, other])
    if one == other:
        raise ContradictionError("both names have the same key")
    if one in to and to[one] == to.get(other):
        raise ContradictionError(f"both are joined to {to[one]}: say which of them is another person than that")
    pair = (other, one) if to.get(other) == one else (one, other)
    _replace(connection, *pair, DIFFERENT)
    _bring_into_line(connection, _keys_of_names(connection, pair))


def forget(connection: Connection, article_id: int, names: Iterable[str]) -> None:
    """Remove what the table has of an article that was just deleted and that named these people.

    A row is deleted if all its evidence was in this article. It is also deleted if no article is left that names one of
    the two persons.
    """
    keys = {key for key in map(name_key, names) if key}
    gone = {key for key in keys if is_known(connection, key) and not _is_named(connection, key)}
    deleted = []
    for row in rows(connection):
        evidence = _without(row["evidence"], {article_id})
        this = _is_pair(*_pair(row))
        if gone.intersection(_pair(row)) or (row["evidence"] and not evidence and row["verdict"] is None):
            connection.execute(delete(same_persons).where(this))
            deleted.append(row)
        elif evidence != row["evidence"]:
            connection.execute(update(same_persons).where(this).values(evidence=evidence))
    if deleted:
        _bring_into_line(connection, _keys_of_names(connection, {key for row in deleted for key in _pair(row)}))


def _without(evidence: Iterable[dict[str, Any]], gone: Collection[int]) -> list[dict[str, Any]]:
    """Return evidence without the articles that are gone."""
    left = []
    for said in evidence:
        ids = [each for each in said.get("articles", []) if each not in gone]
        lost = len(said.get("articles", [])) - len(ids)
        if ids or not lost:
            left.append({**said, "articles": ids, "in_all": said["in_all"] - lost} if lost else said)
    return left


def _is_named(connection: Connection, key: str) -> bool:
    """Tell whether an article names somebody with this key, whether the key is joined to another or not."""
    stored = joined(connection, [key]).get(key, key)
    return key in _keys_of_names(connection, [stored]).values()


def _joined_to(connection: Connection, key: str) -> set[str]:
    return set(connection.scalars(select(_ROW.name_key).where(_IS_JOINED, _ROW.same_as == key)))


def _pair(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["name_key"], row["same_as"]


def _is_pair(key: str, same_as: str) -> ColumnElement[bool]:
    return (_ROW.name_key == key) & (_ROW.same_as == same_as)


def _replace(connection: Connection, key: str, same_as: str, verdict: str) -> None:
    """Write a verdict on a pair in place of its rows, in either order of the keys. Keep the evidence."""
    either = _is_pair(key, same_as) | _is_pair(same_as, key)
    evidence = [said for row in connection.scalars(select(_ROW.evidence).where(either)) for said in row]
    connection.execute(delete(same_persons).where(either))
    connection.execute(insert(same_persons), _row(Join(key, same_as, evidence), verdict))


def _row(join: Join, verdict: str | None, at: str | None = None) -> dict[str, Any]:
    return {**asdict(join), "found_at": at or now(), "verdict": verdict}


def _keys_of_names(connection: Connection, stored: Collection[str] | None = None) -> dict[str, str]:
    """Return for each name its own key, whether it is joined or not.

    `stored` limits the names to those stored under these keys. None means all people.
    """
    names = select(people.c.name).where(people.c.name_key != "").distinct()
    found = connection.scalars(names if stored is None else names.where(people.c.name_key.in_(stored)))
    return {name: name_key(name) for name in found}


def _bring_into_line(connection: Connection, keys: Mapping[str, str]) -> None:
    """Give everybody who has one of these names the key that the table says. `keys` has the own key of each name."""
    joins = connection.execute(select(_ROW.name_key, _ROW.same_as).where(_IS_JOINED))
    to: dict[str, str] = {row.name_key: row.same_as for row in joins}
    held = connection.execute(select(people.c.name, people.c.name_key).where(people.c.name_key != "").distinct())
    wrong = [
        {"of": name, "was": was, "key": to.get(keys[name], keys[name])}
        for name, was in held
        if name in keys and was != to.get(keys[name], keys[name])
    ]
    if wrong:
        connection.execute(_RENAME, wrong)
