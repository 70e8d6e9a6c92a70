"""The views: persons over all articles. They are plain SQL, and each upgrade of the tables makes them again.

They count anew at each question, so they are true at every moment. They read indexes only: `people_by_name_key` has all
that is said of a person, and `articles_days` the days. SQLite must be told so, or it would look up each day in the
articles. PostgreSQL chooses by itself.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

VIEWS = {
    # One row for each person. A name that may be anybody's is left out.
    "persons": """
        SELECT people.name_key,
            (SELECT spelt.name FROM people AS spelt WHERE spelt.name_key = people.name_key
                GROUP BY spelt.name ORDER BY count(*) DESC, spelt.name LIMIT 1) AS name,
            count(DISTINCT people.article_id) AS articles,
            count(DISTINCT CASE WHEN people.attended THEN people.article_id END) AS attended,
            min(articles.date_published) AS first,
            max(articles.date_published) AS last
        FROM people JOIN articles{by_days} ON articles.id = people.article_id
        WHERE people.name_key <> ''
        GROUP BY people.name_key""",
    # One row for each office of a person, as the articles write it.
    "person_positions": """
        SELECT people.name_key, people.position,
            min(articles.date_published) AS first,
            max(articles.date_published) AS last,
            count(DISTINCT people.article_id) AS articles
        FROM people JOIN articles{by_days} ON articles.id = people.article_id
        WHERE people.name_key <> '' AND people.position IS NOT NULL
        GROUP BY people.name_key, people.position""",
}


def make(connection: Connection) -> None:
    """Make the views. Views that exist are replaced."""
    by_days = " INDEXED BY articles_days" if connection.dialect.name == "sqlite" else ""
    for name, query in VIEWS.items():
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
        connection.execute(text(f"CREATE VIEW {name} AS {query.format(by_days=by_days)}"))
