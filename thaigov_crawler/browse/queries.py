"""The SQL queries of the pages, with named parameters. Datasette runs them, with its time limit."""

from __future__ import annotations

# The key that the key :{name} is joined to (see store/persons.py). An address may have a key that was joined since.
JOINED_TO = "SELECT same_as FROM same_persons WHERE name_key = :{name} AND verdict IS NOT 'different'"

# The page of an article

PEOPLE_OF_ARTICLE = """
    SELECT attended, title, name, name_key, position FROM people WHERE article_id = :id ORDER BY ordinal
"""
REVISIONS_OF_ARTICLE = """
    SELECT captured_at, capture_url, kept_at, article ->> 'title' AS title, article ->> 'body' AS body
    FROM revisions WHERE article_id = :id ORDER BY captured_at DESC
"""
CHANGES_OF_ARTICLE = """
    SELECT kind, at, fields FROM changes WHERE article_id = :id AND kind <> 'new' ORDER BY id
"""

# The page of a person

KEY_OF_NAME = "SELECT name_key(:name)"
# A full name is looked up by its key, which finds all spellings. A name without a key is looked up as it is spelled.
BY_KEY = f"people.name_key IN (:key, ({JOINED_TO.format(name='key')}))"
BY_NAME = "people.name = :name"
NAMES_OF_PERSON = """
    SELECT people.title, people.name, count(*) AS articles
    FROM people WHERE {who}
    GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 50
"""
OFFICES_OF_PERSON = """
    SELECT position, min(date_published) AS first, max(date_published) AS last, count(*) AS articles
    FROM people JOIN articles ON articles.id = article_id
    WHERE {who} AND position <> '' GROUP BY position ORDER BY articles DESC, last DESC LIMIT 200
"""
ARTICLES_OF_PERSON = """
    SELECT id, articles.title, date_published, substr(date_published, 1, 4) AS year, withdrawn_at,
           max(attended) AS attended
    FROM people JOIN articles ON articles.id = article_id
    WHERE {who} GROUP BY id ORDER BY date_published DESC, id DESC LIMIT :limit
"""
YEARS_OF_PERSON = """
    SELECT substr(date_published, 1, 4) AS year, count(DISTINCT article_id) AS articles
    FROM people JOIN articles ON articles.id = article_id WHERE {who} GROUP BY 1 ORDER BY 1 DESC
"""
MET_BY_PERSON = """
    SELECT (SELECT name FROM people WHERE people.name_key = met.name_key
            GROUP BY name ORDER BY count(*) DESC, name LIMIT 1) AS name, articles
    FROM (SELECT theirs.name_key, count(DISTINCT theirs.article_id) AS articles
          FROM people JOIN people AS theirs ON theirs.article_id = people.article_id
          WHERE {who} AND people.attended AND theirs.attended AND theirs.name_key NOT IN ('', people.name_key)
          GROUP BY theirs.name_key ORDER BY 2 DESC, 1 LIMIT 30) AS met
    ORDER BY 2 DESC, 1
"""

# The first page

SECTIONS = """
    SELECT section, count(*) AS articles FROM articles WHERE section IS NOT NULL
    GROUP BY section ORDER BY 2 DESC LIMIT 30
"""
MONTHS = """
    SELECT substr(date_published, 1, 7) AS month, count(*) AS articles FROM articles GROUP BY 1 ORDER BY 1 DESC LIMIT 24
"""
NEWEST = """
    SELECT id, title, section, date_published, withdrawn_at FROM articles ORDER BY date_published DESC, id DESC LIMIT 10
"""
# Of what time a snapshot is.
SNAPSHOT = "SELECT taken_at FROM snapshot"
COUNTS = """
    SELECT count(*) AS articles, min(date_published) AS first, max(date_published) AS last,
           (SELECT count(*) FROM articles WHERE withdrawn_at IS NOT NULL) AS withdrawn
    FROM articles
"""

# The list of articles

# The IDs of the articles that a search finds, as a JSON array, and their number.
IDS = "SELECT count(*), json_group_array(id) FROM ({query})"
# More articles than that are not looked up one by one. With a plus sign before the ID, SQLite goes through an index of
# all articles, or of all people, and leaves out what is not found.
MANY = 10_000
FOUND = "{many}id IN (SELECT value FROM json_each(:found))"
WITHIN = "{many}article_id IN (SELECT value FROM json_each(:within)) AND"

# Facets of articles
OF_MONTH = """
    SELECT substr(date_published, 1, 7) AS value, substr(date_published, 1, 7) AS label, count(*) AS count
    FROM ({articles}) GROUP BY 1 ORDER BY 1 DESC LIMIT {limit}
"""
OF_PERSON = """
    SELECT value, count,
           (SELECT name FROM people WHERE name_key = value GROUP BY name ORDER BY count(*) DESC, name LIMIT 1) AS label
    FROM (SELECT name_key AS value, count(DISTINCT article_id) AS count FROM people
          WHERE {within} name_key <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {limit})
"""
OF_POSITION = """
    SELECT position AS value, position AS label, count(DISTINCT article_id) AS count
    FROM people WHERE {within} position <> '' GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT {limit}
"""
# The conditions of values that are chosen in a facet or in the address.
IN_MONTH = "date_published BETWEEN :{name} AND :{name} || '~'"  # every day that begins with this month, or year
WITH_PERSON = f"id IN (SELECT article_id FROM people WHERE name_key IN (:{{name}}, ({JOINED_TO})))"
WITH_POSITION = "id IN (SELECT article_id FROM people WHERE position = :{name})"

# The list of persons

# The keys of those whose name has a text in it.
KEYS_OF_NAMED = """
    SELECT DISTINCT name_key FROM (SELECT DISTINCT name_key, name FROM people WHERE name_key <> '')
    WHERE name_key = name_key(:named) OR instr(name, without_titles(:named))
"""
# SQLite counts the articles of these persons alone if it gets their keys one by one, and of all persons if not.
ONE_BY_ONE = 500
NAMED = "name_key IN ({keys})"
MANY_NAMED = "name_key IN (SELECT value FROM json_each(:keys))"
