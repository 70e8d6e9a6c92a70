"""Dates to come that are not the event's: forecasts, the beginnings of services, what is told in passing."""

from __future__ import annotations

import re

from thaigov_crawler.thai.dates import DateInText
from thaigov_crawler.thai.events.deeds import DEED
from thaigov_crawler.thai.words import pattern

# The most characters between a payout and its date.
BEFORE_PAYOUT = 100
# The beginning of a service is the event only if it is the news itself. Then it stands in so many characters.
OPENING_NEWS = 400
# A date so many characters behind a deed is not the deed's. Before a deed, words that put it off are looked for.
BEHIND_DEED, BEFORE_DEED = 250, 60

_FORECAST = re.compile("คาดว่า|คาดการณ์ว่า|พยากรณ์")
# Only the beginning of something is dated: `ลงทะเบียนได้ตั้งแต่วันที่ 5 …`.
_BEGINS = re.compile(r"ตั้งแต่\s*(?:วัน\S{0,12}?\s?(?:ที่)?)?\s*[(\[]?\s*$")
_PAYOUT = re.compile(rf"{pattern('events_payouts')}[^\n]{{0,{BEFORE_PAYOUT}}}$")
# Words of a deed to come.
_STILL_TO_COME = re.compile("เชิญ|เตรียม|กำหนด|จะ")


def is_forecast(before: str) -> bool:
    """Tell whether somebody expects something for the date behind a part of a sentence: `คาดว่าพายุจะเข้า … วันที่ 5`."""
    return bool(_FORECAST.search(before))


def is_told_in_passing(text: str, mention: DateInText, before: str) -> bool:
    """Tell whether the event of a text is something else than what it tells of a date to come.

    Such a text reports a deed long before the date: `เข้าร่วมประชุม … งาน … กำหนดจัดวันที่ 5`. Or people can enrol on the
    date, or from it on, or are paid on it, and that is not the news. `before` is the sentence before the date.
    """
    if mention.span[0] >= OPENING_NEWS and _is_beginning(before, mention):
        return True
    deeds = DEED.finditer(text, 0, max(0, mention.span[0] - BEHIND_DEED))
    return any(not _STILL_TO_COME.search(text, max(0, deed.start() - BEFORE_DEED), deed.start()) for deed in deeds)


def _is_beginning(before: str, mention: DateInText) -> bool:
    return bool(_PAYOUT.search(before) or (mention.start == mention.end and _BEGINS.search(before)))
