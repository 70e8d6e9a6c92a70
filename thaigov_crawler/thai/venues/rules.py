"""Whether the event took place at a place. The first rule that fits decides."""

from __future__ import annotations

import re
from collections.abc import Callable

from thaigov_crawler.thai.venues.candidates import BEGINNING, BESIDE, Candidate, Landmarks
from thaigov_crawler.thai.venues.elsewhere import (
    is_common,
    is_elsewhere,
    is_of_a_contest,
    is_of_another_time,
    is_of_the_next_date,
    is_project_elsewhere,
)
from thaigov_crawler.thai.venues.ends import ends_a_sentence
from thaigov_crawler.thai.venues.places import Place, begins_with_an_area, is_whole_area
from thaigov_crawler.thai.venues.shapes import CLOCK, DATE, HALL, PLACE, SITE, TIME, WANTS_A_NAME
from thaigov_crawler.thai.words import Entry, pattern, spellings

# Characters that are looked at before a place.
BEFORE = 90
# Characters between a place and the event's date behind it that stand side by side.
BESIDE_BEFORE = 30

_PLACED, _SITED = re.compile(PLACE), re.compile(SITE)
_WHEN_OR_HOW_MUCH = re.compile(rf"{pattern('venues_no_place')}|{DATE}|{TIME}|[\d./:]+(?:\s|$)")
_SURNAME = re.compile(rf"{pattern('venues_surnames')}(?=[\s),]|$)")
_GIVEN_NAME = re.compile(rf"(?:{pattern('venues_titles')}|พล\.?\S{{1,8}})\s?[ก-๎]+\s$")
_POST = re.compile(pattern("venues_posts"))
_DIPLOMAT = re.compile(rf"{pattern('venues_diplomats')}(?!.*{pattern('venues_diplomats_act')})[^\n,]{{0,40}}$")
# An hour is given in the time of the place behind it: (ตามเวลาท้องถิ่น ณ กรุง…).
_LOCAL_TIME = re.compile(r"เวลา(?:ท้องถิ่น)?\s?$")
_MANY = re.compile(pattern("venues_many"))
_UNNAMED = re.compile(
    rf"{pattern('venues_unnamed')}$|(?:บริเวณ)?(?:สถาน)?ที่เกิดเหตุ|{pattern('venues_subjects')}{pattern('venues_subjects_act')}"
)
_BESIDE = re.compile(
    r"[\s)\],.*”\"]*(?:ที่ผ่านมา|นี้)?[\s)\],]*(?:เริ่ม|ตั้งแต่)?(?:ใน)?(?:ช่วง)?(?:เช้า|บ่าย|เย็น|ค่ำ|สาย)?\s*"
    rf"\(?(?:ตามเวลาท้องถิ่น\S{{0,20}})?(?:\(?{CLOCK}\)?)?(?:\s?\(?ตามเวลา[^\n()]{{0,70}}\)?)?[\s,)]*"
    r"|[\s,)]*(?:at\s)?[\d.:]{4,5}\s?(?:hrs?|hours|[ap]\.?m)?\.?,?\s*(?:\([^()\n]{0,40}\),?\s*)?"
)
_EVENT_FOLLOWS = re.compile(
    r"[ (\[]*(?:เมื่อ|ใน|ระหว่าง)?[ ]*(?:วัน\S{0,10}?[ ]?ที่|วันนี้)?[ ]*[(\[]?[ ]*|,?[ ]*(?:on|from)[ ](?:\w+day,?[ ])?"
)
# What is done at a place, right before ที่: a word of a list, a verb with its object, its hour or day, or a title.
_HAPPENS = re.compile(
    rf"(?:{pattern('venues_done_there')}|เยือน|(?:เยี่ยม|พบปะ|ร่วม)\S{{0,20}}|เปิด\S{{0,25}}|(?:ลงพื้นที่|ตรวจ|ประธาน)\S{{0,30}}"
    r"|เดินทาง(?:มา|ไป|ถึง)\S{0,12}|(?<!เกิด)(?<!สูง)(?<!เพิ่ม)ขึ้น|เวลา \S{4,6} น\.|\d\)|[”\"])\s?$"
)
_VISITED = re.compile(r"ลงพื้นที่[^\n]{0,60}$")
_GATHERS = re.compile(rf"{pattern('venues_gatherings')}[^\n]{{0,60}}$")
# Whose area it is, or what came about there, and not what is done: หัวหน้าส่วนราชการในพื้นที่….
_BACKGROUND = re.compile(r"(?:เปิดเผย\S*|เกิดขึ้น|ส่วนราชการ|จาก\S*|\d\))\s?$")
_DONE = re.compile(pattern("venues_done_in_area"))
_DONE_IN_AREA = re.compile(rf"{_DONE.pattern}[^\n]{{0,60}}$")
_GATHERED = re.compile(rf"{pattern('venues_gathered')}\s?$")
# The place is one of several.
_LISTED = re.compile(r"\s*[-–•]|.*?\d\s?\)\s|\s*\d+\s?\.")
_MONTHS = [Entry(name) for name, *_ in spellings("months_english")]  # in full
_NO_ENGLISH_PLACE = re.compile(rf"{pattern('venues_english_no_place', _MONTHS)}$")
_ENGLISH_HAPPENS = re.compile(rf"{pattern('venues_english_done_there')},?\s(?:\w+\s){{0,3}}$", re.IGNORECASE)


def rank_of(text: str, place: Place, landmarks: Landmarks) -> int:
    """Return the rank of a place as the venue: 1 is the most likely. Return 0 if it is no place or not the event's."""
    # A place that begins a line belongs to the line before.
    before = text[max(0, place.at - BEFORE) : place.at].rstrip("\n").rpartition("\n")[2]
    candidate = Candidate(text, place, landmarks, text[place.start : place.end], before)
    return next((rank for fits, rank in _RULES if fits(candidate)), 0)


def _is_when_or_how_much(one: Candidate) -> bool:
    return one.behind_na and bool(_WHEN_OR_HOW_MUCH.match(one.phrase))


def _is_surname(one: Candidate) -> bool:
    if not one.behind_na:
        return False
    return bool(_SURNAME.match(one.phrase) or (_GIVEN_NAME.search(one.before) and not _PLACED.match(one.phrase)))


def _is_post(one: Candidate) -> bool:
    """Tell whether it is where a diplomat is posted."""
    return one.behind_na and bool(_POST.match(one.phrase) and _DIPLOMAT.search(one.before))


def _is_no_english_place(one: Candidate) -> bool:
    return one.is_english and bool(_NO_ENGLISH_PLACE.search(one.phrase))


def _is_many_or_unnamed(one: Candidate) -> bool:
    if one.is_english:
        return False
    phrase = one.phrase
    return bool(_MANY.search(phrase) or _UNNAMED.match(phrase) or WANTS_A_NAME.fullmatch(phrase))


def _is_note_on_the_hour(one: Candidate) -> bool:
    """Tell whether it only says whose time an hour is given in: it stands in brackets, or not behind ณ."""
    return bool(_LOCAL_TIME.search(one.before)) and not _is_city_of_the_hour(one)


def _is_city_of_the_hour(one: Candidate) -> bool:
    in_brackets = one.before.count("(") > one.before.count(")")
    return one.behind_na and not in_brackets and bool(_LOCAL_TIME.search(one.before))


def _is_beside_the_date(one: Candidate) -> bool:
    """Tell whether nothing but an hour stands between the event's date and the place, in either order."""
    return one.landmarks.event is not None and _is_beside(one, one.landmarks.event)


def _is_beside_the_same_day(one: Candidate) -> bool:
    """Tell whether it stands beside another date of the event's days, with nothing but an hour between them."""
    return any(_is_beside(one, span) for span in one.landmarks.same_days)


def _is_beside(one: Candidate, span: tuple[int, int]) -> bool:
    (start, end), place = span, one.place
    if 0 <= place.at - end <= BESIDE:
        return bool(_BESIDE.fullmatch(one.text, end, place.at))
    if place.marker == "area" and not _DONE.search(one.before):  # an incident there may be the background
        return False
    return 0 <= start - place.end <= BESIDE_BEFORE and bool(_EVENT_FOLLOWS.fullmatch(one.text, place.end, start))


def _is_behind_na_in_the_next_paragraph(one: Candidate) -> bool:
    """Tell whether it ends a sentence behind ณ, in the paragraph that follows the one of the event's date."""
    marks = one.landmarks
    in_next = one.behind_na and marks.paragraph[1] <= one.place.at < marks.next_end
    return in_next and ends_a_sentence(one.text, one.place.end)


def _is_near_behind_na(one: Candidate) -> bool:
    return one.is_near_behind_na


def _is_done_there(one: Candidate) -> bool:
    """Tell whether it is near the date, and what is done there stands right before it."""
    if one.behind_na or not one.is_near:
        return False
    if one.is_english:
        return bool(_ENGLISH_HAPPENS.search(one.before))
    if one.place.marker == "visit":
        return True
    if one.place.marker == "area" and (_BACKGROUND.search(one.before) or one.before.rstrip()[-1:] in '”"'):
        return False
    return bool(_SITED.match(one.phrase) and (_HAPPENS.search(one.before) or _VISITED.search(one.before)))


def _is_area_visited(one: Candidate) -> bool:
    """Tell whether it is a whole province, city or country near the date, and somebody goes there."""
    return one.place.marker == "visit" and one.is_near and is_whole_area(one.phrase)


def _is_exact_and_done_there(one: Candidate) -> bool:
    return _is_done_there(one) and not _is_area_visited(one)


def _is_named_behind_a_space(one: Candidate) -> bool:
    """Tell whether it is a hall near the date, behind a space and ที่: `งาน “บัวบาน” ที่โรงแรม…`.

    ที่ may also begin a line, or the hall end it.
    """
    if one.place.marker != "thi" or not HALL.match(one.phrase):
        return False
    begins = one.text[max(0, one.place.at - 1) : one.place.at] in ("", "\n")
    ends = one.text[one.place.end : one.place.end + 1] in ("", "\n")
    return (begins or ends or one.before.endswith(" ")) and (one.is_near or (begins and one.place.at < BEGINNING))


def _is_visited(one: Candidate) -> bool:
    """Tell whether somebody goes out there, far from the date. A province may be the background."""
    at = one.place.at
    goes_out = one.place.marker == "visit" and at < BEGINNING and one.text.startswith("ลงพื้นที่", at)
    return goes_out and not begins_with_an_area(one.phrase)


def _is_area(one: Candidate) -> bool:
    """Tell whether something is done near the date in an area: `ลงตรวจค้น … ในพื้นที่ตำบล…`."""
    if one.place.marker != "area" or one.landmarks.event is None or not one.is_near:
        return False
    return bool(_DONE_IN_AREA.search(one.before))


def _gathers(one: Candidate) -> bool:
    """Tell whether people gather there, and it is not one of a list. Far on or in an area, it must end a sentence."""
    if _LISTED.match(one.before):
        return False
    doubtful = one.place.at >= BEGINNING or is_whole_area(one.phrase)
    if doubtful and not (one.behind_na and ends_a_sentence(one.text, one.place.end)):
        return False
    if one.behind_na:
        return bool(_GATHERS.search(one.before) or HALL.match(one.phrase))
    return one.place.marker == "thi" and bool(_GATHERED.search(one.before))


# What a place may be, in the order in which it is asked, and the rank that it then has.
_RULES: tuple[tuple[Callable[[Candidate], bool], int], ...] = (
    (_is_when_or_how_much, 0),
    (_is_surname, 0),
    (_is_post, 0),
    (_is_no_english_place, 0),
    (_is_many_or_unnamed, 0),
    (_is_note_on_the_hour, 0),
    (_is_city_of_the_hour, 3),  # if nothing nearer is said
    (_is_beside_the_date, 1),
    (is_elsewhere, 0),
    (_is_beside_the_same_day, 2),
    (is_of_another_time, 0),
    (is_of_the_next_date, 0),
    (is_common, 0),
    (is_of_a_contest, 0),
    (is_project_elsewhere, 0),
    (_is_near_behind_na, 2),
    (_is_exact_and_done_there, 3),
    (_gathers, 4),
    (_is_behind_na_in_the_next_paragraph, 5),
    (_is_named_behind_a_space, 5),
    (_is_area_visited, 6),
    (_is_visited, 7),
    (_is_area, 8),
)
