"""What the pages show is what comes out of consoles and sessions of Python. The first pages: tests/docs/test_consoles.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.test_consoles import FIRST_READ
from tests.support.commands import EndedCrawl
from tests.support.console import play_page
from tests.support.docs import Page, pages
from tests.support.howtos import HOWTOS

# How-tos change the code, and are followed by test_howtos.py.
PLAYED = [
    each
    for each in pages()
    if each not in (*HOWTOS, *FIRST_READ) and any(block.language in ("console", "pycon") for block in each.blocks)
]


@pytest.mark.parametrize("each", PLAYED, ids=lambda each: each.name)
def test_what_is_shown_is_what_comes_out(sample_run: EndedCrawl, tmp_path: Path, each: Page) -> None:
    play_page(each, tmp_path, sample_run.folder)
