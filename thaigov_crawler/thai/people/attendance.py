"""Whether the text says that the people it names took part in what it reports.

Persons in a row are a list (`attendance_lists`). All of a list took part, or none of it. Each rule of VERDICTS says of
a list that it took part, that it did not, or None if it has no opinion. The first rule with an opinion decides. If none
has one, only a list of several persons with a common verb took part.
"""

from __future__ import annotations

from collections.abc import Callable

from thaigov_crawler.thai.people import attendance_cues as cues
from thaigov_crawler.thai.people.attendance_english import took_part
from thaigov_crawler.thai.people.attendance_lists import PersonList, lists
from thaigov_crawler.thai.people.letters import THAI_LETTER
from thaigov_crawler.thai.people.mentions import Mention
from thaigov_crawler.thai.people.position_ends import TAIL_BRACKET

# A cue of an appointment counts if it stands at most so many letters before a list.
_APPOINTMENT = 150
# The occasion of a speech is looked for in so many letters behind the speaker.
_HELD_AT = 120


def judge(text: str, found: list[Mention]) -> None:
    """Set `attended` of every mention, by the words before its list and the verb behind it."""
    people: PersonList | None = None
    for row in lists(text, found):
        people = PersonList(text, row, people)
        said = next((said for rule in VERDICTS if (said := rule(people)) is not None), None)
        people.took_part = _together(people) if said is None else said
        for mention in row:
            mention.attended = people.took_part or people.linked
    _judge_first_person(text, found)


def _credited(people: PersonList) -> bool | None:
    """Say no for those who wrote, photographed or published the news. They are named only for that."""
    return False if cues.CREDIT.match(people.line) else None


def _appointed(people: PersonList) -> bool | None:
    """Say no for those who are appointed, accused or dead, unless another cue says that they were there."""
    near = people.text[max(0, people.left - _APPOINTMENT) : people.left]
    said_of = near if people.is_item else near.rpartition("\n")[2]
    if not (cues.APPOINTED.search(said_of) or cues.APPOINTED.match(people.behind)):
        return None
    acts = people.does and not people.english and len(people.row) < 3
    return None if acts or people.before.endswith(cues.COMPANY) else False


def _listed(people: PersonList) -> bool | None:
    """Say no for those on a list of members, victims or winners. They are named only as such."""
    begins = people.before.endswith(cues.LISTED_AS)
    many = len(people.row) > 2 and not people.before.endswith(cues.WITH) and not people.together
    if people.does or not (begins or many or people.is_item):
        return None
    listed = cues.LISTED.search(people.wide)
    return False if listed and not cues.TOGETHER.search(people.wide, listed.end()) else None


def _in_english(people: PersonList) -> bool | None:
    """Judge an English text by the cues of its own language."""
    if not people.english or THAI_LETTER.search(people.behind[:12] + people.before[-12:]):
        return None
    last = people.row[-1]
    return took_part(people.before, people.wide, people.behind, people.text[last.left : last.stop])


def _next_item(people: PersonList) -> bool | None:
    """Judge the next item of a list, or the next member, like the one before, unless a verb says more."""
    return None if people.does or people.says else people.item_of


def _received_from(people: PersonList) -> bool | None:
    """Say yes for those who are heard or who give something: รับฟัง … จาก."""
    return True if people.before.endswith("จาก") and cues.RECEIVED.search(people.line) else None


def _spoken_of(people: PersonList) -> bool | None:
    """Say no for those who are only spoken of: it is their policy, or nobody has met them yet."""
    if people.before.endswith("กับ") and cues.NOT_MET.search(people.line):
        return False
    if not people.before.endswith(cues.OF) or people.before.endswith(cues.WITH):
        return None
    # `… ประชุมแทน ก กล่าวว่า`: the clause ends before the person. (It does not before `ซึ่ง`, who.)
    goes_on = not people.behind.lstrip().startswith("ซึ่ง") and (people.does or people.says)
    ends_before = people.before.endswith(cues.END_A_CLAUSE) and goes_on and not people.before.endswith(cues.THANKED)
    return None if ends_before else False


def _represented(people: PersonList) -> bool | None:
    """Say no for those whom somebody stands in for: `ข เป็นผู้แทน ก เข้าร่วมพิธี`."""
    return False if people.before.endswith(cues.REPRESENTED) else None


def _visit_of(people: PersonList) -> bool | None:
    """Say yes for those whose visit or party it is: การเข้าเยี่ยมคารวะของ ก, ร่วมกับคณะของ ก."""
    if not people.before.endswith("ของ"):
        return None
    return True if people.before.endswith(cues.PARTY) or cues.VISIT_OF.search(people.wide) else None


def _ordered(people: PersonList) -> bool | None:
    """Say no for those who are ordered or asked to do something. They have not done it yet.

    But say yes for those who are sent to raid a place. Such an order is told with what they found.
    """
    if not people.before.endswith(cues.ORDERED):
        return None
    return people.before.endswith(cues.SENT) and bool(cues.RAIDS.match(people.behind))


def _assigned(people: PersonList) -> bool | None:
    """Say yes for those who are told to do something, if they do it."""
    return people.does if people.before.endswith(cues.ASSIGNED) else None


def _is_chaired(people: PersonList) -> bool | None:
    """Say no for those who chair a committee that is only named: คณะกรรมการ … ที่มี ก เป็นประธาน."""
    chairs = cues.CHAIRS.match(people.behind) and cues.COMMITTEE.search(people.line)
    return False if chairs and not cues.MEETING.search(people.line) else None


def _member(people: PersonList) -> bool | None:
    """Judge those who are called members of a committee, or makers of something: yes only if the committee meets."""
    member = not people.does and cues.MEMBERS.match(people.behind)
    return bool(cues.COMMITTEE_MEETS.search(people.line)) if member else None


def _there_was(people: PersonList) -> bool | None:
    """Judge persons behind a bare มี (there was) by the verb behind them, even if it stands further behind."""
    if not people.before.endswith("มี") or people.before.endswith("โดยมี"):
        return None
    return people.does or (people.together and not people.says)


def _made_by(people: PersonList) -> bool | None:
    """Say no behind a bare โดย (by) for makers, for heads of a government or policy, and for what is done in office."""
    if not people.before.endswith("โดย"):
        return None
    if cues.MADE_BY.search(people.before) or (cues.HEADED_BY.search(people.before) and not people.does):
        return False
    return False if cues.DOES_ELSEWHERE.match(people.behind) else None


def _in_company(people: PersonList) -> bool | None:
    """Say yes for company, guests and hosts; but no for a single person who only says something."""
    if not (people.before.endswith(cues.WITH) or cues.WITH_OTHERS.search(people.wide.rstrip())):
        return None
    return not people.only_says


def _handed_over(people: PersonList) -> bool | None:
    """Say yes for those to whom something is handed over: มอบ … ให้แก่ ก."""
    if not people.before.endswith(cues.RECEIVERS):
        return None
    return True if cues.HANDED_OVER.search(people.line) and not people.says else None


def _between(people: PersonList) -> bool | None:
    """Say yes for those between whom something is signed or a meeting is held: พิธีลงนาม … ระหว่าง ก และ ข."""
    return True if people.before.endswith("ระหว่าง") and cues.SIGNED.search(people.line) else None


def _called_on(people: PersonList) -> bool | None:
    """Say yes for those whom somebody allows to call: `ข ให้ ก … เข้าพบ`."""
    return True if people.before.endswith("ให้") and cues.CALLS.match(people.behind) else None


def _won(people: PersonList) -> bool | None:
    """Say yes for winners of a prize. They are named at its ceremony."""
    return True if people.is_item and cues.PRIZE.search(people.wide) else None


def _meets(people: PersonList) -> bool | None:
    """Say yes for those with whom somebody meets, talks or signs: ลงนาม … กับ, ก พร้อมด้วย ข พบ."""
    if people.before.endswith("พบ") and people.row[0].position:
        return True if cues.VISITED.search(people.line) else None
    return True if people.before.endswith("กับ") and cues.MET.search(people.line) else None


def _does_what_is_told(people: PersonList) -> bool | None:
    """Say no behind `เปิดเผยว่า` for a verb of what is also done at a desk. It says nothing about taking part."""
    return False if cues.TOLD.search(people.before) and cues.AT_A_DESK.match(people.behind) else None


def _sums_up(people: PersonList) -> bool | None:
    """Say no for a spokesperson who sums up what others did."""
    return False if people.speaks_for_others and cues.SUMS_UP.match(people.behind) else None


def _receives(people: PersonList) -> bool | None:
    """Say yes for those who let others call on them: `ก ให้ ข เข้าพบ`."""
    return True if cues.LETS_CALL.match(people.behind) else None


def _does(people: PersonList) -> bool | None:
    """Say yes if a verb of taking part follows."""
    return True if people.does else None


def _speech_of(people: PersonList) -> bool | None:
    """Say yes for those whose speech is printed, if the next lines say where it was held."""
    held = people.before.endswith(cues.SPEECH) and cues.HELD_AT.search(people.text, people.stop, people.stop + _HELD_AT)
    return True if held else None


def _states_there(people: PersonList) -> bool | None:
    """Say yes for those who say something where they are, unless they tell what somebody else did there."""
    if not cues.STATES.match(people.behind) or (people.speaks_for_others and people.tells_of_another):
        return None
    then = cues.THEN.search(people.before) and not (people.speaks_for_others or cues.ADDS.match(people.behind))
    return True if then or cues.AT_PLACE.search(people.line) else None


def _says(people: PersonList) -> bool | None:
    """Judge those who only say something: yes if they tell what they did themselves, else no."""
    return bool(cues.TOLD_OWN.match(people.behind)) if people.says else None


def _many(people: PersonList) -> bool | None:
    """Say yes for three or more in a row, because they are named for being there. Items of a numbered list are not."""
    return True if len(people.row) > 2 and not people.is_item else None


def _joined(people: PersonList) -> bool | None:
    """Say yes if a verb that closes the list follows, and no other clause begins before it."""
    joined = cues.JOINED.search(people.behind[:120])
    if joined and not cues.OTHER_CLAUSE.search(people.behind[: joined.start()]):
        return True
    # Another office, or the short name of one, may stand between: `ก ปลัดกระทรวง ข ประธานกรรมการ ค เปิดงาน`.
    does = cues.DOES_BEHIND.search(people.behind[:120])
    return True if does and not cues.OTHER_VERB.search(people.behind[: does.start()]) else None


def _acts_there(people: PersonList) -> bool | None:
    """Say yes for those who do anything at a place or hour that the sentence names: `วันนี้ … ณ … ก …`."""
    acts = cues.THERE.match(people.line) and cues.ANY_DEED.match(people.behind)
    return True if acts else None


VERDICTS: tuple[Callable[[PersonList], bool | None], ...] = (
    _credited,
    _appointed,
    _listed,
    _in_english,
    _next_item,
    _received_from,
    _speech_of,
    _visit_of,
    _represented,
    _spoken_of,
    _ordered,
    _assigned,
    _is_chaired,
    _member,
    _there_was,
    _made_by,
    _in_company,
    _meets,
    _between,
    _called_on,
    _handed_over,
    _does_what_is_told,
    _receives,
    _sums_up,
    _does,
    _states_there,
    _says,
    _many,
    _joined,
    _acts_there,
    _won,
)


def _together(people: PersonList) -> bool:
    """Tell whether a list took part that no rule judged: it is two or more persons with a common verb behind them."""
    many = len(people.row) > 1 and not people.behind.lstrip().startswith("ที่")
    return many and bool(cues.TOGETHER.search(people.behind[:60]))


def _judge_first_person(text: str, found: list[Mention]) -> None:
    """Set `attended` of speakers who say `ตนได้ลงพื้นที่` ("I went there")."""
    before = 0  # the number of mentions before the claim
    for claim in cues.I_DID.finditer(text):
        while before < len(found) and found[before].start < claim.start():
            before += 1
        for mention in reversed(found[max(0, before - 4) : before]):
            if _speaks(text, mention):
                mention.attended = True
                break


def _speaks(text: str, mention: Mention) -> bool:
    if cues.SAYS.match(text, mention.stop) or cues.SAYS_BEHIND_BRACKET.match(text, mention.stop, mention.stop + 60):
        return True
    return bool(cues.SAYS.match(TAIL_BRACKET.sub("", text[mention.stop : mention.stop + 40])))
