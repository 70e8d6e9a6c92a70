"""Finding the venue of an article."""

from __future__ import annotations

from thaigov_crawler.thai.venues.places import Place, places_in
from thaigov_crawler.thai.venues.rules import Landmarks, rank_of


def find_venue(text: str, event_span: tuple[int, int] | None) -> str | None:
    """The place where what a cleaned body reports took place, as written, or None. Never raises.

    `event_span` is where the event's date stands in the text (`find_event(…).span`).

    The rule, in words. A place is introduced by ณ, by ที่ before a noun of place, by ลงพื้นที่, in English by at
    or in before a capital. None is what ณ says of time or amount (ณ วันที่, ณ สิ้นเดือน, ณ ราคา), surnames
    (ณ อยุธยา), the posts of diplomats (เอกอัครราชทูต ณ กรุง…), and places that are many or not named (ทั่วประเทศ,
    ที่เกิดเหตุ). The venue is, in the opening of the text (up to 2,000 characters behind the event's date), on the
    first of these that there is:

    1. the place beside the event's date, with nothing but an hour between: `วันนี้ (5 …) เวลา 9.00 น. ณ …`;
    2. the first ณ in the paragraph of that date (or in the first two paragraphs), or on a line of its own at the
       head of a speech;
    3. there, ที่ or in behind a word of what is done (`ประชุมที่ห้อง…`, `held in …`), or ลงพื้นที่ and a place;
    4. the first ณ behind a word of a gathering (เข้าร่วม … ณ), or before a hall, unless it is one of a list.

    From 2 on not where people apply, or a thing is kept or measured (ยื่น … ณ, ตั้งอยู่ที่), not a place of another
    time (จะจัด … ณ, another date beside it), and not what a spokesperson tells of others, unless they preside.
    """
    best: tuple[int, Place] | None = None
    landmarks = Landmarks.of(text, event_span)
    for place in places_in(text, event_span):
        rank = rank_of(text, place, landmarks)
        if rank and (best is None or rank < best[0]):
            best = rank, place
        if rank == 1:
            break
    return " ".join(text[best[1].start : best[1].end].split()) if best else None
