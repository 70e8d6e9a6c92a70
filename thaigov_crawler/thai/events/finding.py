"""Find the event among the dates of a text."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from datetime import date, timedelta

from thaigov_crawler.thai.dates import DateInText, read_dates
from thaigov_crawler.thai.dates.weekdays import WEEKDAY
from thaigov_crawler.thai.events.rules import (
    CLOSING,
    LONGEST,
    NEAR,
    OPENING,
    OPENING_TODAY,
    RULES,
    Rule,
    is_today,
    lasts,
    opens_text,
)
from thaigov_crawler.thai.words import pattern

# A date alone closes a text. The text before it has at least SHORTEST_TEXT characters, and at most FOOTER follow.
# Beside the date, asterisks and the like may stand in LONGEST_ORNAMENT characters.
SHORTEST_TEXT, FOOTER, LONGEST_ORNAMENT = 200, 200, 120
# The most days between the news and a date behind วันนี้ with its year mended.
SLIP = 7
# The most characters of a lead that is only a date.
LONGEST_BROADCAST = 60
# Characters behind the day of a radio programme, within which it says that it is one.
BROADCAST_BEGINS = 300

# วันจันทร์ที่, จันทร์ที่; a weekday may be mistyped.
_THE_DAY = rf"(?:วัน\s?(?:{WEEKDAY}\u0e3a?|[ก-๎]{{3,12}}?)?\s?ที่|{WEEKDAY}\s?(?:ที่)?)"
_DAY_AND_HOUR = re.compile(rf"{_THE_DAY}?\s*(?:เวลา\s?[\d.:]{{4,5}}\s?(?:น\.?)?)?")
_LETTER = re.compile(r"\w")
_DIGIT = re.compile(r"\d")
_BROADCAST = re.compile(pattern("events_broadcasts"))


def is_day_of_broadcast(lead: str, reference: date | None) -> bool:
    """Tell whether a cleaned line is one day and nothing else. Radio programmes put the day of the broadcast there."""
    if len(lead) > LONGEST_BROADCAST or not _DIGIT.search(lead):
        return False
    days = read_dates(lead, reference)
    if len(days) != 1 or days[0].start != days[0].end:
        return False
    start, end = days[0].span
    return bool(_DAY_AND_HOUR.fullmatch(lead[:start] + lead[end:]))


def without_day_of_broadcast(body: str, reference: date | None) -> tuple[str, str]:
    """Return the first line of a cleaned body if it is the day of a radio programme, or "", and the other lines."""
    head, _, rest = body.partition("\n")
    if is_day_of_broadcast(head, reference) and _BROADCAST.search(rest, 0, BROADCAST_BEGINS):
        return head, rest
    return "", body


def find_event(text: str, mentions: list[DateInText], reference: date | None, body_start: int = 0) -> DateInText | None:
    """Return the mention that dates what a cleaned text reports, or None if no date does.

    `body_start` is the place at which the body follows the lead in the text. Characters of the body are counted from
    there. The event is in the opening of the text (its first 1,500 characters). The first of these that fits decides:

    1. a date behind วันนี้ (today), in the first 2,500 characters;
    2. a date behind วานนี้ (yesterday);
    3. a date that opens a paragraph: `วันที่ 5 …`, `(5 …)`, `กรุงเทพฯ – 5 …`, `เมื่อเวลา 9.30 น. วันที่ 5 …`, `August 2,
       2021, at …`. In the first 600 characters, one behind the province that the news is from: `จังหวัดแพร่ : 5 …`;
    4. a date behind เมื่อ, ในวันที่ or ระหว่าง, or in brackets. It is at most 21 days before the news, or 45 if its
       hour or place follows. Beyond the first 300 characters it is at most 7 days before the news. Beyond 600, its
       hour, its place or the end of the line must follow, or its place must stand before it;
    5. in the first 600 characters, a date of the last 7 days behind a meeting or a statement (`ครม. วันที่ 5`), or with
       its hour or place behind it (`วันที่ 5 … เวลา 9.00`, `วันที่ 5 … ณ …`);
    6. a day before the news that a paragraph goes on with: `โดยเมื่อวันที่ 5 …`;
    7. in the first 300 characters, a day of the last 2 on which the cabinet resolved (`มติคณะรัฐมนตรี (5 …`) or the
       Royal Gazette published (`ราชกิจจานุเบกษา เมื่อวันที่ 5 …`) what is reported;
    8. in the first 800 characters, a date behind พรุ่งนี้ (tomorrow);
    9. in the first 800 characters, a date to come with its hour or place behind it, or behind words of what is to come
       (กำหนดการ, ขอเชิญ, จะจัด), unless it is a deadline or the day of a payout. In the first 300 characters it may
       also be one of the last 100 days, and the words may stand behind it (`ในวันที่ 5 … จะเดินทางไป`);
    10. a date that ends the first paragraph;
    11. a range of days on which something is held;
    12. in the first 600 characters, the period of a measure or a service (`ตั้งแต่วันที่ 5 … ถึง …`);
    13. in the first 800 characters, the days of a festival to come on which a service is given;
    14. a day of the last 7 days with a preposition before it and a meeting or a visit behind it;
    15. in the first 2,500 or the last 250 characters, a date of the last 7 days behind เมื่อ or ระหว่าง with its place
        beside it, in the end of a paragraph or behind จัดขึ้น: `… ณ ลานริมน้ำ เมื่อวันที่ 5 …`.

    In 4, the words around a date may make it another date: a deadline (ภายใน), a beginning (ตั้งแต่), a resolution
    (มติ), a report of others (เป็นข่าว), the date of a document (ลงวันที่), or the background of the news (`กรณี …
    เมื่อวันที่ 5 นั้น`). Such a date is not taken. Neither is a range that something is counted over,
    unless that is the result of raids.

    In 9, 10 and 12, a forecast is not taken. In 9 and 11, neither is what a text tells in passing: the day of another
    event, 250 characters or more behind the meeting or visit that it reports. Neither is, beyond the first 400
    characters, the day on which results are published or from which people can enrol.

    If the opening says that something is held on a range of days around that day (จัด … ระหว่างวันที่ …), the event is
    the range. If the article is about the opening or the end of what is held, the event is the day.

    The event is days and never a month. It has at most 31 days, or 100 if something is held on them or if they are the
    period of a measure. It is at most 45 days from `reference`, the day of the news. A date behind วันนี้ may be 100
    days old, because some articles are posted late. What is to come may be 200 days ahead. Without a reference these
    distances have no limit.

    A slip in the year is mended in a date behind วันนี้ and in one that begins the text. วันนี้ without a date dates
    nothing. Neither does a date alone at the end of the text.
    """
    read = [mention for mention in mentions if mention.precision == "day" and _is_read(text, mention, body_start)]
    days = [_year_mended(text, mention, reference) for mention in read if not _closes(text, mention)]
    past = [_days_past(day, reference) for day in days]
    for rule in RULES:
        for day, since in zip(days, past, strict=True):
            if _is_in_reach(day, since, rule, body_start) and rule.fits(text, day):
                return _whole_event(text, day, [other for other in days if _is_possible(other, reference)])
    return None


def _is_read(text: str, mention: DateInText, body_start: int) -> bool:
    """Tell whether a date stands in the opening of the text or at its end."""
    return _place_of(mention, body_start) < OPENING_TODAY or len(text) - mention.span[1] < CLOSING


def _closes(text: str, mention: DateInText) -> bool:
    """Tell whether a date, with its ornaments, is a paragraph of its own at the end of the text."""
    start, end = mention.span
    if start < SHORTEST_TEXT or len(text) - end > FOOTER:
        return False
    before = text[start - LONGEST_ORNAMENT : start].rpartition("\n")
    behind = text[end : end + LONGEST_ORNAMENT].partition("\n")
    return bool(before[1]) and not _LETTER.search(before[2] + behind[0])


def spans_of(event: DateInText | None, mentions: list[DateInText]) -> list[tuple[int, int]]:
    """Return where a text dates its event: first the given mention, then other mentions of the same days."""
    if event is None:
        return []
    others = (other for other in mentions if other.start <= event.end and event.start <= other.end)
    return [event.span, *(other.span for other in others if other.precision == "day" and other.span != event.span)]


def _length(mention: DateInText) -> int:
    return (date.fromisoformat(mention.end) - date.fromisoformat(mention.start)).days + 1


def _days_past(mention: DateInText, reference: date | None) -> int | None:
    return (reference - date.fromisoformat(mention.start)).days if reference else None


def _place_of(mention: DateInText, body_start: int) -> int:
    """Return where a mention begins, counted from the beginning of the lead or of the body that it stands in."""
    start = mention.span[0]
    return start - body_start if start >= body_start else start


def _is_in_reach(mention: DateInText, past: int | None, rule: Rule, body_start: int) -> bool:
    """Tell whether a rule may take a date, by its place in the text, its distance from the news and its length."""
    if _place_of(mention, body_start) >= rule.opening or not (past is None or -rule.ahead <= past <= rule.past):
        return False
    return mention.start == mention.end or _length(mention) <= rule.longest


def _is_possible(mention: DateInText, reference: date | None) -> bool:
    """Tell whether a range may be the days of the event, if a single day of them was found first."""
    if mention.span[0] >= OPENING or _length(mention) > LONGEST:
        return False
    return reference is None or abs((date.fromisoformat(mention.start) - reference).days) <= NEAR


def _year_mended(text: str, mention: DateInText, reference: date | None) -> DateInText:
    """Return a date with the year of the news, if its own year is a slip; else the date as it is.

    Only a date behind วันนี้ or at the beginning of the text is mended.
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
    """Return the range of days of the event that a single day belongs to, or the day itself.

    Such a range is told: `วันนี้ (11 …) … จัดขึ้นระหว่างวันที่ 4-12 …`.
    """
    for days in others:
        around = days.start <= day.start <= day.end <= days.end
        if days.start != days.end and around and lasts(text, day, days):
            return days
    return day
