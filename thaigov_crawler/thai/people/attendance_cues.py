"""Cues of taking part: patterns of the words before and behind the people whom a text names."""

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
    Shape("เป็นประธานคณะ", r"[^\n]{0,120}ครั้งที่"),  # only a meeting of a committee has a number
    Shape("กล่าวกับสื่อ", _AFTER_IT),
    Shape("กล่าวกับผู้สื่อ", _AFTER_IT),
)
_TOOK_PART = pattern("cues_took_part", _DOES)
DOES = re.compile(rf"{pattern('cues_fillers')}{{0,6}}{_TOOK_PART}")
# Verbs of saying or ordering, verbs of making a statement, and verbs of summing up what others said.
SAYS = re.compile(rf"(?:ได้|จึง|ยัง|ก็|ว่า| ){{0,6}}{pattern('cues_said')}")
STATES = re.compile(rf"(?:ได้|ยัง|ก็| ){{0,4}}{pattern('cues_states')}")
# Somebody goes on to say more: จากนั้น ก ได้กล่าวเพิ่มเติม.
ADDS = re.compile(r"(?:ได้|ยัง|ก็| ){0,4}(?:กล่าว|เปิดเผย|เผย)(?:เพิ่มเติม|ต่อ|เสริม)")
SUMS_UP = re.compile(r"(?:ได้| ){0,3}(?:(?:กล่าว)?สรุป|(?:กล่าว|เปิดเผย|เผย)(?:ถึง)?(?:สาระสำคัญ|ผล))")
# `ก เข้าพบ ข สรุปสาระสำคัญ ดังนี้`: the text sums up, not ข.
SUMMARY = re.compile(r" ?สรุป(?:สาระ|ประเด็น|ผล|ดัง|ได้)")
SPOKESPERSON = "โฆษก"
# What somebody tells, if the title of another person follows: `เปิดเผยว่า นาย ก ได้ …`.
TELLS = re.compile(r"(?:ได้| ){0,3}(?:กล่าว|เปิดเผย|เผย)(?:ว่า)?\ ?")
# Verbs of what needs no presence. They count if somebody else tells it, or behind `โดย ก`.
AT_A_DESK = re.compile(rf"(?:ได้|จะ|ก็|ยัง|มีการ| ){{0,4}}{pattern('cues_at_a_desk')}")
DOES_ELSEWHERE = re.compile(rf"(?:ได้|จะ|ก็|ยัง|จึง| ){{0,4}}{pattern('cues_does_elsewhere')}")
# Any other word behind a person that may be a verb.
_NO_DEED = pattern("cues_no_deed", "cues_said", "cues_at_a_desk", "cues_does_elsewhere")
ANY_DEED = re.compile(rf" ?(?:ได้|จึง|ยัง|ก็| )?(?!{_NO_DEED})[ก-ฮเ-ไ]")
# `ก ให้ ข เข้าพบ`: ข calls on ก.
LETS_CALL = re.compile(r" ?(?:ได้)?(?:อนุญาต)?ให้[^\n]{4,180}เข้า(?:พบ|เยี่ยม|หารือ|คารวะ)")
CALLS = re.compile(r"[^\n]{0,160}เข้า(?:พบ|เยี่ยม|หารือ|คารวะ)")
# A line that begins with one of these goes on from the line before, because the text is broken at a width.
GOES_ON = re.compile(rf"[a-z]|ในฐานะ|(?:ได้|ให้เกียรติ|จะ)?{_TOOK_PART}|(?:ได้)?{pattern('cues_said')}")
_IN_ROLE = pattern("cues_in_role", "cues_said", "cues_at_a_desk")
# The verb may follow a role without a space: `ในฐานะหัวหน้าคณะได้เข้าร่วม`.
_GLUED = r"[^\s]{2,90}?(?<!ราย)(?<!ผู้)(?=ได้|เข้าร่วม|เป็นประธาน(?:เปิด|ใน)|เปิดเผย|กล่าวว่า)"
IN_ROLE = re.compile(rf" ?ในฐานะ(?:[^\n]{{0,140}}?[ )](?=(?:{_IN_ROLE}|{_TOOK_PART}))|{_GLUED})")
# Speakers tell what they did themselves: `เปิดเผยว่า เมื่อเร็ว ๆ นี้ได้เป็นประธาน…`.
TOLD_OWN = re.compile(
    r"[^\n]{0,12}(?:เปิดเผย|เผย|กล่าว)ว่า (?:[^\n]{0,60}?(?:นี้|ที่ผ่านมา|\d\)?|น\.) ?)?(?:ตน)?ได้" + pattern("cues_own_deeds")
)
# Speakers say `ตนได้ลงพื้นที่` ("I went there").
I_DID = re.compile(rf"ตน(?:เอง|ได้|ก็|จึง|และคณะ| ){{0,4}}{pattern('cues_first_person')}")
SAYS_BEHIND_BRACKET = re.compile(r" ?\([^()]{0,40}\) ?(?:กล่าว|เปิดเผย|เผย)")

# --- behind a list: a verb for all of it

TOGETHER = re.compile(pattern("cues_together"))
# A verb that closes a list. Only other participants or another office may stand before it. Behind a word of
# OTHER_CLAUSE it is the verb of others.
JOINED = re.compile(rf"(?:^|[\s)]){pattern('cues_joined')}")
OTHER_CLAUSE = re.compile(pattern("cues_other_clause"))
DOES_BEHIND = re.compile(rf"[\s)](?:ได้|ให้เกียรติ)?{_TOOK_PART}")
OTHER_VERB = re.compile(pattern("cues_other_clause", "cues_said", "cues_at_a_desk"))

# `ก ข และ ค เป็นกรรมการ` says what they are, and does not say what they do.
MEMBERS = re.compile(r" ?(?:ร่วม)?เป็น(?:(?:รอง)?ประธาน|ที่ปรึกษา|คณะ)?(?:อนุ)?กรรมการ(?!ตัดสิน)|เป็นผู้จัดทำ|เป็นครูที่ปรึกษา")

# --- before: what the persons are in the sentence

# Words before those who took part, before those who are told, ordered or asked to do something, and before those who
# are only spoken of.
ASSIGNED = words("cues_assigned")
ORDERED = words("cues_ordered")
WITH = (*words("cues_with"), *ASSIGNED)
# Those of ORDERED behind which somebody may be sent to a raid.
SENT = ("สั่งการให้", "สั่งให้")
OF = words("cues_of")
REPRESENTED = words("cues_represented")
# Words of OF that may also end a clause. Then the person behind them may begin the next one.
END_A_CLAUSE = words("cues_end_a_clause")
# Those of END_A_CLAUSE behind which the person who is thanked must stand.
THANKED = ("ขอขอบคุณ", "ต้องขอบคุณ")
VISIT_OF = re.compile(
    rf"{pattern('cues_visits')}(?:[^\n]{{0,40}}|[^\n]{{0,70}}[ \n])(?<!นโยบาย)(?<!สั่งการ)(?<!มอบหมาย)ของ ?$"
)
PARTY = "คณะของ"
# Others stand in the company before the person: ร่วมกับผู้นำชาติอาเซียนและ ก.
WITH_OTHERS = re.compile(
    r"(?:พร้อมด้วย|ร่วมกับ|โดยมี|พร้อมกับ)[^\S\n]?(?:ผู้|คณะ|เจ้าหน้าที่|หัวหน้า|ภริยา|รัฐมนตรี)[ก-๎ฯ]{2,50}(?<!ร่วม)(?:,|และ)$"
)
SPEECH = words("cues_speech")
HELD_AT = re.compile(r"ในการประชุม|ในพิธี|ในงาน|เป็นประธาน|ในโอกาส|เนื่องในโอกาส")
APPOINTED = re.compile(rf" ?{pattern('cues_appointed')}")
# Words before people who were there although an appointment is told beside them.
COMPANY = ("พร้อมด้วย", "โดยมี", "ร่วมกับ", "มอบหมายให้", "มอบให้")
# What a list is of if its persons need not be there, and the words that begin such a list.
LISTED = re.compile(pattern("cues_listed"))
LISTED_AS = words("cues_listed_as")
# A line that names who made the news: `ข่าวโดย : ก`, `Editor ก`.
CREDIT = re.compile(rf"\W{{0,5}}{pattern('cues_credit')}[^:\n]{{0,20}}?(?:โดย ?[:/]?|[:/]|(?<=[a-z])) ?$")
# Words before โดย (by): somebody made something, or it is their government.
MADE_BY = re.compile(rf"{pattern('cues_made_by')} ?โดย$")
HEADED_BY = re.compile(rf"{pattern('cues_headed_by')} ?โดย$")
# A committee that somebody chairs, and a meeting of it.
COMMITTEE = re.compile(r"(?:คณะกรรมการ|คณะอนุ|คณะทำงาน|คณะกรรมาธิการ|บอร์ด)[^\n]{0,120}(?:ซึ่ง|ที่)มี ?$")
CHAIRS = re.compile(r" ?เป็น(?:รอง)?(?:ประธาน|กรรมการ|หัวหน้า|เลขา|ที่ปรึกษา)")
MEETING = re.compile("ประชุม")
COMMITTEE_MEETS = re.compile(r"ประชุมคณะ(?:อนุ)?กรรมการ(?:(?!ตั้ง|มอบหมาย|เห็นชอบ)[^\n]){0,140}(?:ที่|ซึ่ง|โดย)มี ?$")
# Words for what is handed over and to whom, for what is signed between people, and for a prize.
RECEIVERS = words("cues_receivers")
HANDED_OVER = re.compile(pattern("cues_handed_over"))
SIGNED = re.compile(r"ลงนาม|(?:การ(?:ประชุม|หารือ)|พบหารือ)ระหว่าง ?$")
PRIZE = re.compile("รางวัล")
MET = re.compile(pattern("cues_met"))
# Words before a person who speaks or gives something there: `รับฟัง … จาก`. `รับมอบหมายจาก` is none of them.
_GIVEN = "ฟัง|มอบ(?!หมาย)|หนังสือ|เรื่อง|ข้อ|รางวัล|โล่|โอวาท|เกียรติบัตร|เครื่อง|ธง|บริจาค|การต้อนรับ|การเข้า"
RECEIVED = re.compile(rf"(?:รับ(?:{_GIVEN}))(?:(?!รับมอบหมาย)[^\n]){{0,160}}จาก ?\(?$")
# Somebody has not met them, or will only talk with them: ยังไม่ได้พูดคุยกับ, จะมีการพูดคุยกับ.
NOT_MET = re.compile(r"(?:จะ(?:มีการ|ได้|ต้อง)?(?:พูด)?คุย|ไม่(?:ได้|เคย)(?:มีการ|ได้)?(?:(?:พูด)?คุย|หารือ|พบ|เจอ))\S{0,30}กับ ?$")
# The visitors stand before the person: `ก พร้อมด้วย ข พบ ค`.
VISITED = re.compile(r"(?:^|พร้อม[^\n]*) พบ ?$")
# What those do who are sent: they raid or search a place.
RAIDS = re.compile(rf"(?:(?!สั่งการ|ส่วน)[^\n]){{0,150}}?{pattern('cues_raids')}")
# Somebody else tells what follows: `เปิดเผยว่า ก …`.
TOLD = re.compile(r"(?:เปิดเผย|เผย|กล่าว|ระบุ|ยืนยัน|ชี้แจง)(?:เพิ่มเติม|ต่อ|อีก)?\ ?(?:ว่า)?$")

# --- before: where the sentence takes place

# At a place, or behind a meeting. No quotation ends in between.
AT_PLACE = re.compile(rf"(?:(?:^| )(?:ณ |ที่ ?{pattern('cues_places')})|{pattern('cues_after')})[^”\"]*$")
# What happened next there: `โอกาสนี้ ก กล่าวขอบคุณ`.
THEN = re.compile(rf"(?<!นอก){pattern('cues_then')}$")
# The sentence begins with a day, an hour or a place. No other clause stands between that and the person.
_OTHER_CLAUSE_BEFORE = r"(?![^\n]*(?:ว่า|นโยบาย|“|\(\ ?$|ท่าน\ ?$|ให้\ ?$|ซึ่ง\ ?$|แก่\ ?$))"
THERE = re.compile(rf"\W*(?:ใน|ต่อมา|เมื่อ|ช่วง| ){{0,3}}{pattern('cues_when')}{_OTHER_CLAUSE_BEFORE}")
# Words before persons whom a clause names, while the sentence goes on behind the clause.
CLAUSES = words("cues_clauses")

# --- between the persons of a list

GAP = re.compile(rf"(?:[ ,;:/\n•\-–]|\d{{1,2}}[.)]|{pattern('cues_connectors')}){{0,6}}")
# Words that make a sentence of what stands between two persons.
SENTENCE = re.compile(rf"\n|{pattern('cues_sentence')}|[a-z]{{3}}")
LINKED = re.compile("พร้อม|ร่วม")
# The number of the next item, between two lists.
NEXT_ITEM = re.compile(r"^[^\n]*?(?:\s|และ|,)\(?[\d๑-๙]{1,2}[.)]\)? ?$")
# What the first one is in a committee, before the next one: `ก เป็นประธานกรรมการ ข เป็นเลขานุการ`.
NEXT_MEMBER = re.compile(rf"(?: ?\([^()\n]*\))?(?:{MEMBERS.pattern})[^ \n]{{0,30}} ?(?:และ ?)?$")
