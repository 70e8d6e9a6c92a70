"""Full-text search: an index of every three characters in a row, which finds any text within a word, as Thai needs.

The index `articles_fts` holds no text of its own, nor where in an article something stands (that would take seven
times the room): SQLite looks up which articles may match, and reads those. Triggers keep it current.
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
# What LIKE takes for any text. Within a pattern it makes SQLite 3.40 read memory that it has freed, where an index has
# detail=none: a search is for the longest piece between, and `instr` tells the rest.
_WILDCARDS = re.compile("[%_]")
MOST_WORDS = 20  # of a search: SQLite refuses a thousand, and hundreds take it long
_INDEXED = 3  # characters: shorter words are looked for in the articles themselves


def make(connection: Connection) -> None:
    """Make the index of the articles there are, where there is none, and its triggers."""
    if connection.dialect.name == "sqlite" and not inspect(connection).has_table("articles_fts"):
        for statement in _INDEX:
            connection.execute(text(statement))
        connection.execute(text("INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')"))


def search_sql(words: str) -> tuple[str, dict[str, str]]:
    """A condition on the table `articles` and its named parameters: that title, lead or body hold every one of the
    words in a text, which white space parts; what stands in double quotes is one.

    A word is found anywhere, within others too, as it is: capitals of the letters A to Z do not count, and `%`, `_`
    and `*` mean themselves. A text without words holds for every article, and of more than MOST_WORDS the first
    count.
    """
    conditions, parameters = [], {}
    for number, word in enumerate(words_of(words)):
        name = f"search_{number}"
        piece = max(_WILDCARDS.split(word), key=len)
        parameters[name] = f"%{piece}%"
        holds = "{0} LIKE :" + name
        if piece != word:  # there is no index for LIKE with ESCAPE
            parameters[f"{name}_exactly"] = word
            holds += f" AND instr(lower({{0}}), lower(:{name}_exactly))"
        if len(piece) < _INDEXED:
            conditions.append("(" + " OR ".join(holds.format(f"articles.{column}") for column in _COLUMNS) + ")")
        else:  # the index answers for one column at a time, not for OR
            ids = (f"SELECT rowid FROM articles_fts WHERE {holds.format(column)}" for column in _COLUMNS)
            conditions.append(f"articles.id IN ({' UNION '.join(ids)})")
    return " AND ".join(conditions) or "1", parameters


def words_of(words: str) -> list[str]:
    """The words of a text as `search_sql` parts them, each once, their characters mended as those of the articles are.
    Of more than MOST_WORDS the first count."""
    # No article holds half a surrogate pair, and no parameter may.
    whole = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    found = dict.fromkeys(clean_line(quoted or plain) for quoted, plain in _WORD.findall(whole))
    return [word for word in found if word][:MOST_WORDS]


def matching(words: str) -> TextClause:
    """The same as a condition for a query on the table `articles`."""
    condition, parameters = search_sql(words)
    return text(f"({condition})").bindparams(**parameters)
