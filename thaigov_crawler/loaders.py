"""ArticleLoader: it tells which function makes which field of an Article out of what a page says."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, cast

from itemloaders import ItemLoader
from itemloaders.processors import Compose, Join, MapCompose, TakeFirst

from thaigov_crawler.items import DERIVED_FIELDS, DIGEST_FIELDS, Article, DateMention, Person, exported
from thaigov_crawler.thai.calendar import beginning_of
from thaigov_crawler.thai.code import without_rules
from thaigov_crawler.thai.dates import DateInText, read_dates, read_day, weekday_mismatches
from thaigov_crawler.thai.lines import unwrapped
from thaigov_crawler.thai.text import (
    clean_line,
    clean_paragraphs,
    is_separator,
    language_of,
    squeeze,
)

if TYPE_CHECKING:
    from thaigov_crawler.thai.people import PersonMention

# The version of the code that derives fields. Raise it if the same page would give other values. A stored article that
# is read again by a newer version is updated without a revision.
EXTRACTOR = 4

Count = Callable[[str, int], object]

# The most dates and persons of an article that are kept. Real articles have up to 113 and 122 (PyThaiNLP's corpora).
MOST_DATES = MOST_PERSONS = 5000

# A lead has at most 250 characters. Its continuation lies in so many first lines of the body.
OPENING_LINES = 12

_MINISTRY = re.compile(r"\[\s*(กระทรวง[^\[\]]*?)\s*\]\s*$")


def ministry_of(title: str) -> str | None:
    """Return the ministry in brackets at the end of a title: `… [กระทรวงมหาดไทย]` gives `กระทรวงมหาดไทย`."""
    found = _MINISTRY.search(title)
    return found[1] if found else None


def lead_of_its_own(lead: str, loader_context: Mapping[str, Any]) -> str | None:
    """Return the lead, or None if it says nothing of its own.

    It is None if it only repeats the headline or the beginning of the body. The site cuts leads at 250 characters, in
    the middle of a word, and may end them with an ellipsis.
    """
    said = squeeze(lead).rstrip(".…")
    if not said or is_separator(lead):
        return None
    title = squeeze(loader_context["title"])
    # Two spaces never stand side by side in it, so that this is long enough.
    opening = squeeze(loader_context["opening"][: 2 * (len(title) + len(said))])
    # Some bodies begin with the headline again.
    behind_title = opening.removeprefix(title)
    return None if any(text.startswith(said) for text in (title, opening, behind_title)) else lead


def without_repeats(mentions: Iterable[DateInText]) -> list[DateMention]:
    """Return the first mention of each date, in order: at most MOST_DATES."""
    first: dict[tuple[str, str], DateInText] = {}
    for mention in mentions:
        first.setdefault((mention.start, mention.end), mention)
    return [DateMention(m.start, m.end, m.precision, m.raw) for m in islice(first.values(), MOST_DATES)]


def persons(mentions: Iterable[PersonMention]) -> list[Person]:
    """Return the items of persons who were read from a text."""
    return [Person(mention.title, mention.name, mention.position) for mention in mentions]


class ArticleLoader(ItemLoader):
    """Make an Article of raw values, but for what `_derive` reads from its text.

    `lead` needs more, in the context: the cleaned `title` and the `opening` of the body.
    """

    default_item_class = Article
    default_output_processor = TakeFirst()

    title_in = section_in = date_published_raw_in = news_date_raw_in = MapCompose(clean_line)
    ministry_in = MapCompose(clean_line, ministry_of)
    date_published_in = MapCompose(clean_line, read_day)
    news_date_in = MapCompose(clean_line, read_day)
    lead_in = MapCompose(clean_line, without_rules, clean_line, lead_of_its_own)
    body_in = Compose(clean_paragraphs)
    body_out = Join("\n")
    language_in = MapCompose(language_of)

    # Only this class says which processors a field has. ItemLoader would also look into the item, each time.

    def get_input_processor(self, field_name: str) -> Callable[..., Any]:
        return cast("Callable[..., Any]", getattr(type(self), f"{field_name}_in", self.default_input_processor))

    def get_output_processor(self, field_name: str) -> Callable[..., Any]:
        return cast("Callable[..., Any]", getattr(type(self), f"{field_name}_out", self.default_output_processor))


def earliest_capture(day: str) -> str:
    """Return the first moment (ISO, UTC) at which a page that was published on a day (ISO, C.E.) can be captured."""
    return beginning_of(day).isoformat(timespec="seconds")


def digest_of(article: Article) -> str:
    """Return the SHA-256 (hex) over the values of DIGEST_FIELDS, as compact JSON in that order."""
    values = json.dumps([getattr(article, name) for name in DIGEST_FIELDS], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(values.encode()).hexdigest()


def load_article(raw: Mapping[str, Any], count: Count = lambda name, number: None, **provenance: Any) -> Article:
    """Return the Article of a page. A field is None if the page lacks it or if it cannot be read.

    `raw` holds the fields of a RawArticle. `provenance` holds the known ones of the fields `id`, `url`, `source`,
    `captured_at` and `capture_url`. `count(name, number)` is called for what is doubtful, and for what is too much to
    be kept whole.
    """
    loader = ArticleLoader()
    for name in ("title", "section", "body"):
        loader.add_value(name, raw[name])
    for name in ("date_published", "news_date"):
        loader.add_value(f"{name}_raw", raw[name])
    loader.context["title"] = loader.get_output_value("title") or ""
    loader.context["opening"] = "".join(loader.get_collected_values("body")[:OPENING_LINES])
    loader.add_value("lead", raw["lead"])
    said = ("title", "date_published_raw", "news_date_raw", "lead", "body")
    derived = _derive(loader, {name: loader.get_output_value(name) for name in said}, count)
    article: Article = loader.load_item()
    # These need no processor.
    as_it_is = {name: raw[name] for name in ("images", "attachments", "layout")}
    article = replace(article, **derived, **as_it_is, **provenance, extractor=EXTRACTOR)
    article.digest = digest_of(article)
    return article


def rederive(article: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored article (its fields as exported) with DERIVED_FIELDS as the present code makes them.

    What the page says stays as it is stored, and so does the digest. The stored day of publication stays too if it can
    no longer be read. So a valid article stays valid.
    """
    loader = ArticleLoader()
    read = _derive(loader, article)
    anew = exported(replace(loader.load_item(), **read))
    derived = {name: anew[name] for name in DERIVED_FIELDS}
    derived["date_published"] = derived["date_published"] or article["date_published"]
    return {**article, **derived, "extractor": EXTRACTOR}


def _derive(loader: ArticleLoader, said: Mapping[str, Any], count: Count = lambda name, number: None) -> dict[str, Any]:
    """Make DERIVED_FIELDS only of what is stored (see `rederive`).

    Add those of a single value to the loader, and return those that are read from the whole text.
    """
    # Imported here, because every command imports this module and few read a text. The patterns take two tenths of a
    # second.
    from thaigov_crawler.thai.people import read_people
    from thaigov_crawler.thai.venues import find_venue

    if "[" in (said["title"] or ""):  # few titles have a ministry
        loader.add_value("ministry", said["title"])
    loader.add_value("language", said["body"] or None)
    text, spans, derived = _read_dates(said, _own_day(loader, said), count)
    venue = find_venue(text, spans)
    people = read_people(text)
    if len(people) > MOST_PERSONS:
        count("thaigov/person/too_many", 1)
    people = people[:MOST_PERSONS]
    return {
        **derived,
        "venue": venue,
        "attendees": persons(person for person in people if person.attended),
        "mentions": persons(person for person in people if not person.attended),
    }


def _own_day(loader: ArticleLoader, said: Mapping[str, Any]) -> date | None:
    """Add the page's own dates. Return the day of the news, or None."""
    for name in ("date_published", "news_date"):
        loader.add_value(name, said[f"{name}_raw"])
    days = [loader.get_output_value(name) for name in ("news_date", "date_published")]
    # A stored article has a day, even if it can no longer be read.
    day = next(filter(None, [*days, said.get("date_published")]), None)
    return date.fromisoformat(day) if day else None


def _read_dates(
    said: Mapping[str, Any], reference: date | None, count: Count
) -> tuple[str, list[tuple[int, int]], dict[str, Any]]:
    """Read every date of lead and body, and the event. `reference` is the day of the news: it fills in a missing year.

    Return the text that is read, where it dates the event (see `spans_of`), and the fields. The first line of the text
    is the lead, and the rest is the body. A lead that is only a date is left out, and so is such a first line of the
    body of a radio programme.
    """
    from thaigov_crawler.thai.events import (
        find_event,
        is_day_of_broadcast,
        spans_of,
        without_day_of_broadcast,
    )  # as in `_derive`

    lead, body = said["lead"] or "", said["body"] or ""
    left_out = []
    if is_day_of_broadcast(lead, reference):
        left_out.append(lead)
        lead = ""
    day_line, body = without_day_of_broadcast(unwrapped(body), reference)
    left_out.append(day_line)
    text = f"{lead}\n{body}" if lead else body
    mentions = read_dates(text, reference)
    dates = without_repeats(
        chain.from_iterable([*(read_dates(line, reference) for line in left_out if line), mentions])
    )
    if len(dates) == MOST_DATES:
        count("thaigov/date/too_many", 1)
    event = find_event(text, mentions, reference, len(text) - len(body))
    if wrong := weekday_mismatches(text, mentions):
        count("thaigov/date/weekday_mismatch", wrong)
    fields = {"dates": dates, "event_start": event and event.start, "event_end": event and event.end}
    return text, spans_of(event, mentions), fields
