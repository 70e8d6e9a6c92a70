"""The tree of a page: what is cut before it is made, and what is asked of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.support.tables import every_row
from thaigov_crawler.pages.markup import MAX_ATTRIBUTES, bounded, has_class, outermost, text_of, tree_of


def attributes(number: int, *, first: int = 0, form: str = " a{}=1") -> str:
    """Attributes of as many names."""
    return "".join(form.format(name) for name in range(first, first + number))


def most_attributes(html: str) -> int:
    """The attributes of the tag that has most."""
    return max(len(element.attrib) for element in tree_of(html).iter("*"))


@every_row(
    "html",
    [
        "",
        "no tag",
        "<",
        "<p",
        "<p class=x>ก</p>",
        f"<p{attributes(MAX_ATTRIBUTES)}>ก</p>",
        f"<p{attributes(MAX_ATTRIBUTES)} / >ก</p>",
        '<p style="font-family:"Angsana New";color:red">ก</p>',
        "<script>if (a<b && c>d) e();</script>",
        "<!-- <b -->ก",
    ],
)
def test_ordinary_tags_stay_as_they_are(html: str) -> None:
    assert bounded(html) is html


@every_row(
    "form", [" a{}=1", " a{}", "\ta{}=''", "/a{}", " a{}='>'", ' a{}="<"', " a{} = x", "\n=a{}=1", ' "a{}"=1', " a<{}"]
)
def test_a_tag_keeps_its_first_attributes(form: str) -> None:
    html = f"<div><p class='x'{attributes(9999, form=form)}>ก</p></div>"
    assert most_attributes(html) <= MAX_ATTRIBUTES
    assert next(tree_of(html).iter("p")).get("class") == "x"


def test_what_stands_behind_a_tag_that_was_cut_is_there() -> None:
    html = f"<p{attributes(9999)}>ก</p><p class=x>ข</p>"
    assert [text_of(element) for element in tree_of(html).iter("p")] == ["ก", "ข"]


def test_what_looks_like_a_tag_in_a_script_or_a_comment_ends_nothing() -> None:
    words = "a " * 2000
    html = f"<div><script>i <b {words}</script><p>ก</p><!-- <b {words}--><p>ข</p><!-- <b {words}> --><p>ค</p></div>"
    assert [text_of(element) for element in tree_of(html).iter("p")] == ["ก", "ข", "ค"]


def test_a_tag_hides_in_no_comment_and_no_value() -> None:
    tag = f"<p{attributes(9999)}>"
    for html in (
        f'<!-- <x y=" -->{tag}',
        f"<b title='{tag}'>{tag}",
        f"<textarea><script></textarea>{tag}",
        f"<\0p{tag[2:]}",
    ):
        assert most_attributes(html) <= MAX_ATTRIBUTES


def test_tags_within_tags_without_end_are_no_page() -> None:
    assert bounded("<a" * 10_000) == ""
    assert len(tree_of("<a " * 10_000)) == 0


PIECES = [attributes(300, first=first) for first in (0, 300, 600)]
PIECES += [
    *"<>\"'=/ ก",
    "<p",
    "<b ",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<style>",
    "<title>",
    "='",
    '="',
    "\0",
    "</p>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_no_tag_ever_has_more(html: str) -> None:
    assert most_attributes(html) <= MAX_ATTRIBUTES
    assert bounded(bounded(html)) == bounded(html)


def test_classes_are_words() -> None:
    element = next(tree_of('<p class=" a\tb-c\nd ">').iter("p"))
    assert [has_class(element, name) for name in ("a", "b-c", "d", "b", "a b-c", "c")] == [True] * 3 + [False] * 3
    assert not has_class(next(tree_of("<p>").iter("p")), "a")


def test_text_is_one_line() -> None:
    assert text_of(next(tree_of("<p> ก\n <b>ข\u00a0</b><!-- x --> ค</p>").iter("p"))) == "ก ข\u00a0 ค"


def test_elements_within_others_are_left_out() -> None:
    root = tree_of("<div id=a><div id=b><div id=c></div></div></div><div id=d></div>")
    found = [root.xpath(f"//div[@id='{name}']")[0] for name in "abcd"]
    assert [each.get("id") for each in outermost(found)] == ["a", "d"]
    assert [each.get("id") for each in outermost(found[1:])] == ["b", "d"]
