"""Settings for the tests of this folder. Their runs take long."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a command run for an hour."""
    monkeypatch.setattr("tests.support.commands.TIMEOUT", 3600.0)
