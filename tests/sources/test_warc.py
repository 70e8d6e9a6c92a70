"""WARC files as a source."""

from __future__ import annotations

from pathlib import Path

from tests.warcs import warc_of
from thaigov_crawler.sources.warc import WarcSource
from thaigov_crawler.spiders.arguments import ALL_IDS


class NoStats:
    def inc_value(self, name: str) -> None:
        pass


def test_planning_stops_when_it_is_told_to(tmp_path: Path) -> None:
    source = WarcSource("warc:x", warc_of(range(1, 50)).write(tmp_path / "x.warc.gz"))
    asked = iter([False] * 7 + [True] * 50)
    assert source.list_records(ALL_IDS, NoStats(), lambda: next(asked)) == 7


def test_linked_folders_are_followed_once(tmp_path: Path) -> None:
    warc_of(range(1, 3)).write(tmp_path / "elsewhere" / "x.warc.gz")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "back").symlink_to(tmp_path / "in")
    assert WarcSource("warc:x", tmp_path / "in").list_records(ALL_IDS, NoStats()) == 2


def test_a_name_that_is_no_text_is_a_name(tmp_path: Path) -> None:
    path = Path(str(tmp_path / "in")) / "\udcff.warc.gz"
    warc_of(range(1, 3)).write(path)
    source = WarcSource("warc:x", tmp_path / "in")
    source.list_records(ALL_IDS, NoStats())
    assert next(source.requests()).url.startswith("warc://%FF.warc.gz/0/")
