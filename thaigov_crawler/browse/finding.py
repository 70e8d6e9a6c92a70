"""The searches of the lists: which articles have the words, and which persons the name."""

from __future__ import annotations

import json
import sqlite3

from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils import sqlite_timelimit

from thaigov_crawler.browse.bounds import BoundedConnection
from thaigov_crawler.browse.queries import FOUND, IDS, KEYS_OF_NAMED, MANY, MANY_NAMED, NAMED, ONE_BY_ONE
from thaigov_crawler.store.search import ids_sql


async def find(datasette: Datasette, database: str, words: str) -> tuple[str, dict[str, str]]:
    """Return the condition that an article has the words, and its parameters. There must be a word.

    The search is made here, once for the list, its length and every facet. Raise QueryInterrupted if it takes too long.
    """
    query, parameters = ids_sql(words)
    asked = IDS.format(query=query)

    def run(connection: BoundedConnection) -> tuple[int, str]:
        # It reads the texts of many articles, so it needs SQLite's own functions.
        with sqlite_timelimit(connection.unbounded, datasette.setting("sql_time_limit_ms")):
            try:
                (row,) = connection.unbounded.execute(asked, parameters)
            except sqlite3.OperationalError as error:
                if error.args == ("interrupted",):
                    raise QueryInterrupted(error, asked, parameters) from error
                raise
        return row

    number, found = await datasette.get_database(database).execute_fn(run)
    return FOUND.format(many=many(number)), {"found": found}


async def find_persons(datasette: Datasette, database: str, name: str) -> tuple[str, dict[str, str]]:
    """Return the condition that a person has this name, or one with this text in it, and its parameters."""
    found = await datasette.execute(database, KEYS_OF_NAMED, {"named": name})
    keys = [row["name_key"] for row in found.rows]
    if len(keys) > ONE_BY_ONE:
        return MANY_NAMED, {"keys": json.dumps(keys)}
    named = {f"key_{number}": key for number, key in enumerate(keys)}
    return NAMED.format(keys=", ".join(f":{parameter}" for parameter in named)), named


def many(number: int) -> str:
    """Return what stands in queries before the ID of so many articles: see MANY."""
    return "+" if number > MANY else ""
