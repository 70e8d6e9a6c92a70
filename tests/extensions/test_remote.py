"""Scrapy's remote control, which is off unless somebody asks for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from scrapy.crawler import Crawler
from scrapy.extensions.remote_control import RemoteControl

from tests.support.crawler import crawler_of


def has_remote_control(crawler: Crawler) -> bool:
    return any(isinstance(extension, RemoteControl) for extension in crawler.extensions.middlewares)


def test_it_is_off(crawler: Crawler) -> None:
    assert not has_remote_control(crawler)


def test_it_is_there_for_those_who_turn_it_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "thaigov_crawler.settings")
    monkeypatch.setattr("thaigov_crawler.settings.REMOTE_CONTROL_ENABLED", True)

    async def made() -> Crawler:  # it asks for a running loop
        return crawler_of(tmp_path, source="sample")

    assert has_remote_control(asyncio.run(made()))
