"""The views: people across articles. They are plain SQL, made anew with every version of the tables."""

from __future__ import annotations

from sqlalchemy import Connection, text

VIEWS = {
    # One row a person: everybody whose name says who they are.
    "persons": """
        SELECT people.name_key,
            (SELECT spelt.name FROM people AS spelt WHERE spelt.name_key = people.name_key
                GROUP BY spelt.name ORDER BY count(*) DESC, spelt.name LIMIT 1) AS name,
            count(DISTINCT people.article_id) AS articles,
            count(DISTINCT CASE WHEN people.attended THEN people.article_id END) AS attended,
            min(articles.date_published) AS first,
            max(articles.date_published) AS last
        FROM people JOIN articles ON articles.id = people.article_id
        WHERE people.name_key <> ''
        GROUP BY people.name_key""",
    # The offices of each, as written.
    "person_positions": """
        SELECT people.name_key, people.position,
            min(articles.date_published) AS first,
            max(articles.date_published) AS last,
            count(DISTINCT people.article_id) AS articles
        FROM people JOIN articles ON articles.id = people.article_id
        WHERE people.name_key <> '' AND people.position IS NOT NULL
        GROUP BY people.name_key, people.position""",
}


def make(connection: Connection) -> None:
    """Make the views, or make them anew as they are here."""
    if connection.dialect.name == "sqlite":
        for name, query in VIEWS.items():
            connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
            connection.execute(text(f"CREATE VIEW {name} AS {query}"))
