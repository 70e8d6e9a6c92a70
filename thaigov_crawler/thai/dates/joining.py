"""Forms that belong together: the ends of a range, or members of a list, if each has a month of its own."""

from __future__ import annotations

import re

from thaigov_crawler.thai.dates.forms import BETWEEN, DASH, ON, Form
from thaigov_crawler.thai.dates.years import share_year

_FAR = 40  # the most characters between two forms that belong together
_TO = re.compile(
    rf"\s*(?:{DASH}|(?:ไป)?(?:จน)?ถึง|to|until|through)\s*{ON}?(?:งวด|ช่วง|ต้น|ปลาย|สิ้น)?(?:เดือน)?\s*", re.IGNORECASE
)
_AND_TO = re.compile(rf"\s*(?:และ|กับ|and)\s*{ON}?\s*", re.IGNORECASE)
_AND = re.compile(rf"\s*(?:,|และ|หรือ|กับ|and|&|\s)\s*(?:และ|and)?\s*{ON}?(?:เดือน)?\s*", re.IGNORECASE)
# A bullet at the beginning of a line is no dash.
_BULLET = re.compile(r"\s*\n\s*[-–—]")


def join(text: str, forms: list[Form]) -> list[Form]:
    """Return the forms, with those that belong together joined.

    Two ends of a range become one form. Members of a list share a year. A month without a year is no date and is left
    out, unless นี้ or ที่ผ่านมา says which year is meant.
    """
    joined: list[Form] = []
    for this in reversed(forms):  # from the end, because the year stands there
        following = joined[-1] if joined else None
        if following and following.last is None:
            gap = text[this.end : following.start]
            if len(gap) <= _FAR and not _BULLET.match(gap):
                if _is_range(text, this, following, gap):
                    share_year(this, following)
                    this.last, this.end = following, following.end
                    joined.pop()
                elif _is_list(this, following, gap):
                    share_year(this, following)
        joined.append(this)
    return [form for form in reversed(joined) if form.days or form.year is not None or form.this_year]


def _is_range(text: str, this: Form, following: Form, gap: str) -> bool:
    if any(len(form.days) > 1 or any(first != last for first, last in form.days) for form in (this, following)):
        return False
    if not _TO.fullmatch(gap):
        and_to = bool(this.days) == bool(following.days) and _AND_TO.fullmatch(gap)
        if not (and_to and BETWEEN.search(text, max(0, this.start - 40), this.start)):
            return False
    # Two ends that cannot be those of one range, such as after a slip in a year, each stand alone.
    dated = [form for form in (this, following) if form.year is not None]
    days = [day for form in dated if (day := form.first_date())]
    return len(days) == len(dated) and days == sorted(days)


def _is_list(this: Form, following: Form, gap: str) -> bool:
    return this.year is None and bool(this.days) == bool(following.days) and bool(_AND.fullmatch(gap))
