"""Offices that one person holds at a time."""

from __future__ import annotations

from tests.support.tables import every_row
from thaigov_crawler.thai.unique_offices import unique_offices

ENERGY, DEFENCE, PM = "รัฐมนตรีว่าการกระทรวงพลังงาน", "รัฐมนตรีว่าการกระทรวงกลาโหม", "นายกรัฐมนตรี"


@every_row(
    ("position", "offices"),
    [
        ("นายกรัฐมนตรี", {PM}),
        ("Prime Minister", {PM}),
        ("prime  minister", {PM}),
        ("รมว.พลังงาน", {ENERGY}),
        ("Energy Minister", {ENERGY}),
        ("นายกรัฐมนตรี และรัฐมนตรีว่าการกระทรวงกลาโหม", {PM, DEFENCE}),
        ("Prime Minister and Minister of Defence", {PM, DEFENCE}),
        ("รองนายกรัฐมนตรีและรัฐมนตรีว่าการกระทรวงพลังงาน", {ENERGY}),
        ("Deputy Prime Minister and Minister of Energy", {ENERGY}),
    ],
)
def test_an_office_in_both_languages(position: str, offices: set[str]) -> None:
    assert unique_offices(position) == offices


@every_row(
    "position",
    [
        "รองนายกรัฐมนตรี",
        "Deputy Prime Minister",
        "อดีตนายกรัฐมนตรี",
        "Former Prime Minister",
        "รักษาการนายกรัฐมนตรี",
        "Acting Prime Minister",
        "ที่ปรึกษานายกรัฐมนตรี",
        "Adviser to the Prime Minister",
        "รัฐมนตรีช่วยว่าการกระทรวงพลังงาน",
        "Deputy Minister of Energy",
        "เลขานุการรัฐมนตรีว่าการกระทรวงพลังงาน",
        "รองโฆษกประจำสำนักนายกรัฐมนตรี",
        "Deputy Government Spokesperson",
        "Prime Minister of Japan",
        "นายกรัฐมนตรีญี่ปุ่น",
        "Secretary to the Prime Minister and Minister of Energy",
        "",
    ],
)
def test_other_offices(position: str) -> None:
    assert not unique_offices(position)
