"""The tables. Columns have the names of the exported fields. Days are ISO text (C.E.), times are ISO text (UTC).

In PostgreSQL, some columns have types that fit better: see columns.py.
"""

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
    Table,
    text,
)

from thaigov_crawler.store.columns import DAY, LIST, MOMENT, NUMBER, TEXT, word

# Raise it with every change to the tables, and add the upgrade of older tables to upgrades.py.
SCHEMA_VERSION = 8

metadata = MetaData()
_WITHDRAWN = text("withdrawn_at IS NOT NULL")

schema_version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

articles = Table(
    "articles",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=False),
    Column("url", TEXT, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("section", TEXT),
    Column("ministry", TEXT),
    Column("language", word(2), nullable=False),
    Column("date_published", DAY, nullable=False),
    Column("news_date", DAY),
    Column("date_published_raw", TEXT),
    Column("news_date_raw", TEXT),
    Column("lead", TEXT),
    Column("body", TEXT, nullable=False),
    Column("event_start", DAY),
    Column("event_end", DAY),
    Column("venue", TEXT),
    Column("images", LIST, nullable=False),
    Column("attachments", LIST, nullable=False),
    Column("source", TEXT, nullable=False),
    Column("captured_at", MOMENT, nullable=False),
    Column("capture_url", TEXT, nullable=False),
    Column("layout", TEXT, nullable=False),
    Column("digest", word(64), nullable=False),
    Column("extractor", Integer, nullable=False),
    Column("withdrawn_at", MOMENT),  # when the site was first seen without it; null if it is there, as far as is known
    Column("read_by", Integer),  # extractor that read the page, if a newer one has derived the fields again since
    # They serve "articles of a section in a month" and "articles of a month".
    Index("articles_by_section", "section", "date_published"),
    Index("articles_by_date", "date_published"),
    # The views get the days of many articles from it. The table itself is a hundred times as large.
    Index("articles_days", "id", "date_published"),
    Index("articles_withdrawn", "withdrawn_at", sqlite_where=_WITHDRAWN, postgresql_where=_WITHDRAWN),
)


def _of_article() -> Column[Any]:
    return Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)


people = Table(
    "people",
    metadata,
    _of_article(),
    Column("ordinal", Integer, primary_key=True),  # in order of first mention, from 0
    Column("attended", Boolean, nullable=False),  # true for `attendees`, false for `mentions`
    Column("title", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("position", TEXT),
    # See thai.names.name_key; "" if the name may be anybody's. If same_persons joins the key, it is the key joined to.
    Column("name_key", TEXT, nullable=False),
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
    Column("name_key", TEXT, primary_key=True),  # no row of `people` has it while it is joined
    Column("same_as", TEXT, primary_key=True),
    Column("evidence", JSON, nullable=False),  # list of what tells that they are one person, see evidence.py
    Column("found_at", MOMENT, nullable=False),
    Column("verdict", word(9)),  # `same` or `different` if a person has judged, else null: they are joined
)

dates = Table(
    "dates",
    metadata,
    _of_article(),
    Column("ordinal", Integer, primary_key=True),
    Column("start", DAY, nullable=False),
    Column("end", DAY, nullable=False),
    Column("precision", word(5), nullable=False),
    Column("raw", TEXT, nullable=False),
    Index("dates_by_start", "start"),
)

# Earlier versions of articles: one row for each digest, with the newest capture that shows it.
revisions = Table(
    "revisions",
    metadata,
    _of_article(),
    Column("digest", word(64), primary_key=True),
    Column("captured_at", MOMENT, nullable=False),
    Column("capture_url", TEXT, nullable=False),
    Column("extractor", Integer, nullable=False),
    Column("kept_at", MOMENT, nullable=False),  # when it became a revision in this store
    Column("article", JSON, nullable=False),  # the complete version, as exported
)

# The changes of the articles, in the order in which this store noted them. Rows are only added.
changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("kind", word(9), nullable=False),  # new, edited, withdrawn, returned
    Column("at", MOMENT, nullable=False),
    Column("fields", LIST, nullable=False),  # names of the fields that an edit changed
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Index("changes_by_time", "at"),
    Index("changes_by_article", "article_id"),
)

# The last visit of each article ID from each source.
visits = Table(
    "visits",
    metadata,
    Column("source", TEXT, primary_key=True),
    Column("article_id", NUMBER, primary_key=True, autoincrement=False),
    Column("outcome", word(9), nullable=False),
    Column("visited_at", MOMENT, nullable=False),
    Column("captured_at", MOMENT),
    Column("url", TEXT),
    Column("reason", TEXT),
    Column("target", TEXT),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Index("visits_by_outcome", "source", "outcome"),
)

# Crawls of an archive whose index was read to its end. It never changes, so it is asked once.
crawls = Table(
    "crawls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", TEXT, nullable=False, unique=True),  # of its index
    Column("read_at", MOMENT, nullable=False),
)

# The captures that these indexes list, but for those of forgotten articles.
crawl_captures = Table(
    "crawl_captures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("crawl_id", ForeignKey("crawls.id", ondelete="CASCADE"), nullable=False),
    Column("article_id", NUMBER, nullable=False),
    Column("timestamp", word(14), nullable=False),  # yyyymmddhhmmss, UTC
    Column("url", TEXT, nullable=False),
    Column("digest", TEXT, nullable=False),
    # The part of a file of the archive that holds the record.
    Column("file", TEXT, nullable=False),
    Column("first_byte", NUMBER, nullable=False),
    Column("bytes", NUMBER, nullable=False),
    Index("crawl_captures_by_crawl", "crawl_id"),
    Index("crawl_captures_by_article", "article_id"),
)

# What the index of an archive listed of an article ID when it was last asked.
listed = Table(
    "listed",
    metadata,
    Column("source", TEXT, primary_key=True),
    Column("article_id", NUMBER, primary_key=True, autoincrement=False),
    Column("newest", MOMENT),  # time of the newest capture; null if it lists none
)

# ETag and Last-Modified of pages. A later request sends them to ask whether the page has changed.
validators = Table(
    "validators",
    metadata,
    Column("source", TEXT, primary_key=True),
    Column("article_id", NUMBER, primary_key=True, autoincrement=False),
    Column("url", TEXT, nullable=False),
    Column("etag", TEXT),
    Column("last_modified", TEXT),
)

# The run that is at work on a host, one at a time. If a lease was not renewed in time, or if its process is gone,
# another run may take it.
leases = Table(
    "leases",
    metadata,
    Column("host", TEXT, primary_key=True),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("holder", TEXT, nullable=False),  # process and machine
    Column("since", MOMENT, nullable=False),
    Column("expires_at", MOMENT, nullable=False),
    # The process as `processes.Process` has it; null in what an earlier version took.
    Column("machine", TEXT),
    Column("number", Integer),
    Column("started", TEXT),
)

# Articles that must not be stored again. The store has nothing else about them.
forgotten = Table(
    "forgotten",
    metadata,
    Column("article_id", NUMBER, primary_key=True, autoincrement=False),
    Column("at", MOMENT, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("spider", TEXT, nullable=False),
    Column("source", TEXT, nullable=False),
    Column("arguments", JSON, nullable=False),
    Column("version", TEXT, nullable=False),
    Column("started_at", MOMENT, nullable=False),
    Column("finished_at", MOMENT),  # null while the run is at work, and for ever if it was killed
    Column("planned", Integer),
    Column("outcomes", JSON),  # visits by outcome
    Column("reason", TEXT),  # Scrapy's finish reason, or what went wrong
    Column("exit_status", Integer),
    Column("hostname", TEXT),  # machine on which it ran
    Column("quality", JSON(none_as_null=True)),  # shares of the articles read that have a lead, a venue …
    Column("warnings", LIST),  # texts of the warnings of the quality watch
)
