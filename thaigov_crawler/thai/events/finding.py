"""Finding the event among the dates of a text."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from datetime import date, timedelta

from thaigov_crawler.thai.dates import DateInText, read_dates
from thaigov_crawler.thai.dates.weekdays import WEEKDAY
from thaigov_crawler.thai.events.rules import (
    LONGEST,
    NEAR,
    OPENING,
    OPENING_TODAY,
    RULES,
    Rule,
    closes,
    is_today,
    lasts,
    opens_text,
)

# Days that today is from the news, at most, where its year is a slip.
SLIP = 7
# Characters of a lead that is only a date, at most.
LONGEST_BROADCAST = 60

_DAY_AND_HOUR = re.compile(rf"(?:วัน\s?(?:{WEEKDAY}\u0e3a?)?\s?ที่)?\s*(?:เวลา\s?[\d.:]{{4,5}}\s?(?:น\.?)?)?")


def is_day_of_broadcast(lead: str, reference: date | None) -> bool:
    """Tell whether a cleaned lead is nothing but one day, as of radio programmes: the day of the broadcast."""
    if len(lead) > LONGEST_BROADCAST:
        return False
    days = read_dates(lead, reference)
    if len(days) != 1 or days[0].start != days[0].end:
        return False
    start, end = days[0].span
    return bool(_DAY_AND_HOUR.fullmatch(lead[:start] + lead[end:]))


def find_event(text: str, mentions: list[DateInText], reference: date | None) -> DateInText | None:
    """Return the mention that dates what a cleaned text reports, or None where it dates nothing.

    The event is in the opening of the text (its first 1,500 characters), on the first of these that there is:

    1. a date behind วันนี้ (today), in the first 2,500 characters,
    2. a date behind วานนี้ (yesterday),
    3. a date that opens a paragraph: `วันที่ 5 …`, `(5 …)`, `กรุงเทพฯ – 5 …`, `August 2, 2021, at …`,
    4. a date behind เมื่อ, ในวันที่ or ระหว่าง, or in brackets, of the last 21 days before the news (45 with its hour or
       place behind it). Beyond the first 300 characters it is of the last 7 days, beyond 600 its hour, its place or the
       end of the line must be behind it.
       It is none where the words around it make it a deadline, a beginning, a resolution, a report of others, the date
       of a document or what the news comes from (ภายใน, ตั้งแต่, มติ, เป็นข่าว, ลงวันที่, `กรณี … เมื่อวันที่ 5 นั้น`),
       or where it is a range that something is counted over,
    5. in the first 600 characters, a date of the last 7 days behind a meeting or a statement (`ครม. วันที่ 5`), or with
       its hour or place behind it (`วันที่ 5 … เวลา 9.00`, `วันที่ 5 … ณ …`),
    6. in the first 800 characters, a date behind พรุ่งนี้ (tomorrow),
    7. there, a date to come with its hour or place behind it, or behind words of what is to come (กำหนดการ, ขอเชิญ,
       จะจัด), unless it is a deadline or the day of a payout; in the first 300 characters also one of the last 100 days,
    8. a date that ends the first paragraph,
    9. a range of days on which something is held,
    10. in the first 600 characters, the period of a measure or a service (`ตั้งแต่วันที่ 5 … ถึง …`).

    Where the opening says that something is held on a range of days around that day (จัด … ระหว่างวันที่ …), the event
    is the range; but it is the day where the article is about the opening.

    The event is always days, not a month, 31 at most (100 where something is held on them, or where they are the period
    of a measure), and none farther than 45 days from `reference`, the day of the news (no such limits without one).
    What is today may be 100 days old, as some articles are posted late, and what is to come 200 days off. A slip in the
    year of today, or of a date that begins the text, is mended. A bare วันนี้ without a date dates nothing, nor does a
    date alone at the end of the text.
    """
    opening = [mention for mention in mentions if mention.span[0] < OPENING_TODAY and mention.precision == "day"]
    days = [_year_mended(text, mention, reference) for mention in opening if not closes(text, mention)]
    past = [_days_past(day, reference) for day in days]
    for rule in RULES:
        for day, since in zip(days, past, strict=True):
            if _is_in_reach(day, since, rule) and rule.fits(text, day):
                return _whole_event(text, day, [other for other in days if _is_possible(other, reference)])
    return None


def spans_of(event: DateInText | None, mentions: list[DateInText]) -> list[tuple[int, int]]:
    """Return where a text dates its event: first the mention that was taken for it, then others of the same days."""
    if event is None:
        return []
    others = (other for other in mentions if other.start <= event.end and event.start <= other.end)
    return [event.span, *(other.span for other in others if other.precision == "day" and other.span != event.span)]


def _length(mention: DateInText) -> int:
    return (date.fromisoformat(mention.end) - date.fromisoformat(mention.start)).days + 1


def _days_past(mention: DateInText, reference: date | None) -> int | None:
    return (reference - date.fromisoformat(mention.start)).days if reference else None


def _is_in_reach(mention: DateInText, past: int | None, rule: Rule) -> bool:
    """Tell whether a rule may take a date: where it stands in the text, how far off it is, how long it lasts."""
    if mention.span[0] >= rule.opening or not (past is None or -rule.ahead <= past <= rule.past):
        return False
    return mention.start == mention.end or _length(mention) <= rule.longest


def _is_possible(mention: DateInText, reference: date | None) -> bool:
    """Tell whether days may be those of an event that one day is taken for."""
    if mention.span[0] >= OPENING or _length(mention) > LONGEST:
        return False
    return reference is None or abs((date.fromisoformat(mention.start) - reference).days) <= NEAR


def _year_mended(text: str, mention: DateInText, reference: date | None) -> DateInText:
    """Return a date behind วันนี้, or at the beginning of the text, with the year of the news where its own is a slip.

    Other dates are returned as they are.
    """
    start = date.fromisoformat(mention.start)
    if reference is None or abs((start - reference).days) <= NEAR or mention.start != mention.end:
        return mention
    today = is_today(text, mention)
    if not (today or opens_text(text, mention)):
        return mention
    first, last = reference - timedelta(days=SLIP), reference + timedelta(days=SLIP)
    for year in (first.year, last.year):
        with contextlib.suppress(ValueError):  # 29 February
            day = start.replace(year=year)
            if first <= day <= last and (today or abs(year - start.year) == 1):
                return replace(mention, start=day.isoformat(), end=day.isoformat())
    return mention


def _whole_event(text: str, day: DateInText, others: list[DateInText]) -> DateInText:
    """Return the days of the event that a single day is one of: `วันนี้ (11 …) … จัดขึ้นระหว่างวันที่ 4-12 …`."""
    for days in others:
        around = days.start <= day.start <= day.end <= days.end
        if days.start != days.end and around and lasts(text, day, days):
            return days
    return day
