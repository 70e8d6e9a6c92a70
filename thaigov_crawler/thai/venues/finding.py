"""Finding the venue of an article."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from thaigov_crawler.thai.venues.places import places_in
from thaigov_crawler.thai.venues.rules import Landmarks, rank_of


def find_venue(text: str, spans: Sequence[tuple[int, int]]) -> str | None:
    """Return the place where what a cleaned text reports takes place, as written, or None. Never raises.

    `spans` are where the text dates the event: first its date, then others of the same days (`spans_of`).

    A place is introduced by ณ, by ที่ before a noun of place, by a word of a visit (ลงพื้นที่, ตรวจเยี่ยม, เดินทางไป,
    เยือน), in English by at or in before a capital. None is what ณ says of time or amount (ณ วันที่, ณ สิ้นเดือน, ณ
    ราคา), surnames (ณ อยุธยา), the posts of diplomats (เอกอัครราชทูต ณ กรุง…), and places that are many or not named
    (ทั่วประเทศ, ที่เกิดเหตุ). The venue is, in the opening of the text (up to 2,000 characters behind the event's date),
    on the first of these that there is:

    1. the place beside the event's date, with nothing but an hour between: `วันนี้ (5 …) เวลา 9.00 น. ณ …`;
    2. a place so beside another date of the event's days; the first ณ in the paragraph of the date (or in the first two
       paragraphs), or on a line of its own at the head of a speech;
    3. there, ที่ or in behind a word of what is done (`ประชุมที่ห้อง…`, `held in …`), or a visit and a place;
    4. ณ behind a word of a gathering (เข้าร่วม … ณ) or before a hall, or ที่ right behind such a word, unless the place
       is one of a list;
    5. the first ณ in the next paragraph; a hall near the date behind a space and ที่;
    6. the place that somebody goes out to (ลงพื้นที่), farther off;
    7. the area near the date in which something is done on the spot (ตรวจค้น … ในพื้นที่).

    Where another place of the text begins with the words of the venue, it is the venue in full.

    From 2 on not where people apply, or a thing is kept or measured (ยื่น … ณ, ตั้งอยู่ที่), and not a place of another
    day (another date beside it) or of what is to come (จะจัด … ที่), unless this stands with the date behind ณ.
    """
    landmarks = Landmarks.of(text, spans)
    ranked: list[tuple[int, str]] = []
    for place in places_in(text, landmarks.event):
        if rank := rank_of(text, place, landmarks):
            ranked.append((rank, " ".join(text[place.start : place.end].split())))
        if rank == 1:
            break
    if not ranked:
        return None
    _, venue = min(ranked, key=itemgetter(0))  # the first one of equal rank
    return _in_full(venue, [phrase for _, phrase in ranked])


def _in_full(venue: str, phrases: list[str]) -> str:
    """Return the longest phrase that begins with a place: a lead may be cut, or say less than the body."""
    return max((phrase for phrase in phrases if phrase.startswith(venue)), key=len)
