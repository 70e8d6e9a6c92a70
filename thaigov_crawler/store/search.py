"""Full-text search with an index of every three characters in a row.

Thai is written without spaces between words, so a search must find text anywhere. The index `articles_fts` has no text
of its own and no positions, which would take seven times the room. SQLite gets from it the articles that may match, and
then reads those. Triggers keep the index up to date.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection, TextClause, inspect, text

from thaigov_crawler.thai.text import clean_line

_COLUMNS = ("title", "lead", "body")
_NAMES = ", ".join(_COLUMNS)
_NEW = ", ".join(f"new.{name}" for name in ("id", *_COLUMNS))
_OLD = ", ".join(f"old.{name}" for name in ("id", *_COLUMNS))
_DIFFERENT = " OR ".join(f"old.{name} IS NOT new.{name}" for name in _COLUMNS)
_PUT_IN = f"INSERT INTO articles_fts(rowid, {_NAMES}) VALUES ({_NEW});"
_TAKE_OUT = f"INSERT INTO articles_fts(articles_fts, rowid, {_NAMES}) VALUES ('delete', {_OLD});"
_INDEX = (
    f"CREATE VIRTUAL TABLE articles_fts USING fts5({_NAMES}, "
    """content="articles", content_rowid="id", tokenize="trigram", detail=none)""",
    f"CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN {_PUT_IN} END",
    f"CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN {_TAKE_OUT} END",
    f"CREATE TRIGGER articles_fts_update AFTER UPDATE OF {_NAMES} ON articles "
    f"WHEN {_DIFFERENT} BEGIN {_TAKE_OUT} {_PUT_IN} END",
)

_WORD = re.compile(r'"([^"]*)"?|([^\s"]+)')
# The wildcards of LIKE. With an index that has detail=none, a wildcard within a pattern makes SQLite 3.40 read memory
# that it has freed. So LIKE looks for the longest piece between wildcards, and `instr` checks the whole word.
_WILDCARDS = re.compile("[%_]")
MOST_WORDS = 20  # words of a search: SQLite refuses a thousand, and hundreds take long
_INDEXED = 3  # characters: the index cannot find shorter words, so SQLite reads the articles


def make(connection: Connection) -> None:
    """Make the index with all stored articles, and its triggers, unless it exists."""
    if connection.dialect.name == "sqlite" and not inspect(connection).has_table("articles_fts"):
        for statement in _INDEX:
            connection.execute(text(statement))
        connection.execute(text("INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')"))


def search_sql(words: str) -> tuple[str, dict[str, str]]:
    """Return a condition on the table `articles` and its named parameters: every word is in the title, lead or body.

    White space separates the words of the text `words`. A phrase in double quotes is one word. A word is also found
    within another word. Capital and small letters A to Z are the same; `%`, `_` and `*` mean themselves. A text without
    words finds every article. If there are more than MOST_WORDS words, only the first ones count.
    """
    conditions, parameters = [], {}
    for number, word in enumerate(words_of(words)):
        name = f"search_{number}"
        piece = max(_WILDCARDS.split(word), key=len)
        parameters[name] = f"%{piece}%"
        holds = "{0} LIKE :" + name
        if piece != word:  # LIKE with ESCAPE would not use the index
            parameters[f"{name}_exactly"] = word
            holds += f" AND instr(lower({{0}}), lower(:{name}_exactly))"
        if len(piece) < _INDEXED:
            conditions.append("(" + " OR ".join(holds.format(f"articles.{column}") for column in _COLUMNS) + ")")
        else:  # a condition with OR would not use the index, so each column has a query of its own
            ids = (f"SELECT rowid FROM articles_fts WHERE {holds.format(column)}" for column in _COLUMNS)
            conditions.append(f"articles.id IN ({' UNION '.join(ids)})")
    return " AND ".join(conditions) or "1", parameters


def words_of(words: str) -> list[str]:
    """Return the words of a text as `search_sql` uses them: each word once, and MOST_WORDS at most.

    Their characters are cleaned in the same way as those of the articles (see `thai.text.clean_line`).
    """
    # Half a surrogate pair is in no article, and SQLite refuses it in a parameter.
    whole = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    found = dict.fromkeys(clean_line(quoted or plain) for quoted, plain in _WORD.findall(whole))
    return [word for word in found if word][:MOST_WORDS]


def matching(words: str) -> TextClause:
    """Return the condition of `search_sql` for a query on the table `articles`."""
    condition, parameters = search_sql(words)
    return text(f"({condition})").bindparams(**parameters)
