"""Find the venue of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter

from thaigov_crawler.thai.venues.candidates import Landmarks
from thaigov_crawler.thai.venues.ends import thai_end
from thaigov_crawler.thai.venues.places import LONGEST, OPENING, Place, is_whole_area, places_in
from thaigov_crawler.thai.venues.rules import rank_of
from thaigov_crawler.thai.words import pattern

_CLAUSE = re.compile(pattern("venues_clauses"))
# The address that stands behind the name of a place: in one mention in full, in another abbreviated or cut.
_ADDRESS = re.compile(
    r"(?:,?\s(?:(?:จังหวัด|จ\.|อำเภอ|อ\.|ตำบล|ต\.|เขต|แขวง|กรุงเทพ|กทม|ถนน|ถ\.|ซอย)\s?[ก-๎]*[.ฯ]?"
    r"|(?:เลขที่|หมู่ที่|หมู่|ม\.|ซอย)\s?[\d/-]+))+"
)
_PROVINCE = re.compile(r"\s(?:จังหวัด|จ\.)\s?([ก-๎]{3,})")
# The fewest characters of a name that is certain to be the same place if the text says it again.
_SHORTEST_NAME = 12
_MOST_AGAIN = 4
_KIND_OF_AREA = re.compile(r"(?:จังหวัด|จ\.|กรุง|ประเทศ|เมือง|นคร) ?")
# The least likely rank of an exact place that goes before the whole province that the text names first.
_EXACT = 4


def find_venue(text: str, spans: Sequence[tuple[int, int]]) -> str | None:
    """Return the place where the event of a cleaned text takes place, as the text writes it, or None. Raise nothing.

    `spans` are where the text dates the event: first its date, then others of the same days (see `spans_of`).

    A place is introduced by ณ, by ที่ before a noun of place, or by a word of a visit (ลงพื้นที่, ตรวจเยี่ยม,
    เดินทางไป, เยือน). In English it is introduced by "at" or "in" before a capital letter. These are no venues: a time
    or an amount behind ณ (ณ วันที่, ณ สิ้นเดือน, ณ ราคา), a surname (ณ อยุธยา), the post of a diplomat (เอกอัครราชทูต ณ
    กรุง…), and places that are many or not named (ทั่วประเทศ, ที่เกิดเหตุ).

    The venue is in the opening of the text, at most 2,000 characters behind the event's date. The first of these that
    fits decides:

    1. the place beside the event's date, with nothing but an hour between them: `วันนี้ (5 …) เวลา 9.00 น. ณ …`. A hall
       behind the date needs no ณ;
    2. a place beside another date of the event's days; the first ณ in the paragraph of the date or in the first two
       paragraphs; ณ on a line of its own at the head of a speech;
    3. in the same paragraphs, ที่ or "in" behind a word of what is done (`ประชุมที่ห้อง…`, `held in …`), or a visit and
       a place that is not a whole province, city or country;
    4. ณ behind a word of a gathering (เข้าร่วม … ณ) or before a hall, or ที่ right behind such a word, unless the place
       is one of a list. A whole province, city or country, and what is farther on than 1,300 characters, must
       stand behind ณ and end a sentence;
    5. the first ณ in the next paragraph at the end of a sentence; a hall near the date behind a space and ที่, or on a
       line that it ends or ที่ begins;
    6. near the date, a visit and a whole province, city or country;
    7. the place in the first 1,300 characters that somebody goes out to (ลงพื้นที่), if it is no province;
    8. the area near the date in which something is done on the spot (ตรวจค้น … ในพื้นที่).

    From 2 on, a place is left out where people apply, or where a thing is kept or measured (ยื่น … ณ, ตั้งอยู่ที่). Of
    these words, only those of applying count before a hall behind ณ. Left out, too, is a place of another day (another
    date stands beside it) or of what is to come (จะจัด … ที่), unless that stands behind ณ near the date. So is a place
    with a date behind it that is none of the event's, a noun without a name, the city abroad of a contest, and where
    people in general travel to.

    A whole province or city that is not beside the date gives way to an exact place that names it. If another
    place of the text begins with the words of the venue, that longer one is returned. So is one with the same name and
    a longer address.
    """
    landmarks = Landmarks.of(text, spans)
    ranked: list[tuple[int, str]] = []
    for place in places_in(text, landmarks.event):
        if rank := rank_of(text, place, landmarks):
            ranked.append((rank, _words_of(text, place)))
        if rank == 1:
            break
    if not ranked:
        return None
    rank, venue = min(ranked, key=itemgetter(0))  # of equal ranks, the first place
    if rank > 1 and is_whole_area(venue):
        venue = _exact_in(venue, [phrase for other, phrase in ranked if other <= _EXACT])
        venue = next((phrase for _, phrase in ranked if phrase in (f"จังหวัด{venue}", f"จ.{venue}")), venue)
    return _said_again(text, _in_full(venue, [phrase for _, phrase in ranked]))


def _words_of(text: str, place: Place) -> str:
    """Return the words of a place. One at the end of a cut lead goes on as the same words of the body do."""
    start, end = place.start, place.end
    lead_end = text.find("\n")
    if start < lead_end < end and text.find(text[start:lead_end], lead_end, lead_end + OPENING) >= 0:
        end = lead_end  # the lead is cut, and the first line of the body does not go on with it
    if place.marker != "english" and end <= lead_end and not text[end:lead_end].strip(" .…"):
        again = text.find(text[start:end], lead_end, lead_end + OPENING)
        further = thai_end(text, again, LONGEST) if again >= 0 else 0
        if end - start < further - again <= LONGEST and not _CLAUSE.search(text, again + end - start, further):
            start, end = again, further
    return " ".join(text[start:end].split())


def _in_full(venue: str, phrases: list[str]) -> str:
    """Return the longest place of the text that begins with this one and goes on with no clause.

    A lead may be cut, or say less than the body.
    """
    fuller = (phrase for phrase in phrases if phrase.startswith(venue) and not _CLAUSE.search(phrase, len(venue)))
    return max(fuller, key=len)


def _exact_in(area: str, phrases: list[str]) -> str:
    """Return the first exact place that names the whole province or city `area` as its own; else the area."""
    name = _KIND_OF_AREA.sub("", area).split(" ")[0]
    exact = (phrase for phrase in phrases if name in phrase and not is_whole_area(phrase))
    return next((phrase for phrase in exact if not phrase.startswith("โครงการ")), area)


def _said_again(text: str, venue: str) -> str:
    """Return the longest of a venue and what the opening of the text says with the same name and a longer address."""
    address = _ADDRESS.search(venue)
    name = venue[: address.start()] if address else venue
    if len(name) < _SHORTEST_NAME or name.isascii() or name.startswith("จังหวัด"):
        return venue
    province = _PROVINCE.search(venue)
    at = -1
    longest = venue
    for _ in range(_MOST_AGAIN):
        at = text.find(name, at + 1, 2 * OPENING)
        if at < 0:
            break
        end = thai_end(text, at, LONGEST)
        again = " ".join(text[at:end].split())
        same = province is None or province[1] in again
        if same and len(longest) < len(again) <= LONGEST and _ADDRESS.fullmatch(again, len(name)):
            longest = again
    return longest
