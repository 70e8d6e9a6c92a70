"""The items: what one article is, field by field, in the order in which it is exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass
class Person:
    """A person named in an article, as written there."""

    title: str = ""  # the run of honorifics, ranks and degrees before the name; "" if none
    name: str = ""  # given name and surname, one space between the parts
    position: str | None = None  # the office stated beside the name


@dataclass
class DateMention:
    """A date, or a range of dates, that an article mentions."""

    start: str = ""  # ISO day, Common Era
    end: str = ""  # ISO day, Common Era; equal to `start` for a single day
    precision: str = "day"  # "day" or "month"
    raw: str = ""  # as written


@dataclass
class Article:
    """An article. Dates are ISO days of the Common Era unless a field says otherwise."""

    id: int | None = None  # article ID: the number in /news/contents/details/<id>
    url: str | None = None  # canonical address on the live site
    title: str | None = None  # headline
    section: str | None = None  # the category as the page shows it (schema.org articleSection)
    ministry: str | None = None  # the [กระทรวง…] at the end of some titles
    language: str | None = None  # "th" or "en": of the body
    date_published: str | None = None  # the long date of the page: when it was posted
    news_date: str | None = None  # the numeric date of press releases: the day of the news
    date_published_raw: str | None = None  # as the page writes it (Buddhist Era)
    news_date_raw: str | None = None  # as the page writes it (Buddhist Era)
    lead: str | None = None  # null where it only repeats the headline or the beginning of the body
    body: str | None = field(default=None, repr=False)  # paragraphs, one a line
    event_start: str | None = None  # first day of the event that the article reports
    event_end: str | None = None  # last day of that event
    dates: list[DateMention] = field(default_factory=list, repr=False)  # mentioned in lead and body
    venue: str | None = None  # where the event took place
    attendees: list[Person] = field(default_factory=list, repr=False)  # who took part
    mentions: list[Person] = field(default_factory=list, repr=False)  # named, not said to have taken part
    images: list[str] = field(default_factory=list, repr=False)  # absolute addresses of pictures
    attachments: list[str] = field(default_factory=list, repr=False)  # absolute addresses of documents
    source: str | None = None  # where the page came from: the name of the source (`sources/registry.py`)
    captured_at: str | None = None  # ISO datetime with offset: when the page was captured
    capture_url: str | None = None  # the address it was captured from
    layout: str | None = None  # the page module that read it
    digest: str | None = None  # SHA-256 of what the page says; equal digest, unchanged article
    extractor: int | None = None  # version of our derivation


FIELDS = tuple(f.name for f in fields(Article))
# What the digest covers: what the page says, not where it came from, nor what we derive.
DIGEST_FIELDS = ("title", "section", "date_published_raw", "news_date_raw", "lead", "body", "images", "attachments")
# What makes an article: where one of these is missing, the page is malformed.
REQUIRED_FIELDS = ("title", "date_published", "body")


def missing_fields(article: Mapping[str, Any]) -> list[str]:
    """The required fields that an article (its fields as exported) lacks; empty where it is one."""
    return [name for name in REQUIRED_FIELDS if not article.get(name)]


def missing_in_words(names: Sequence[str]) -> str:
    """Why a page is malformed that lacks these fields: `no title, no body`."""
    return ", ".join(f"no {name}" for name in names)
