"""Full-text search with an index of every three characters in a row.

Thai is written without spaces between words, so a search must find text anywhere. The index `articles_fts` has no text
of its own and no positions, which would take seven times the room. What it answers depends on the length of a word:

- Three characters are an entry of the index: it finds exactly the articles that have them.
- Of a longer word it finds the articles that have all its parts. Those are then read.
- A shorter word begins some entries. `articles_terms` lists them with their articles. It misses the last two characters
  of a text, which begin no entry: they are in `articles_ends`.

Triggers keep `articles_fts` and `articles_ends` up to date, in the transaction that writes the article.

PostgreSQL has such an index of its own, pg_trgm. It finds the articles for a word of three characters or more, and the
operator LIKE then reads them. For shorter words LIKE reads all articles. ILIKE does the same for words with letters A
to Z. As the columns have the collation "C", it takes these capital letters for small ones, and no others.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection, inspect, text

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
    """content="articles", content_rowid="id", tokenize="trigram", detail={detail})""",
    # Bytes of memory, enough for the articles of one transaction, and how many parts of a size are merged into one.
    # More of both makes less to write: adding articles takes a fifth less time.
    "INSERT INTO articles_fts(articles_fts, rank) VALUES ('hashsize', 8388608)",
    "INSERT INTO articles_fts(articles_fts, rank) VALUES ('automerge', 8)",
    f"CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN {_PUT_IN} END",
    f"CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN {_TAKE_OUT} END",
    f"CREATE TRIGGER articles_fts_update AFTER UPDATE OF {_NAMES} ON articles "
    f"WHEN {_DIFFERENT} BEGIN {_TAKE_OUT} {_PUT_IN} END",
    "INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')",
)
# The last two characters of each text, a line each.
_ENDS = " || char(10) || ".join(f"ifnull(substr({{0}}.{name}, -2), '')" for name in _COLUMNS)
_SHORT_WORDS = (
    "CREATE VIRTUAL TABLE articles_terms USING fts5vocab(articles_fts, instance)",
    "CREATE TABLE articles_ends (id INTEGER PRIMARY KEY, ends TEXT NOT NULL)",
    f"INSERT INTO articles_ends SELECT id, {_ENDS.format('articles')} FROM articles",
    "CREATE TRIGGER articles_ends_insert AFTER INSERT ON articles "
    f"BEGIN INSERT INTO articles_ends VALUES (new.id, {_ENDS.format('new')}); END",
    "CREATE TRIGGER articles_ends_delete AFTER DELETE ON articles "
    "BEGIN DELETE FROM articles_ends WHERE id = old.id; END",
    f"CREATE TRIGGER articles_ends_update AFTER UPDATE OF {_NAMES} ON articles WHEN {_DIFFERENT} "
    f"BEGIN UPDATE articles_ends SET ends = {_ENDS.format('new')} WHERE id = new.id; END",
)

_IN_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS articles_trigrams ON articles USING gin "
    f"({', '.join(f'{name} gin_trgm_ops' for name in _COLUMNS)})",
)
_AS_ITSELF = str.maketrans({sign: f"\\{sign}" for sign in "\\%_"})  # in a pattern of ILIKE

_LETTER = re.compile("[A-Za-z]")
_WORD = re.compile(r'"([^"]*)"?|([^\s"]+)')
MOST_WORDS = 20  # words of a search
_ENTRY = 3  # characters of an entry of the index
_MOST_ENTRIES = 32  # of a word: so many find hardly an article without the word
# Nearly every article has these in its first lines, and the index very many entries: to read the articles is quicker.
_EVERYWHERE = frozenset("กคงจชดตทนบปพมยรลวสหอะัาิีุเ่้")
_CAPITALS = str.maketrans({chr(capital): chr(capital + 32) for capital in range(ord("A"), ord("Z") + 1)})
# The index has small letters for capital ones in all alphabets, so it may find more than a search does. Of the letters
# A to Z, it takes K and S for those of other alphabets too (the Kelvin sign, the long s).
_ALSO_OTHERS = frozenset("ks")


def make(connection: Connection, *, detail: str = "none") -> None:
    """Make the index with all stored articles, what short words need, and the triggers, unless they exist.

    With the `detail` of SQLite's FTS5 that is "full", the index has positions, and other programs can search with it.
    """
    if connection.dialect.name == "postgresql":
        for statement in _IN_POSTGRESQL:
            connection.execute(text(statement))
    if connection.dialect.name == "sqlite":
        for name, statements in (("articles_fts", _INDEX), ("articles_ends", _SHORT_WORDS)):
            if not inspect(connection).has_table(name):
                for statement in statements:
                    connection.execute(text(statement.replace("{detail}", detail)))


def search_sql(words: str, backend: str = "sqlite") -> tuple[str, dict[str, str]]:
    """Return a condition on the table `articles` and its named parameters: see `ids_sql`.

    A text without words finds every article. The SQL is that of the database `backend`, as SQLAlchemy calls it.
    """
    if backend == "postgresql":
        patterns = [f"%{word.translate(_AS_ITSELF)}%" for word in words_of(words)]
        parameters = {f"search_{number}": pattern for number, pattern in enumerate(patterns)}
        read = " AND ".join(_like(pattern, name) for name, pattern in parameters.items())
        # In a query of its own, or an order by ID would make PostgreSQL read all articles in that order.
        return f"articles.id IN (SELECT id FROM articles WHERE {read})" if read else "true", parameters
    query, parameters = ids_sql(words)
    return f"articles.id IN ({query})" if query else "true", parameters


def ids_sql(words: str) -> tuple[str, dict[str, str]]:
    """Return a query and its named parameters: the IDs of the articles with every word in title, lead or body.

    White space separates the words of the text `words`. A phrase in double quotes is one word. A word is also found
    within another word. Capital and small letters A to Z are the same; `%`, `_` and `*` mean themselves. If there are
    more than MOST_WORDS words, only the first ones count. If there are none, the query is empty.
    """
    found: list[str] = []
    read: list[str] = []
    parameters: dict[str, str] = {}
    entries: dict[str, None] = {}
    for number, word in enumerate(given.translate(_CAPITALS) for given in words_of(words)):
        name = f"search_{number}"
        parameters[name] = word
        is_asked = len(word) >= _ENTRY or (word not in _EVERYWHERE and _is_in_index_as_it_is(word))
        if len(word) >= _ENTRY:
            entries |= dict.fromkeys(_entries(word))
        elif is_asked:
            parameters[f"{name}_end"] = f"{word}\U0010ffff"
            found.append(_begins(name))
        if not is_asked or len(word) > _ENTRY or not _is_exact(word):
            read.append(_holds(word, name))
    if entries:
        parameters["search_entries"] = " AND ".join(f'"{entry.replace(chr(34), 2 * chr(34))}"' for entry in entries)
        found.insert(0, "SELECT rowid AS id FROM articles_fts WHERE articles_fts MATCH :search_entries")
    return _query(found, read), parameters


def _entries(word: str) -> list[str]:
    """Return entries of the index that an article with the word has, from all parts of a long word."""
    last = len(word) - _ENTRY
    step = last // _MOST_ENTRIES + 1
    return [word[at : at + _ENTRY] for at in (*range(0, last, step), last)]


def _is_in_index_as_it_is(word: str) -> bool:
    """Tell whether the entries of the index have the characters of a word, whose letters A to Z are small."""
    return all(sign.isascii() or sign.lower() == sign.upper() for sign in word)


def _is_exact(word: str) -> bool:
    """Tell whether the index tells a word from all others, in another alphabet too."""
    return _is_in_index_as_it_is(word) and _ALSO_OTHERS.isdisjoint(word)


def _begins(name: str) -> str:
    """Return a query for the articles with the short word of a parameter."""
    return (
        f"SELECT doc AS id FROM articles_terms WHERE term >= :{name} AND term < :{name}_end "
        f"UNION SELECT id FROM articles_ends WHERE instr(lower(ends), :{name})"
    )


def _holds(word: str, name: str) -> str:
    """Return the condition that a text of an article has the word of a parameter."""
    column = "{}" if word.upper() == word.lower() else "lower({})"  # SQLite knows A to Z only, as we want it
    return f"({' OR '.join(f'instr({column.format(each)}, :{name})' for each in _COLUMNS)})"


def _like(pattern: str, name: str) -> str:
    """Return the condition of PostgreSQL that a text of an article fits the pattern of a parameter."""
    operator = "ILIKE" if _LETTER.search(pattern) else "LIKE"  # which takes a fraction of the time
    return f"({' OR '.join(f'{each} {operator} :{name}' for each in _COLUMNS)})"


def _query(found: list[str], read: list[str]) -> str:
    """Return the query for the articles that all queries `found` find and that meet all conditions `read`."""
    if not found and not read:
        return ""
    query = ""
    for each in found:  # with the plus sign, SQLite asks the index once, and not for each article
        query = f"SELECT id FROM ({query}) WHERE +id IN ({each})" if query else each
    if read:
        within = f"id IN ({query}) AND " if query else ""
        query = f"SELECT id FROM articles WHERE {within}{' AND '.join(read)}"
    return query


def words_of(words: str) -> list[str]:
    """Return the words of a text as `search_sql` uses them: each word once, and MOST_WORDS at most.

    Their characters are cleaned in the same way as those of the articles (see `thai.text.clean_line`).
    """
    # Half a surrogate pair is in no article, and SQLite refuses it in a parameter.
    whole = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    found = dict.fromkeys(clean_line(quoted or plain) for quoted, plain in _WORD.findall(whole))
    return [word for word in found if word][:MOST_WORDS]
