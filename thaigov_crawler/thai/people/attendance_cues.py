"""Cues of taking part: the words before and behind the people a text names."""

from __future__ import annotations

import re

from thaigov_crawler.thai.words import Shape, pattern, words

# A verb of taking part; one of saying or ordering.
_DOES = (
    Shape("ลงนาม", "(?!(?:ใน|\\ )*(?:ประกาศ|คำสั่ง|กฎ|ระเบียบ|หนังสือแจ้ง|แต่งตั้ง))"),
    Shape("กล่าวกับสื่อ", r"[ก-๎]{0,12}\ ?(?:ภายหลัง|หลัง|ระหว่าง)"),
    Shape("กล่าวกับผู้สื่อ", r"[ก-๎]{0,12}\ ?(?:ภายหลัง|หลัง|ระหว่าง)"),
)
DOES = re.compile(rf"{pattern('cues_fillers')}{{0,6}}{pattern('cues_took_part', _DOES)}")
SAYS = re.compile(rf"(?:ได้|ยัง|ก็|ว่า| ){{0,6}}{pattern('cues_said')}")
# What stands before those who took part, those who were told to, and those who are only spoken of.
ASSIGNED = words("cues_assigned")
WITH = (*words("cues_with"), *ASSIGNED)
OF = words("cues_of")
# Before people beside whose appointment a cue says that they were there.
COMPANY = ("พร้อมด้วย", "โดยมี", "ร่วมกับ", "มอบหมายให้", "มอบให้")

# What parts the persons of a list, and what makes a sentence of it.
GAP = re.compile(rf"(?:[ ,;:/\n•\-–]|\d{{1,2}}[.)]|{pattern('cues_connectors')}){{0,6}}")
SENTENCE = re.compile(rf"\n|{pattern('cues_sentence')}|[a-z]{{3}}")
LINKED = re.compile("พร้อม|ร่วม")
TOGETHER = re.compile(pattern("cues_together"))
# A verb of taking part that closes a list, with nothing but other participants before it.
JOINED = re.compile(rf"(?:^|[\s)]){pattern('cues_joined')}")
OTHER_CLAUSE = re.compile(pattern("cues_other_clause"))

APPOINTED = re.compile(rf" ?{pattern('cues_appointed')}")
IN_ROLE = re.compile(rf" ?ในฐานะ[^\n]{{0,90}}? (?={pattern('cues_in_role')})")
# Who speaks or gives there: `รับฟัง … จาก`; but not `รับมอบหมายจาก`.
RECEIVED = re.compile(r"(?:รับ(?:ฟัง|มอบ(?!หมาย)|หนังสือ|เรื่อง|ข้อ))(?:(?!รับมอบหมาย)[^\n]){0,110}จาก ?\(?$")
# `เปิดเผยว่า เมื่อเร็ว ๆ นี้ได้เป็นประธาน…`: the speaker tells what they did themselves …
TOLD_OWN = re.compile(
    r"[^\n]{0,12}(?:เปิดเผย|เผย|กล่าว)ว่า (?:[^\n]{0,60}?(?:นี้|ที่ผ่านมา|\d\)?|น\.) ?)?(?:ตน)?ได้" + pattern("cues_own_deeds")
)
# … or says `ตนได้ลงพื้นที่`.
I_DID = re.compile(rf"ตน(?:เอง|ได้|ก็|จึง|และคณะ| ){{0,4}}{pattern('cues_first_person')}")
SAYS_BEHIND_BRACKET = re.compile(r" ?\([^()]{0,40}\) ?(?:กล่าว|เปิดเผย|เผย)")
