"""Arguments are read and checked before the first request."""

from __future__ import annotations

import pytest

from thaigov_crawler.errors import ArgumentError
from thaigov_crawler.spiders.arguments import ALL_IDS, ArticleIds, check_names


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("97005", ((97005, 97005),)),
        ("96700-96800", ((96700, 96800),)),
        ("96700-96800,97005", ((96700, 96800), (97005, 97005))),
        ("96700-", ((96700, None),)),
        ("1,5-,3-4", ((1, 1), (3, None))),
        ("7-7", ((7, 7),)),
        (" 96700 - 96800 , 97005 ", ((96700, 96800), (97005, 97005))),
        ("999999999", ((999_999_999, 999_999_999),)),
    ],
)
def test_ids(text, ranges):
    assert ArticleIds.parse(text).ranges == ranges


BAD_IDS = [
    *("abc", "9-5", "", " ", ",", "1,", ",1", "1,,2", "1--2", "-5", "-", "--", "1-2-3", "1.5", "1e3", "0x10"),
    *(
        "1 2",
        "1;2",
        "+5",
        "1_000",
        "9" * 10,
        "1-" + "9" * 10,
        "9" * 5000,
        "๑๒",
        "1-๒",
        "๙๖๗๐๐-",
        "1–2",
        "9-\n5",
        "1\n2",
    ),
]


@pytest.mark.parametrize("text", BAD_IDS, ids=lambda text: ascii(text[:12]))
def test_bad_ids(text):
    with pytest.raises(ArgumentError) as error:
        ArticleIds.parse(text)
    message = str(error.value)
    assert message.startswith(f"argument ids: {text!r} is not allowed: ")
    assert "96700-96800,97005" in message
    assert len(message.splitlines()) == 1


def test_ids_contain_their_ends_and_what_lies_between():
    ids = ArticleIds.parse("10-12,20,30-")
    assert [number for number in range(40) if number in ids] == [10, 11, 12, 20, *range(30, 40)]
    assert 10**12 in ids


def test_all_ids():
    assert [number for number in (-1, 0, 1, 100_000, 10**12) if number in ALL_IDS] == [1, 100_000, 10**12]


KNOWN = ("source", "ids")


@pytest.mark.parametrize(
    "arguments", [{}, {"ids": "1"}, {"source": "sample", "ids": "1"}, {"_job": "1f", "_version": "2"}]
)
def test_known_names(arguments):
    check_names(arguments, KNOWN)


@pytest.mark.parametrize("name", ["id", "IDS", "sources", "ids ", "", "job", "-ids"])
def test_unknown_names(name):
    with pytest.raises(ArgumentError) as error:
        check_names({"ids": "1", name: "5\n6"}, KNOWN)
    message = str(error.value)
    assert message == f"argument {name}: '5\\n6' is not allowed: this spider knows source, ids"


def test_a_missing_argument_is_said_to_be_missing():
    assert str(ArgumentError("source", None, "must be sample")) == "argument source: is missing: must be sample"


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("5,1-3,2-4", ((1, 5),)),
        ("9-,3,4,12", ((3, 4), (9, None))),
        ("1,3,5", ((1, 1), (3, 3), (5, 5))),
    ],
)
def test_ranges_are_in_order_and_without_overlaps(text: str, ranges: tuple) -> None:
    assert ArticleIds.parse(text).ranges == ranges
