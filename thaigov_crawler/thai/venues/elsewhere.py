"""Places that are not the event's: where people apply, of other days and of what is to come, common nouns, contests."""

from __future__ import annotations

import re

from thaigov_crawler.thai.venues.candidates import BEGINNING, BESIDE, Candidate
from thaigov_crawler.thai.venues.shapes import DATE, HALL, PLACE, TIME
from thaigov_crawler.thai.words import pattern

# Characters before a place in which a prize may be told of.
BEFORE_PRIZE = 150

_ELSEWHERE = re.compile(rf"{pattern('venues_elsewhere')}[^\n]{{0,28}}$|{pattern('venues_elsewhere_close')}\s*$")
# People apply even in halls.
_APPLIED = re.compile(rf"{pattern('venues_applied')}[^\n]{{0,28}}$")
# A prize that was won abroad: `คว้ารางวัล … ซึ่งจัดขึ้นที่…`.
_WON_THERE = re.compile(rf"{pattern('venues_prizes')}[^\n]*(?:ซึ่ง|ที่)จัดขึ้น\s?$")
_OTHER_TIME = re.compile(rf"{pattern('venues_other_times')}[^\n]{{0,70}}$|จะ\s?$")
_ANOTHER_DAY = re.compile(
    rf"(?:(?<!ถึงวัน)ที่|ระหว่าง|[(\[]|(?<!วันนี้\s)(?<!วันนี้)[-–])\s?{DATE}\s?(?:พ\.ศ\.\s?)?\d{{0,4}}\)?\s*(?:ที่ผ่านมา|นี้)?\s*"
    rf"(?:ตั้งแต่)?(?:ช่วง\S{{0,8}})?\s*(?:{TIME})?\s*$"
)
# A day of the year that is celebrated: `เนื่องในวันฉัตรมงคล (4 พฤษภาคม 2568) ณ …`. It may be celebrated on another one.
_DAY_OF_THE_YEAR = re.compile(rf"เนื่องใน[^\n(]{{3,80}}[(\[]\s?{DATE}\s?\d{{0,4}}\)\s?$")
_DATE_BEHIND = re.compile(rf"[\s)]*(?:(?:เมื่อ|ระหว่าง|ใน)\s?(?:วัน)?|วัน)\S{{0,10}}?ที่\s?(?P<day>{DATE}|\d{{1,2}}\s?[-–])")
# Travels of people in general, whom no event is about. Some need not travel.
_TRAVELS = ("เดินทาง", "เยือน")
_OTHERS_TRAVEL = re.compile(
    r"(?:ต้องการ|ประสงค์|ประชาชน|แรงงาน|นักท่องเที่ยว|ผู้โดยสาร|ผู้ที่|หาก|เช่น|ประวัติ|สามารถ|คนไทย|สุดท้าย)[^\n]{0,30}(?:การ)?$"
    r"|(?:ลด|ไม่ต้อง)(?:การ)?$"
)
_TO_COMPLAIN = re.compile(r"\s?เพื่อ(?:เข้า)?ยื่น")
_SOMEWHERE = re.compile(rf"\s?(?:ที่|ณ|ในพื้นที่)\s?{PLACE}")
_COMMON = re.compile(pattern("venues_common"))
_CONTEST = re.compile(r"(?:การประกวด|แข่งขัน|ชิงแชมป์)[^\n]*$")
_ABROAD = re.compile("(?:กรุง|นคร|เมือง|ประเทศ|สาธารณรัฐ|สหพันธ|สหรัฐ|สหราช|ราชอาณาจักร|เกาะ|มณฑล|รัฐ)")
_CONGRATULATES = re.compile("ยินดี|ชื่นชม|คว้า|เหรียญ|ชนะเลิศ")


def is_elsewhere(one: Candidate) -> bool:
    """Tell whether people apply there, a thing is kept or measured there, or people in general travel there."""
    if one.behind_na and one.place.at < BEGINNING and HALL.match(one.phrase):
        return bool(_APPLIED.search(one.before))
    if one.place.marker == "visit":
        if _TO_COMPLAIN.match(one.text, one.place.end):
            return True
        travels = one.text.startswith(_TRAVELS, one.place.at)
        return travels and bool(_OTHERS_TRAVEL.search(one.before))
    at = one.place.at
    won_there = _WON_THERE.search(one.text, max(0, at - BEFORE_PRIZE), at)
    return bool(won_there or _ELSEWHERE.search(one.before))


def is_of_another_time(one: Candidate) -> bool:
    """Tell whether it is the place of another day, or of what is to come. A place near the date behind ณ is not."""
    if _OTHER_TIME.search(one.before) and not one.is_near_behind_na:
        return True
    event = one.landmarks.event
    if event is None or one.place.at <= event[1] + BESIDE:
        return False
    return bool(_ANOTHER_DAY.search(one.before)) and not _DAY_OF_THE_YEAR.search(one.before)


def is_of_the_next_date(one: Candidate) -> bool:
    """Tell whether a date that is none of the event's days stands right behind it: `ณ … ระหว่างวันที่ 3-9 …`.

    Where somebody went, or speaks after a meeting, the date is the day before.
    """
    event = one.landmarks.event
    if one.place.marker == "visit" or "หลัง" in one.before:
        return False
    date = _DATE_BEHIND.match(one.text, one.place.end) if event else None
    if not date or not event:
        return False
    return not any(start <= date.start("day") < end for start, end in (event, *one.landmarks.same_days))


def is_common(one: Candidate) -> bool:
    """Tell whether it is only a common noun, or a counter where somebody is served."""
    return bool(_COMMON.fullmatch(one.phrase))


def is_project_elsewhere(one: Candidate) -> bool:
    """Tell whether it is a project that is visited at another place: `ลงพื้นที่โครงการ… ที่หมู่บ้าน…`."""
    project = one.place.marker == "visit" and one.phrase.startswith("โครงการ")
    return project and bool(_SOMEWHERE.match(one.text, one.place.end))


def is_of_a_contest(one: Candidate) -> bool:
    """Tell whether it is the city or country of a contest that somebody is congratulated on."""
    contest = one.behind_na and _CONTEST.search(one.before) and _ABROAD.match(one.phrase)
    return bool(contest) and bool(_CONGRATULATES.search(one.text, 0, one.place.end))
