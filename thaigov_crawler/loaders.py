"""ArticleLoader: which processor makes which field of an Article out of what a page says."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from itemloaders import ItemLoader
from itemloaders.processors import Compose, Join, MapCompose, TakeFirst

from thaigov_crawler.items import Article
from thaigov_crawler.thai.dates import read_long_date, read_numeric_date
from thaigov_crawler.thai.text import (
    clean_line,
    clean_paragraphs,
    is_separator,
    language_of,
    squeeze,
)

# The version of our derivation. Raise it when the same page would give other values; stored articles
# that are read again by a newer one are brought up to date without a revision.
EXTRACTOR = 1

# What the digest covers: what the page says, not where it came from, nor what we derive.
DIGEST_FIELDS = ("title", "section", "date_published_raw", "news_date_raw", "lead", "body", "images", "attachments")

# A lead of at most 250 characters is continued within these.
OPENING_LINES = 12

_MINISTRY = re.compile(r"\[\s*(กระทรวง[^\[\]]*?)\s*\]\s*$")


def ministry_of(title: str) -> str | None:
    """The ministry in brackets at the end of a title: `… [กระทรวงมหาดไทย]` gives `กระทรวงมหาดไทย`."""
    found = _MINISTRY.search(title)
    return found[1] if found else None


def lead_of_its_own(lead: str, loader_context: dict) -> str | None:
    """The lead, or None where it says nothing or only repeats the headline or the beginning of the body.

    The site cuts leads at 250 characters, in the middle of a word, and may end them with an ellipsis.
    """
    said = squeeze(lead).rstrip(".…")
    if not said or is_separator(lead):
        return None
    title, opening = squeeze(loader_context["title"]), squeeze(loader_context["opening"])
    # Some bodies begin with the headline once more.
    behind_title = opening.removeprefix(title)
    return None if any(text.startswith(said) for text in (title, opening, behind_title)) else lead


class ArticleLoader(ItemLoader):
    """Raw values in, an Article out. `lead` needs the cleaned `title` and the `opening` of the body in context."""

    default_item_class = Article
    default_output_processor = TakeFirst()

    title_in = section_in = date_published_raw_in = news_date_raw_in = MapCompose(clean_line)
    ministry_in = MapCompose(clean_line, ministry_of)
    date_published_in = MapCompose(clean_line, read_long_date)
    news_date_in = MapCompose(clean_line, read_numeric_date)
    lead_in = MapCompose(clean_line, lead_of_its_own)
    body_in = Compose(clean_paragraphs)
    body_out = Join("\n")
    language_in = MapCompose(language_of)


def digest_of(article: Article) -> str:
    """SHA-256 (hex) over the values of DIGEST_FIELDS, as compact JSON in that order."""
    values = json.dumps([getattr(article, name) for name in DIGEST_FIELDS], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(values.encode()).hexdigest()


def load_article(raw: Mapping[str, Any], **provenance: Any) -> Article:
    """The Article that a page says: complete, or with None for what it lacks or what cannot be read.

    `raw` holds the fields of a page module's RawArticle; `provenance` those of the Article's `id`, `url`,
    `source`, `captured_at` and `capture_url` that are known.
    """
    loader = ArticleLoader()
    loader.add_value("title", raw["title"])
    loader.add_value("body", raw["body"])
    loader.context["title"] = loader.get_output_value("title") or ""
    loader.context["opening"] = "".join(loader.get_collected_values("body")[:OPENING_LINES])
    loader.add_value("ministry", loader.context["title"])
    loader.add_value("language", loader.get_output_value("body") or None)
    loader.add_value("lead", raw["lead"])
    loader.add_value("section", raw["section"])
    for name in ("date_published", "news_date"):
        loader.add_value(name, raw[name])
        loader.add_value(f"{name}_raw", raw[name])
    article = loader.load_item()
    # What needs no processor.
    as_it_is = {name: raw[name] for name in ("images", "attachments", "layout")}
    article = replace(article, **as_it_is, **provenance, extractor=EXTRACTOR)
    article.digest = digest_of(article)
    return article
