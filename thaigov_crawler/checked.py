"""Settings read and checked: what is wrong with one is told before the first request, by its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thaigov_crawler import __version__
from thaigov_crawler.errors import SettingError

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

_CONTACT = re.compile(r"[^@\s()]+@[^@\s()]+\.[^@\s()]+|https?://[^\s()]+")


def check_settings(settings: BaseSettings) -> None:
    """Raise SettingError for the first setting of every run that is not allowed."""
    user_agent(settings)
    amount(settings, "THAIGOV_PAUSE")
    absent_again_days(settings)
    tolerated_failures(settings)
    wants_recording(settings)


def amount(settings: BaseSettings, name: str) -> float:
    """The number, 0 or more, that a setting is. Raises SettingError."""
    value = _number(settings[name])
    if value is None or not 0 <= value < float("inf"):
        raise SettingError(name, settings[name], "a number, 0 or more, as in 0.5")
    return value


def tolerated_failures(settings: BaseSettings) -> float:
    """THAIGOV_TOLERATED_FAILURES: the share of visits that may end malformed or failed. Raises SettingError."""
    name = "THAIGOV_TOLERATED_FAILURES"
    share = _number(settings[name])
    if share is None or not 0 <= share <= 1:
        raise SettingError(name, settings[name], "a share from 0 to 1, as in 0.05")
    return share


def absent_again_days(settings: BaseSettings) -> float:
    """THAIGOV_ABSENT_AGAIN_DAYS, at most a thousand years. Raises SettingError."""
    return min(amount(settings, "THAIGOV_ABSENT_AGAIN_DAYS"), 365_000)


def wants_recording(settings: BaseSettings) -> bool:
    """THAIGOV_RECORD. Raises SettingError."""
    try:
        return settings.getbool("THAIGOV_RECORD")
    except ValueError:
        raise SettingError("THAIGOV_RECORD", settings["THAIGOV_RECORD"], "True or False") from None


def user_agent(settings: BaseSettings) -> str:
    """How a run introduces itself: `thaigov-crawler/<version> (+contact)`, without a contact where none is set.

    Raises SettingError for a THAIGOV_CONTACT that is neither e-mail address nor URL.
    """
    contact = settings["THAIGOV_CONTACT"]
    if not contact:
        return f"thaigov-crawler/{__version__}"
    if not _CONTACT.fullmatch(contact) or not contact.isascii():
        raise SettingError("THAIGOV_CONTACT", contact, "an e-mail address or a URL")
    return f"thaigov-crawler/{__version__} (+{contact})"


def _number(value: object) -> float | None:
    try:
        return float(value)  # type: ignore[arg-type]  # what float cannot take is no number
    except (TypeError, ValueError):
        return None
