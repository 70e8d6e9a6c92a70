"""Cues of taking part: the words before and behind the people a text names."""

from __future__ import annotations

import re

from thaigov_crawler.thai.words import Shape, pattern, words

_NO_DECREE = r"(?!(?:ใน|\ )*(?:ประกาศ|คำสั่ง|กฎ|ระเบียบ|หนังสือแจ้ง|แต่งตั้ง))"
_AFTER_IT = r"[ก-๎]{0,12}\ ?(?:ภายหลัง|หลัง|ระหว่าง)"

# --- behind: verbs

# A verb of taking part.
_DOES = (
    Shape("ลงนาม", _NO_DECREE),
    Shape("เป็นผู้ลงนาม", _NO_DECREE),
    Shape("เป็นประธานคณะ", r"[^\n]{0,120}ครั้งที่"),  # a meeting of a committee has a number, the committee none
    Shape("กล่าวกับสื่อ", _AFTER_IT),
    Shape("กล่าวกับผู้สื่อ", _AFTER_IT),
)
_TOOK_PART = pattern("cues_took_part", _DOES)
DOES = re.compile(rf"{pattern('cues_fillers')}{{0,6}}{_TOOK_PART}")
# One of saying or ordering; of making a statement; of summing up what others said.
SAYS = re.compile(rf"(?:ได้|ยัง|ก็|ว่า| ){{0,6}}{pattern('cues_said')}")
STATES = re.compile(rf"(?:ได้|ยัง|ก็| ){{0,4}}{pattern('cues_states')}")
SUMS_UP = re.compile(r"(?:ได้| ){0,3}(?:(?:กล่าว)?สรุป|(?:กล่าว|เปิดเผย|เผย)(?:ถึง)?(?:สาระสำคัญ|ผล))")
SPOKESPERSON = "โฆษก"
# One that needs no presence: told by somebody else, or behind `โดย ก`.
AT_A_DESK = re.compile(rf"(?:ได้|จะ|ก็|ยัง|มีการ| ){{0,4}}{pattern('cues_at_a_desk')}")
DOES_ELSEWHERE = re.compile(rf"(?:ได้|จะ|ก็|ยัง|จึง| ){{0,4}}{pattern('cues_does_elsewhere')}")
# Any other word that may be a verb.
_NO_DEED = pattern("cues_no_deed", "cues_said", "cues_at_a_desk", "cues_does_elsewhere")
ANY_DEED = re.compile(rf" ?(?:ได้|จึง|ยัง|ก็| )?(?!{_NO_DEED})[ก-ฮเ-ไ]")
# `ก ให้ ข เข้าพบ`: others call on the person, who lets them.
LETS_CALL = re.compile(r" ?(?:ได้)?ให้[^\n]{4,180}เข้า(?:พบ|เยี่ยม|หารือ|คารวะ)")
CALLS = re.compile(r"[^\n]{0,160}เข้า(?:พบ|เยี่ยม|หารือ|คารวะ)")
# A line that begins so goes on from the line before, whose text is broken at a width.
GOES_ON = re.compile(rf"[a-z]|ในฐานะ|(?:ได้|ให้เกียรติ|จะ)?{_TOOK_PART}|(?:ได้)?{pattern('cues_said')}")
_IN_ROLE = pattern("cues_in_role", "cues_said", "cues_at_a_desk")
# The verb may stand right behind a role without spaces: `ในฐานะหัวหน้าคณะได้เข้าร่วม`.
_GLUED = r"[^\s]{2,90}?(?<!ราย)(?<!ผู้)(?=ได้|เข้าร่วม|เป็นประธาน(?:เปิด|ใน)|เปิดเผย|กล่าวว่า)"
IN_ROLE = re.compile(rf" ?ในฐานะ(?:[^\n]{{0,140}}?[ )](?=(?:{_IN_ROLE}|{_TOOK_PART}))|{_GLUED})")
# `เปิดเผยว่า เมื่อเร็ว ๆ นี้ได้เป็นประธาน…`: the speaker tells what they did themselves …
TOLD_OWN = re.compile(
    r"[^\n]{0,12}(?:เปิดเผย|เผย|กล่าว)ว่า (?:[^\n]{0,60}?(?:นี้|ที่ผ่านมา|\d\)?|น\.) ?)?(?:ตน)?ได้" + pattern("cues_own_deeds")
)
# … or says `ตนได้ลงพื้นที่`.
I_DID = re.compile(rf"ตน(?:เอง|ได้|ก็|จึง|และคณะ| ){{0,4}}{pattern('cues_first_person')}")
SAYS_BEHIND_BRACKET = re.compile(r" ?\([^()]{0,40}\) ?(?:กล่าว|เปิดเผย|เผย)")

# --- behind a list: a verb of all of it

TOGETHER = re.compile(pattern("cues_together"))
# With nothing but other participants before it, or another office; behind OTHER_… it is the verb of others.
JOINED = re.compile(rf"(?:^|[\s)]){pattern('cues_joined')}")
OTHER_CLAUSE = re.compile(pattern("cues_other_clause"))
DOES_BEHIND = re.compile(rf"[\s)](?:ได้|ให้เกียรติ)?{_TOOK_PART}")
OTHER_VERB = re.compile(pattern("cues_other_clause", "cues_said", "cues_at_a_desk"))

# `ก ข และ ค เป็นกรรมการ`: what they are, not what they do.
MEMBERS = re.compile(r" ?(?:ร่วม)?เป็น(?:(?:รอง)?ประธาน|ที่ปรึกษา|คณะ)?(?:อนุ)?กรรมการ(?!ตัดสิน)|เป็นผู้จัดทำ|เป็นครูที่ปรึกษา")

# --- before: what the person is to the sentence

# Those who took part; those who were told to, or are ordered or asked; those who are only spoken of.
ASSIGNED = words("cues_assigned")
ORDERED = words("cues_ordered")
WITH = (*words("cues_with"), *ASSIGNED)
OF = words("cues_of")
REPRESENTED = words("cues_represented")
# Words of OF that end a clause, too: the person behind them may begin the next.
END_A_CLAUSE = words("cues_end_a_clause")
VISIT_OF = re.compile(rf"{pattern('cues_visits')}(?:[^\n]{{0,40}}|[^\n]{{0,70}}[ \n])ของ ?$")
PARTY = "คณะของ"
SPEECH = words("cues_speech")
HELD_AT = re.compile(r"ในการประชุม|ในพิธี|ในงาน|เป็นประธาน|ในโอกาส|เนื่องในโอกาส")
APPOINTED = re.compile(rf" ?{pattern('cues_appointed')}")
# Before people beside whose appointment a cue says that they were there.
COMPANY = ("พร้อมด้วย", "โดยมี", "ร่วมกับ", "มอบหมายให้", "มอบให้")
# What a list is of, whose persons need not be there, and what begins one.
LISTED = re.compile(pattern("cues_listed"))
LISTED_AS = words("cues_listed_as")
# A line that names who made the news: `ข่าวโดย : ก`, `Editor ก`.
CREDIT = re.compile(rf"\W{{0,5}}{pattern('cues_credit')}[^:\n]{{0,20}}?(?:โดย ?[:/]?|[:/]|(?<=[a-z])) ?$")
# Who made something, and whose government it is: before โดย.
MADE_BY = re.compile(rf"{pattern('cues_made_by')} ?โดย$")
HEADED_BY = re.compile(rf"{pattern('cues_headed_by')} ?โดย$")
# A committee that a person chairs, and its meeting.
COMMITTEE = re.compile(r"(?:คณะกรรมการ|คณะอนุ|คณะทำงาน|คณะกรรมาธิการ|บอร์ด)[^\n]{0,120}(?:ซึ่ง|ที่)มี ?$")
CHAIRS = re.compile(r" ?เป็น(?:รอง)?(?:ประธาน|กรรมการ|หัวหน้า|เลขา|ที่ปรึกษา)")
MEETING = re.compile("ประชุม")
# To whom something is handed over; between whom it is signed; a prize.
RECEIVERS = words("cues_receivers")
HANDED_OVER = re.compile(pattern("cues_handed_over"))
SIGNED = re.compile(r"ลงนาม|(?:การ(?:ประชุม|หารือ)|พบหารือ)ระหว่าง ?$")
PRIZE = re.compile("รางวัล")
MET = re.compile(pattern("cues_met"))
# Who speaks or gives there: `รับฟัง … จาก`; but not `รับมอบหมายจาก`.
_GIVEN = "ฟัง|มอบ(?!หมาย)|หนังสือ|เรื่อง|ข้อ|รางวัล|โล่|โอวาท|เกียรติบัตร|เครื่อง|ธง|บริจาค|การต้อนรับ|การเข้า"
RECEIVED = re.compile(rf"(?:รับ(?:{_GIVEN}))(?:(?!รับมอบหมาย)[^\n]){{0,160}}จาก ?\(?$")
# Somebody else tells it: `เปิดเผยว่า ก …`.
TOLD = re.compile(r"(?:เปิดเผย|เผย|กล่าว|ระบุ|ยืนยัน|ชี้แจง)(?:เพิ่มเติม|ต่อ|อีก)?(?:ว่า)?$")

# --- before: where the sentence is said to be

# At a place, or behind a meeting. No quotation ends between.
AT_PLACE = re.compile(rf"(?:(?:^| )(?:ณ |ที่{pattern('cues_places')})|{pattern('cues_after')})[^”\"]*$")
# What happened next there: `โอกาสนี้ ก กล่าวขอบคุณ`.
THEN = re.compile(rf"(?<!นอก){pattern('cues_then')}$")
# It begins with a day, an hour or a place, and comes to the person with no other clause between.
_OTHER_CLAUSE_BEFORE = r"(?![^\n]*(?:ว่า|นโยบาย|“|\(\ ?$|ท่าน\ ?$|ให้\ ?$|ซึ่ง\ ?$|แก่\ ?$))"
THERE = re.compile(rf"\W*(?:ใน|ต่อมา|เมื่อ|ช่วง| ){{0,3}}{pattern('cues_when')}{_OTHER_CLAUSE_BEFORE}")
# What stands before persons who are named in a clause of a sentence that goes on behind it.
CLAUSES = words("cues_clauses")

# --- between the persons of a list

GAP = re.compile(rf"(?:[ ,;:/\n•\-–]|\d{{1,2}}[.)]|{pattern('cues_connectors')}){{0,6}}")
# What makes a sentence of a gap.
SENTENCE = re.compile(rf"\n|{pattern('cues_sentence')}|[a-z]{{3}}")
LINKED = re.compile("พร้อม|ร่วม")
# Between two lists: the number of the next item.
NEXT_ITEM = re.compile(r"^[^\n]*?(?:\s|และ|,)\(?[\d๑-๙]{1,2}[.)]\)? ?$")
