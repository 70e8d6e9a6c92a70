"""The rules of behaviour that are settings: politeness and safety cannot be lost by an edit."""

from __future__ import annotations

from scrapy.settings import Settings

from thaigov_crawler import settings as module
from thaigov_crawler.sources.commoncrawl import FLOORS


def effective() -> Settings:
    settings = Settings()
    settings.setmodule(module, priority="project")
    return settings


def test_polite_to_hosts() -> None:
    settings = effective()
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getfloat("DOWNLOAD_DELAY") >= 1
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert settings.getfloat("DOWNLOAD_DELAY_JITTER") == 0
    assert settings.getfloat("THAIGOV_CDX_DELAY") >= 60 / 24
    assert settings.getfloat("THAIGOV_REPLAY_DELAY") >= 1 / 8
    assert settings.getfloat("THAIGOV_COMMONCRAWL_INDEX_DELAY") >= FLOORS["index.commoncrawl.org"] >= 3
    assert settings.getfloat("THAIGOV_COMMONCRAWL_DATA_DELAY") >= FLOORS["data.commoncrawl.org"] >= 1
    assert settings.getfloat("THAIGOV_PAUSE") >= 60
    assert not settings.getdict("DOWNLOAD_SLOTS")


def test_no_disguise() -> None:
    settings = effective()
    assert not settings.getbool("COOKIES_ENABLED")
    assert "Mozilla" not in settings["USER_AGENT"]


def test_redirects_are_not_followed() -> None:
    settings = effective()
    assert not settings.getbool("REDIRECT_ENABLED")
    assert not settings.getbool("METAREFRESH_ENABLED")


def test_nobody_on_this_machine_can_take_over_a_run() -> None:
    settings = effective()
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")


def test_certificates_are_verified() -> None:
    assert effective().getbool("DOWNLOAD_VERIFY_CERTIFICATES")
