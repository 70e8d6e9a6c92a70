"""Runs that take longer than others may."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run may take an hour."""
    monkeypatch.setattr("tests.support.commands.TIMEOUT", 3600.0)
