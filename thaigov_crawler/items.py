"""The items: the fields of an article, in the order of the export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass
class Person:
    """A person whom an article names, as the article writes it."""

    title: str = ""  # all honorifics, ranks and degrees before the name; "" if there are none
    name: str = ""  # given name and surname, one space between the parts
    position: str | None = None  # the office that stands beside the name


@dataclass
class DateMention:
    """A date, or a range of dates, that an article mentions."""

    start: str = ""  # ISO day, Common Era
    end: str = ""  # ISO day, Common Era; equal to `start` for a single day
    precision: str = "day"  # "day" or "month"
    raw: str = ""  # as the article writes it


@dataclass
class Article:
    """An article. Dates are ISO days, Common Era, unless a field says otherwise."""

    id: int | None = None  # article ID: the number in /news/contents/details/<id>
    url: str | None = None  # canonical address on the live site
    title: str | None = None  # headline
    section: str | None = None  # the category as the page shows it (schema.org articleSection)
    ministry: str | None = None  # the [กระทรวง…] at the end of some titles
    language: str | None = None  # language of the body: "th" or "en"
    date_published: str | None = None  # day of posting: the long date of the page
    news_date: str | None = None  # day of the news: the numeric date of press releases
    date_published_raw: str | None = None  # as the page writes it (Buddhist Era)
    news_date_raw: str | None = None  # as the page writes it (Buddhist Era)
    lead: str | None = None  # None if it only repeats the headline or the beginning of the body
    body: str | None = field(default=None, repr=False)  # one paragraph a line
    event_start: str | None = None  # first day of the event that the article reports
    event_end: str | None = None  # last day of that event
    dates: list[DateMention] = field(default_factory=list, repr=False)  # that lead and body mention
    venue: str | None = None  # where the event took place
    attendees: list[Person] = field(default_factory=list, repr=False)  # who took part
    mentions: list[Person] = field(default_factory=list, repr=False)  # the other people whom it names
    images: list[str] = field(default_factory=list, repr=False)  # absolute addresses of pictures
    attachments: list[str] = field(default_factory=list, repr=False)  # absolute addresses of documents
    source: str | None = None  # name of the source that gave the page (see `sources/registry.py`)
    captured_at: str | None = None  # ISO datetime with offset: when the page was captured
    capture_url: str | None = None  # address that the page was captured from
    layout: str | None = None  # name of the layout that read the page (see `pages/registry.py`)
    digest: str | None = None  # SHA-256 of the text of the page; it is equal as long as the article is unchanged
    extractor: int | None = None  # version of the code that derived dates, people and venue


FIELDS = tuple(f.name for f in fields(Article))
_PARTS = ("dates", "attendees", "mentions")  # fields whose values are items themselves
# The digest covers what the page says. It does not cover provenance or derived fields.
DIGEST_FIELDS = ("title", "section", "date_published_raw", "news_date_raw", "lead", "body", "images", "attachments")
# These fields are made of the title, the raw dates, the lead and the body as they are stored. So they can be made again
# without the page. The lead is none of them: what it repeats may be a part of the page that is not stored.
DERIVED_FIELDS = (
    *("ministry", "language", "date_published", "news_date"),
    *("event_start", "event_end", "dates", "venue", "attendees", "mentions"),
)
# A page that lacks one of these is malformed.
REQUIRED_FIELDS = ("title", "date_published", "body")


def exported(article: Article) -> dict[str, Any]:
    """Return the fields of an article as exported: a mapping of plain values.

    It takes a fiftieth of the time of `ItemAdapter.asdict`, which looks into every value.
    """
    parts = {name: [dict(vars(part)) for part in getattr(article, name)] for name in _PARTS}
    return {**vars(article), **parts}


def missing_fields(article: Mapping[str, Any]) -> list[str]:
    """Return the required fields that an article (its fields as exported) lacks. A complete article lacks none."""
    return [name for name in REQUIRED_FIELDS if not article.get(name)]


def missing_in_words(names: Sequence[str]) -> str:
    """Return the reason why a page that lacks these fields is malformed, as in `no title, no body`."""
    return ", ".join(f"no {name}" for name in names)
