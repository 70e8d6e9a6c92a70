"""`scrapy persons`: join the names of one person in Thai and in Latin letters, and judge such joins."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from sqlalchemy import Connection

from thaigov_crawler.commands._base import ProjectCommand
from thaigov_crawler.commands._store import opened_store
from thaigov_crawler.store import Store, evidence, persons
from thaigov_crawler.thai.names import SEPARATOR, name_key


class Command(ProjectCommand, ScrapyCommand):
    """Join two names, one in Thai and one in Latin letters, where the stored articles tell that they are one person.

    Every join is shown with its evidence. You can overrule it, and the program then keeps to your verdict.
    """

    about = "Join names in Thai and in Latin letters that are one person's, and show why"
    usage = "[--same NAME OTHER | --different NAME OTHER]"

    def declare(self, parser: argparse.ArgumentParser) -> None:
        judge = parser.add_mutually_exclusive_group()
        both = ("NAME", "OTHER")
        judge.add_argument("--same", nargs=2, metavar=both, help="these names, or keys, are one person's: join them")
        judge.add_argument("--different", nargs=2, metavar=both, help="they are two people's: never join them")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Find the joins, or write a verdict. Raise UsageError for bad names, StoreError if the database fails."""
        with opened_store(self) as store:
            if opts.same or opts.different:
                self._judge(store, *(opts.same or opts.different), same=bool(opts.same))
            else:
                self._find(store)

    def _find(self, store: Store) -> None:
        """Make the joins that the stored articles tell, and print all, with what is not joined and the numbers."""
        with store.reading() as connection:
            found = evidence.find(connection)
        with store.writing() as connection:
            outcome = persons.keep(connection, found)
        with store.reading() as connection:
            rows = persons.rows(connection)
            self._show(connection, rows)
            self._show_left(connection, outcome)
        number = sum(row["verdict"] != persons.DIFFERENT for row in rows)
        print(f"Joined: {number} ({len(outcome.added)} new, {len(outcome.dropped)} no longer)")

    def _judge(self, store: Store, name: str, other: str, *, same: bool) -> None:
        """Write a verdict on two names, and print what the store has about them.

        Raise UsageError for names that the store does not have, ContradictionError if the verdict cannot be written.
        """
        option = "--same" if same else "--different"
        keys = [_key_of(option, each) for each in (name, other)]
        with store.reading() as connection:
            for key, each in zip(keys, (name, other), strict=True):
                if not persons.is_known(connection, key):
                    raise UsageError(f"{option} {each!r}: no stored article names this person")
        with store.writing() as connection:
            (persons.judge_same if same else persons.judge_different)(connection, *keys)
        with store.reading() as connection:
            about = [row for row in persons.rows(connection) if {row["name_key"], row["same_as"]}.intersection(keys)]
            self._show(connection, about)

    def _show(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Print rows of the table, with their evidence."""
        for row in rows:
            sign = "is not" if row["verdict"] == persons.DIFFERENT else "="
            by = ", as you said" if row["verdict"] else ""
            names = [persons.spelling(connection, row[column]) for column in ("name_key", "same_as")]
            self.tell(f"{names[0]} {sign} {names[1]}{by}")
            for said in row["evidence"]:
                self.tell(f"    {_in_words(said)}")

    def _show_left(self, connection: Connection, outcome: persons.Outcome) -> None:
        """Print what was found but not joined."""
        for key, joins in outcome.conflicts.items():
            self.tell(f"{persons.spelling(connection, key)} is not joined, as it would be several people's:")
            for join in joins:
                why = "; ".join(map(_in_words, join.evidence))
                self.tell(f"    {persons.spelling(connection, join.same_as)}: {why}")
        for join in outcome.refused:
            names = [persons.spelling(connection, key) for key in (join.name_key, join.same_as)]
            self.tell(f"{names[0]} is not joined to {names[1]}: what you said stands against it")


def _key_of(option: str, name: str) -> str:
    """Return the key of a name, or the key itself. Raise UsageError if the name may be anybody's."""
    key = name if SEPARATOR in name else name_key(name)
    if not key:
        raise UsageError(f"{option} {name!r}: must be a given name and a surname, both in full")
    return key


def _in_words(said: Mapping[str, Any]) -> str:
    """Return a piece of evidence in words."""
    if "office" in said:
        months = said["months"]
        when = months[0] if len(months) == 1 else f"{len(months)} months from {months[0]} to {months[-1]}"
        return f"{said['office']} in {when}: {said['in_all']} articles in English"
    listed = ", ".join(map(str, said["articles"]))
    more = f" and {rest} more" if (rest := said["in_all"] - len(said["articles"])) else ""
    return f"in brackets behind the name in {listed}{more}"
