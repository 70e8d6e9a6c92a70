"""Fixtures that several test files share."""

from __future__ import annotations

import pytest

from tests.runs import Run, crawl


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A crawl of the sample into a folder of its own. Read its output, do not change it."""
    return crawl(tmp_path_factory.mktemp("sample"), source="sample")
