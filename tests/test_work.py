"""The work of reading a text grows no faster than the text. It is counted (see tests/support/work.py).

These texts are short, and a third of the known cases. All of them with longer texts, up to a million bytes, and more random
texts are read in tests/soak/test_costly.py.
"""

from __future__ import annotations

import ast
import random
import re

from tests.support.commands import ROOT
from tests.support.costly import CASES, assert_linear, fuzzed, mutated, page, read_article, read_relaunched, relaunched
from tests.support.tables import every_row
from tests.support.work import work_of

SIZE = 2000  # bytes
SHORT = 1000  # bytes, of the known cases: counting the steps of patterns takes long


@every_row("name", list(CASES)[::3])
def test_with_the_steps_of_our_patterns(name: str) -> None:
    assert_linear(CASES[name], SHORT, patterns=True)


@every_row("number", range(20))
def test_of_what_chance_repeats(number: int) -> None:
    assert_linear(fuzzed(random.Random(number)), SIZE, patterns=True, least=1)


@every_row("number", range(10))
def test_of_what_chance_makes_of_a_page(number: int) -> None:
    """A page of which parts are missing, doubled or moved takes no more for a character than any page may."""
    source = random.Random(number)
    html = mutated(source, source.choice((page("<p>ชาวสวนปลูกป่า</p>" * 20), relaunched("<p>ชาวสวนปลูกป่า</p>" * 20))))
    for read in (read_article, read_relaunched):
        read(html)
        assert work_of(lambda: read(html)) < 1000 * (len(html) + 1000)  # noqa: B023


@every_row("module", ["classic", "listing", "markup"])
def test_what_is_asked_of_a_tree_takes_each_element_once(module: str) -> None:
    """libxml2's work cannot be counted. It is linear for a name of a tag, and is asked for nothing else."""
    tree = ast.parse((ROOT / "thaigov_crawler" / "pages" / f"{module}.py").read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    asked = [call.args[0] for call in calls if call.func.attr in ("xpath", "XPath", "css")]
    assert asked or module == "markup"
    for query in asked:
        assert isinstance(query, ast.Constant)
        assert re.fullmatch(r"//\w+|string\((?://(?:head/)?\w+)?\)", query.value), query.value


@every_row("module", ["classic", "generic"])
def test_a_walk_through_a_tree_asks_for_elements_only(module: str) -> None:
    """Asked for comments, lxml's `iterwalk` takes the square of their number."""
    tree = ast.parse((ROOT / "thaigov_crawler" / "pages" / f"{module}.py").read_text("utf-8"))
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("iterwalk")
    ]
    assert calls
    for call in calls:
        (events,) = (keyword.value for keyword in call.keywords if keyword.arg == "events")
        assert ast.literal_eval(events) == ("start", "end")
