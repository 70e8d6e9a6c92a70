"""The tables. Columns have the names of the exported fields. Days are ISO text (C.E.), times are ISO text (UTC)."""

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
    text,
)

# Raise it with every change to the tables, and add the upgrade of older tables to upgrades.py.
SCHEMA_VERSION = 8

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
    Column("withdrawn_at", Text),  # when the site was first seen without it; null if it is there, as far as is known
    Column("read_by", Integer),  # extractor that read the page, if a newer one has derived the fields again since
    # They serve "articles of a section in a month" and "articles of a month".
    Index("articles_by_section", "section", "date_published"),
    Index("articles_by_date", "date_published"),
    # The views get the days of many articles from it. The table itself is a hundred times as large.
    Index("articles_days", "id", "date_published"),
    Index("articles_withdrawn", "withdrawn_at", sqlite_where=text("withdrawn_at IS NOT NULL")),
)


def _of_article() -> Column[Any]:
    return Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)


people = Table(
    "people",
    metadata,
    _of_article(),
    Column("ordinal", Integer, primary_key=True),  # in order of first mention, from 0
    Column("attended", Boolean, nullable=False),  # true for `attendees`, false for `mentions`
    Column("title", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("position", Text),
    # See thai.names.name_key; "" if the name may be anybody's. If same_persons joins the key, it is the key joined to.
    Column("name_key", Text, nullable=False),
    # It answers "who appears most" without the table.
    Index("people_by_name", "name", "attended"),
    # It serves queries for one person, and has all that the views and counts of articles by person need.
    Index("people_by_name_key", "name_key", "position", "article_id", "attended", "name"),
    # It serves queries for one office, and counts of articles by office.
    Index("people_by_position", "position", "article_id"),
)

# Pairs of keys: names of one person, or of two, as somebody has judged. A key is joined to one other at most, and that
# one to none.
same_persons = Table(
    "same_persons",
    metadata,
    Column("name_key", Text, primary_key=True),  # no row of `people` has it while it is joined
    Column("same_as", Text, primary_key=True),
    Column("evidence", JSON, nullable=False),  # list of what tells that they are one person, see evidence.py
    Column("found_at", Text, nullable=False),
    Column("verdict", String(9)),  # `same` or `different` if a person has judged, else null: they are joined
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

# Earlier versions of articles: one row for each digest, with the newest capture that shows it.
revisions = Table(
    "revisions",
    metadata,
    _of_article(),
    Column("digest", String(64), primary_key=True),
    Column("captured_at", Text, nullable=False),
    Column("capture_url", Text, nullable=False),
    Column("extractor", Integer, nullable=False),
    Column("kept_at", Text, nullable=False),  # when it became a revision in this store
    Column("article", JSON, nullable=False),  # the complete version, as exported
)

# The changes of the articles, in the order in which this store noted them. Rows are only added.
changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(9), nullable=False),  # new, edited, withdrawn, returned
    Column("at", Text, nullable=False),
    Column("fields", JSON, nullable=False),  # names of the fields that an edit changed
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

# Crawls of an archive whose index was read to its end. It never changes, so it is asked once.
crawls = Table(
    "crawls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", Text, nullable=False, unique=True),  # of its index
    Column("read_at", Text, nullable=False),
)

# The captures that these indexes list, but for those of forgotten articles.
crawl_captures = Table(
    "crawl_captures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("crawl_id", ForeignKey("crawls.id", ondelete="CASCADE"), nullable=False),
    Column("article_id", Integer, nullable=False),
    Column("timestamp", String(14), nullable=False),  # yyyymmddhhmmss, UTC
    Column("url", Text, nullable=False),
    Column("digest", Text, nullable=False),
    # The part of a file of the archive that holds the record.
    Column("file", Text, nullable=False),
    Column("first_byte", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
    Index("crawl_captures_by_crawl", "crawl_id"),
    Index("crawl_captures_by_article", "article_id"),
)

# What the index of an archive listed of an article ID when it was last asked.
listed = Table(
    "listed",
    metadata,
    Column("source", Text, primary_key=True),
    Column("article_id", Integer, primary_key=True, autoincrement=False),
    Column("newest", Text),  # time of the newest capture; null if it lists none
)

# ETag and Last-Modified of pages. A later request sends them to ask whether the page has changed.
validators = Table(
    "validators",
    metadata,
    Column("source", Text, primary_key=True),
    Column("article_id", Integer, primary_key=True, autoincrement=False),
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
)

# The run that is at work on a host, one at a time. If a lease was not renewed in time, or if its process is gone,
# another run may take it.
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

# Articles that must not be stored again. The store has nothing else about them.
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
    Column("finished_at", Text),  # null while the run is at work, and for ever if it was killed
    Column("planned", Integer),
    Column("outcomes", JSON),  # visits by outcome
    Column("reason", Text),  # Scrapy's finish reason, or what went wrong
    Column("exit_status", Integer),
    Column("hostname", Text),  # machine on which it ran
    Column("quality", JSON(none_as_null=True)),  # shares of the articles read that have a lead, a venue …
    Column("warnings", JSON),  # texts of the warnings of the quality watch
)
