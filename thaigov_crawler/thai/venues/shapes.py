"""Parts of regular expressions that several modules of `venues` use."""

from __future__ import annotations

import re

from thaigov_crawler.thai.words import pattern

DATE = rf"\d{{1,2}}\s?{pattern('months', 'months_short')}"
_HOUR = r"\d{1,2}[.:]\d{2}"
_HOURS = rf"(?:เวลา\s?)?(?:ประมาณ\s?)?{_HOUR}(?:\s?[-–]\s?{_HOUR})?\s?"
CLOCK = rf"{_HOURS}(?:น\.?|นาฬิกา)?"
TIME = rf"{_HOURS}(?:น\.?(?![ก-๎])|นาฬิกา|(?=ที่|ณ\s))"  # this is certainly an hour

# The words that a place begins with.
PROVINCE = pattern("venues_provinces")
SITE = pattern("venues_sites", "venues_provinces")
HOUSE = pattern("venues_houses")
HALL = re.compile(pattern("venues_halls"))
PLACE = pattern("venues_sites", "venues_houses", "venues_provinces")
WANTS_A_NAME = re.compile(rf"(?:^|[\s(]){pattern('venues_want_a_name')}$")
