"""docs/explanation/limits.md says what the program keeps to."""

from __future__ import annotations

import pytest

from tests.support.commands import ROOT
from thaigov_crawler import loaders
from thaigov_crawler.pages import generic, markup
from thaigov_crawler.thai import text
from thaigov_crawler.thai.dates import header, reading
from thaigov_crawler.thai.people import finding, merging

ROWS = {
    "attributes of one tag": [markup.MAX_ATTRIBUTES],
    "tags that begin within others which never end": [markup.MAX_READINGS],
    "elements of a page of the relaunched site": [generic.MAX_ELEMENTS, generic.MAX_DEPTH],
    "combining marks in a row": [text._MAX_MARKS],
    "a date in the header of a page": [header.LONGEST],
    "dates and people kept of an article": [loaders.MOST_DATES, loaders.MOST_PERSONS],
    "dates and people looked for in a text": [reading.MOST_DATES, finding.MOST_PERSONS],
    "people of one given name that a name is compared with": [merging._OF_ONE_GIVEN_NAME],
}


@pytest.mark.parametrize("what", ROWS)
def test_the_page_says_each_limit(what: str) -> None:
    page = (ROOT / "docs" / "explanation" / "limits.md").read_text("utf-8")
    (row,) = [line for line in page.splitlines() if line.startswith(f"| {what} |")]
    for number in ROWS[what]:
        assert f" {number:,}" in row
