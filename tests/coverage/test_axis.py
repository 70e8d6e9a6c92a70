"""The axis of article IDs: every number counted by hand, or against a plain list of all IDs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaigov_crawler.coverage.axis import Axis, Part, State
from thaigov_crawler.store.coverage import FORGOTTEN, NEVER, Stretch

KNOWN = [
    Stretch(8, 11, "stored"),
    Stretch(12, 13, "absent"),
    Stretch(14, 14, "moved"),
    Stretch(15, 15, "malformed"),
    Stretch(18, 18, "stored"),
    Stretch(20, 21, "refused"),
]


def said(parts: list[Part]) -> list[tuple[str, int, dict[str, int]]]:
    return [(part.name, part.length, dict(part.kinds)) for part in parts]


def test_the_whole_axis() -> None:
    whole = Axis(KNOWN).whole
    assert (whole.name, whole.length) == ("8-21", 14)
    assert whole.states == {State.STORED: 5, State.ABSENT: 3, State.FAILED: 3, State.NEVER: 3}
    assert whole.share_stored == 5 / 14
    assert whole.kinds_of(State.ABSENT) == [("absent", 2), ("moved", 1)]
    assert whole.kinds_of(State.FAILED) == [("refused", 2), ("malformed", 1)]


def test_blocks_are_cut_to_the_axis() -> None:
    assert said(Axis(KNOWN).blocks(3)) == [
        ("8-10", 3, {"stored": 3}),
        ("11-20", 10, {"stored": 2, "absent": 2, "moved": 1, "malformed": 1, NEVER: 3, "refused": 1}),
        ("21", 1, {"refused": 1}),
    ]


@pytest.mark.parametrize(
    ("last", "size"), [(240, 10), (241, 20), (481, 50), (1201, 100), (2401, 200), (100_700, 5000), (240_001, 20_000)]
)
def test_the_size_of_blocks_follows_the_range(last: int, size: int) -> None:
    blocks = Axis([Stretch(1, last, "stored")]).blocks(24)
    assert blocks[0].name == f"1-{size}"
    assert len(blocks) == -(-last // size)


def test_gaps_the_longest_first() -> None:
    assert said(Axis(KNOWN).gaps()) == [
        ("12-17", 6, {"absent": 2, "moved": 1, "malformed": 1, NEVER: 2}),
        ("19-21", 3, {NEVER: 1, "refused": 2}),
    ]


def test_gaps_of_one_length_by_id() -> None:
    axis = Axis([Stretch(2, 2, "stored"), Stretch(4, 4, "stored"), Stretch(6, 6, "stored")])
    assert [gap.name for gap in axis.gaps()] == ["3", "5"]


def test_forgotten_ids_are_told_of_where_there_are_any() -> None:
    axis = Axis([Stretch(1, 2, "stored"), Stretch(3, 3, FORGOTTEN), Stretch(4, 4, "stored")])
    assert axis.states == [State.STORED, State.ABSENT, State.FAILED, State.FORGOTTEN]
    assert axis.gaps()[0].states == {State.FORGOTTEN: 1}
    assert Axis(KNOWN).states == [State.STORED, State.ABSENT, State.FAILED, State.NEVER]


def test_no_gap_and_nothing_but_a_gap() -> None:
    assert Axis([Stretch(1, 9, "stored")]).gaps() == []
    assert said(Axis([Stretch(4, 4, "failed")]).gaps()) == [("4", 1, {"failed": 1})]


def test_nothing_known() -> None:
    with pytest.raises(ValueError, match="nothing is known"):
        Axis([])


@given(st.lists(st.sampled_from(["stored", "absent", "failed", NEVER]), min_size=1, max_size=60), st.integers(1, 50))
def test_every_id_is_counted_once(kinds: list[str], first: int) -> None:
    known = [Stretch(number, number, kind) for number, kind in enumerate(kinds, first) if kind != NEVER]
    if not known:
        return
    axis = Axis(known)
    inside = kinds[known[0].first - first : known[-1].last - first + 1]
    for parts in ([axis.whole], axis.blocks(4), axis.parts_of(7)):
        assert all(part.kinds.total() == part.length for part in parts)
        assert sum((part.kinds for part in parts), start=type(parts[0].kinds)()) == {
            kind: inside.count(kind) for kind in set(inside)
        }
    assert sum(gap.length for gap in axis.gaps()) == len(inside) - inside.count("stored")
