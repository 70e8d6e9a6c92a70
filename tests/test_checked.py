"""Settings read and checked."""

from __future__ import annotations

import pytest
from scrapy.settings import Settings

from tests.support.tables import every_row
from thaigov_crawler.checked import check_settings, wants_recording
from thaigov_crawler.errors import SettingError

GOOD = {
    "THAIGOV_CONTACT": None,
    "THAIGOV_PAUSE": "0.5",
    "THAIGOV_ABSENT_AGAIN_DAYS": 30,
    "THAIGOV_TOLERATED_FAILURES": "0",
    "THAIGOV_RECORD": "True",
}


def test_good_ones_pass() -> None:
    check_settings(Settings(GOOD))


@every_row(
    ("name", "value", "allowed"),
    [
        ("THAIGOV_CONTACT", "call me", "an e-mail address or a URL"),
        ("THAIGOV_PAUSE", "-1", "a number, 0 or more, as in 0.5"),
        ("THAIGOV_PAUSE", "soon", "a number, 0 or more, as in 0.5"),
        ("THAIGOV_ABSENT_AGAIN_DAYS", "inf", "a number, 0 or more, as in 0.5"),
        ("THAIGOV_TOLERATED_FAILURES", "1.5", "a share from 0 to 1, as in 0.05"),
        ("THAIGOV_RECORD", "maybe", "True or False"),
    ],
)
def test_a_bad_one_is_named(name: str, value: str, allowed: str) -> None:
    with pytest.raises(SettingError) as caught:
        check_settings(Settings({**GOOD, name: value}))
    assert str(caught.value) == f"setting {name}: {value!r} is not allowed: {allowed}"


@every_row(("value", "wanted"), [("True", True), ("0", False), (False, False)])
def test_recording(value: object, wanted: bool) -> None:
    assert wants_recording(Settings({"THAIGOV_RECORD": value})) is wanted
