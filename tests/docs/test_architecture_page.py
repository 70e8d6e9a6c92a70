"""The map of the code is true: its rooms are those of the test, and one article goes the way that it describes."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.commands import ROOT, scrapy
from tests.test_architecture import FLOORS, MODULES, may_import, room_of

PAGE = (ROOT / "docs" / "contributing" / "architecture.md").read_text("utf-8")
# Prints the functions of the package in the order in which they are first called, once all of it is imported.
TRACER = """
import sys, threading
from scrapy.cmdline import execute
from scrapy.utils.misc import walk_modules_iter
for room in ("commands", "spiders", "extensions", "pipelines", "middlewares"):
    list(walk_modules_iter(f"thaigov_crawler.{room}"))
package, called = sys.argv.pop(1), {}
def trace(frame, event, _):
    code = frame.f_code
    if event == "call" and code.co_filename.startswith(package):
        called.setdefault(f"{code.co_filename[len(package):]}: {code.co_qualname}")
threading.setprofile(trace)
sys.setprofile(trace)
try:
    execute()
finally:
    sys.setprofile(None)
    print("\\n".join(called))
"""


def section(title: str) -> str:
    """The text below a heading, up to the next one of its level."""
    return re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)[1]


def test_the_floors_are_those_that_are_held() -> None:
    rows = re.findall(r"^\| (\d) \| (.*) \|$", section("Rooms"), re.MULTILINE)
    assert {int(floor): set(re.findall(r"`(\w+)`", rooms)) for floor, rooms in rows} == dict(enumerate(FLOORS, 1))


def test_every_room_is_described() -> None:
    described = re.findall(r"^\| `(\w+)` \| \w", section("Rooms"), re.MULTILINE)
    assert {*described, "settings", "__init__"} == {room_of(path) for path in MODULES}
    assert len(set(described)) == len(described)


def test_every_module_of_the_larger_rooms_is_on_the_map() -> None:
    table = r"^\| modules of `([\w/]+)` \|.*\n\|[-|]+\|\n((?:\|.*\n)+)"
    described: dict[str, list[str]] = {}
    for folder, rows in re.findall(table, section("Inside the larger rooms"), re.MULTILINE):
        first_cells = " ".join(re.findall(r"^\| (.*?) \|", rows, re.MULTILINE))
        described[folder] = sorted(re.findall(r"`(\w+)`", first_cells))
    rooms = {folder.partition("/")[0] for folder in described}
    modules: dict[str, list[str]] = {}
    for path in (ROOT / "thaigov_crawler").rglob("*.py"):
        folder = path.parent.relative_to(ROOT / "thaigov_crawler").as_posix()
        if folder.partition("/")[0] in rooms and path.stem != "__init__":
            modules.setdefault(folder, []).append(path.stem)
    assert described == {folder: sorted(names) for folder, names in modules.items()}
    assert {"thai", "sources", "store", "browse", "commands"} == rooms


def test_the_exception_is_the_only_one() -> None:
    beside = {
        (room, other)
        for number, floor in enumerate(FLOORS)
        for room in floor
        for other in may_import(room) - set().union(*FLOORS[:number])
    }
    assert beside == {("sources", "checked")}
    assert "one exception: `sources` may import `checked`" in " ".join(PAGE.split())


def test_an_article_goes_the_way_that_is_described(tmp_path: Path) -> None:
    way = section("The way of one article")
    described = re.findall(r"^\| `([\w/]+\.py: [\w.]+)` \|", way, re.MULTILINE)
    crawl = re.search(r"^\$ scrapy (.*?) 2>&1", way, re.MULTILINE)[1].split()
    options = (f"-sTHAIGOV_DIR={tmp_path}", "-sLOG_LEVEL=DEBUG")
    done = scrapy(f"{ROOT}/thaigov_crawler/", *crawl, *options, code=TRACER)
    assert done.returncode == 0, done.stderr
    assert "1 stored" in done.stderr
    called = [line for line in done.stdout.splitlines() if line in described]
    assert called == described
    assert f"<GET {re.search(r'`(warc://[^`]+)`', way)[1]}>" in done.stderr
