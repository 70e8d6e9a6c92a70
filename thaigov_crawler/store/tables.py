"""The tables. Columns have the names of the exported fields; days are ISO text (Common Era), times ISO text (UTC)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

# Raise it with every change to the tables, and say in upgrades.py how older ones become so.
SCHEMA_VERSION = 5

metadata = MetaData()

schema_version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("section", Text),
    Column("ministry", Text),
    Column("language", String(2), nullable=False),
    Column("date_published", String(10), nullable=False),
    Column("news_date", String(10)),
    Column("date_published_raw", Text),
    Column("news_date_raw", Text),
    Column("lead", Text),
    Column("body", Text, nullable=False),
    Column("event_start", String(10)),
    Column("event_end", String(10)),
    Column("venue", Text),
    Column("images", JSON, nullable=False),
    Column("attachments", JSON, nullable=False),
    Column("source", Text, nullable=False),
    Column("captured_at", Text, nullable=False),
    Column("capture_url", Text, nullable=False),
    Column("layout", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("extractor", Integer, nullable=False),
    Column("withdrawn_at", Text),  # when the live site was first seen without it; null: never, or it came back
    Column("read_by", Integer),  # the extractor that read the page, where a newer one has derived the fields anew since
    # "Articles of a section in a month", "articles of a month".
    Index("articles_by_section", "section", "date_published"),
    Index("articles_by_date", "date_published"),
)


def _of_article() -> Column[Any]:
    return Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)


people = Table(
    "people",
    metadata,
    _of_article(),
    Column("ordinal", Integer, primary_key=True),  # in order of first mention, from 0
    Column("attended", Boolean, nullable=False),  # of `attendees`, else of `mentions`
    Column("title", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("position", Text),
    Column("name_key", Text, nullable=False),  # see thai.names.name_key; "" where the name may be anybody's
    # "Who appears most": answered from the index alone.
    Index("people_by_name", "name", "attended"),
    # What there is of one person, and the view `persons`.
    Index("people_by_name_key", "name_key", "name", "attended", "article_id"),
)

dates = Table(
    "dates",
    metadata,
    _of_article(),
    Column("ordinal", Integer, primary_key=True),
    Column("start", String(10), nullable=False),
    Column("end", String(10), nullable=False),
    Column("precision", String(5), nullable=False),
    Column("raw", Text, nullable=False),
    Index("dates_by_start", "start"),
)

# Earlier versions of articles, one a digest, each with the newest capture that shows it.
revisions = Table(
    "revisions",
    metadata,
    _of_article(),
    Column("digest", String(64), primary_key=True),
    Column("captured_at", Text, nullable=False),
    Column("capture_url", Text, nullable=False),
    Column("extractor", Integer, nullable=False),
    Column("kept_at", Text, nullable=False),  # when this store learnt that it is an earlier version
    Column("article", JSON, nullable=False),  # the version whole, as exported
)

# What happened to the articles, as this store learnt it; never changed.
changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(9), nullable=False),  # new, edited, withdrawn, returned
    Column("at", Text, nullable=False),
    Column("fields", JSON, nullable=False),  # of an edit: the names of what the page says otherwise now
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Index("changes_by_time", "at"),
    Index("changes_by_article", "article_id"),
)

# The last visit of each article ID from each source.
visits = Table(
    "visits",
    metadata,
    Column("source", Text, primary_key=True),
    Column("article_id", Integer, primary_key=True, autoincrement=False),
    Column("outcome", String(9), nullable=False),
    Column("visited_at", Text, nullable=False),
    Column("captured_at", Text),
    Column("url", Text),
    Column("reason", Text),
    Column("target", Text),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Index("visits_by_outcome", "source", "outcome"),
)

# What a host gave to ask it later whether a page has changed.
validators = Table(
    "validators",
    metadata,
    Column("source", Text, primary_key=True),
    Column("article_id", Integer, primary_key=True, autoincrement=False),
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
)

# Which run is at work on a host: one at a time. A lease that was not renewed in time is free, and so is one whose
# process is gone.
leases = Table(
    "leases",
    metadata,
    Column("host", Text, primary_key=True),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("holder", Text, nullable=False),  # process and machine
    Column("since", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    # The process as `processes.Process` has it; null in what an earlier version took.
    Column("machine", Text),
    Column("number", Integer),
    Column("started", Text),
)

# Articles that must not come back: of them nothing else is kept.
forgotten = Table(
    "forgotten",
    metadata,
    Column("article_id", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("spider", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("arguments", JSON, nullable=False),
    Column("version", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),  # null while the run lives, or where it was killed
    Column("planned", Integer),
    Column("outcomes", JSON),  # visits by outcome
    Column("reason", Text),  # Scrapy's finish reason, or what went wrong
    Column("exit_status", Integer),
    Column("hostname", Text),  # the machine it ran on
    Column("quality", JSON(none_as_null=True)),  # of the articles that it read, how many had which field
    Column("warnings", JSON),  # what it noticed that somebody should look at: texts
)
