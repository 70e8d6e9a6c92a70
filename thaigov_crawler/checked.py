"""Functions that read a setting and check it. A run calls them before its first request."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from thaigov_crawler import __version__
from thaigov_crawler.errors import SettingError

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

MOST_WORKERS = 60  # Windows cannot wait for more processes
# One process hands out pages and stores articles. It cannot keep more workers busy.
MOST_BY_DEFAULT = 8
_CONTACT = re.compile(r"[^@\s()]+@[^@\s()]+\.[^@\s()]+|https?://[^\s()]+")


def check_settings(settings: BaseSettings) -> None:
    """Check the settings that every run uses. Raise SettingError for the first bad one."""
    user_agent(settings)
    amount(settings, "THAIGOV_PAUSE")
    absent_again_days(settings)
    tolerated_failures(settings)
    wants_recording(settings)
    workers(settings)


def amount(settings: BaseSettings, name: str, *, least: float = 0, where: str = "") -> float:
    """Return the value of a setting that is a number, `least` or more. Raise SettingError if it is not.

    `where` says in words what the least amount is for.
    """
    value = _number(settings[name])
    if value is None or not least <= value < float("inf"):
        raise SettingError(name, settings[name], f"a number, {least:g} or more{where}, as in {least + 0.5:g}")
    return value


def web_address(settings: BaseSettings, name: str, allowed: str) -> SplitResult:
    """Return the parts of a setting that is an address on http or https, without a slash at its end.

    Raise SettingError if it is not. `allowed` says in words what is allowed.
    """
    value = str(settings[name]).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingError(name, value, allowed)
    return parts


def tolerated_failures(settings: BaseSettings) -> float:
    """Return THAIGOV_TOLERATED_FAILURES: the share of visits, 0 to 1, that may end malformed or failed.

    Raise SettingError if it is not such a share.
    """
    name = "THAIGOV_TOLERATED_FAILURES"
    share = _number(settings[name])
    if share is None or not 0 <= share <= 1:
        raise SettingError(name, settings[name], "a share from 0 to 1, as in 0.05")
    return share


def absent_again_days(settings: BaseSettings) -> float:
    """Return THAIGOV_ABSENT_AGAIN_DAYS, at most 365,000 days. Raise SettingError if it is not a number, 0 or more."""
    return min(amount(settings, "THAIGOV_ABSENT_AGAIN_DAYS"), 365_000)


def wants_recording(settings: BaseSettings) -> bool:
    """Return THAIGOV_RECORD. Raise SettingError if it is not True or False."""
    try:
        return settings.getbool("THAIGOV_RECORD")
    except ValueError:
        raise SettingError("THAIGOV_RECORD", settings["THAIGOV_RECORD"], "True or False") from None


def workers(settings: BaseSettings) -> int:
    """Return THAIGOV_WORKERS: how many worker processes there are beside this one, 0 for none.

    The default is one for each core that this process may use, MOST_BY_DEFAULT at most, but none on a single core.
    Raise SettingError if it is not a whole number from 0 to MOST_WORKERS.
    """
    name = "THAIGOV_WORKERS"
    if settings[name] is None:
        return min(cores(), MOST_BY_DEFAULT) if cores() > 1 else 0
    number = _number(settings[name])
    if number is None or not 0 <= number <= MOST_WORKERS or number % 1:
        raise SettingError(name, settings[name], f"a whole number from 0 to {MOST_WORKERS}")
    return int(number)


def cores() -> int:
    """Return the number of cores that this process may use."""
    with suppress(AttributeError):  # not every system tells
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def user_agent(settings: BaseSettings) -> str:
    """Return the User-Agent of a run: `thaigov-crawler/<version> (+contact)`, or without a contact if none is set.

    Raise SettingError if THAIGOV_CONTACT is not an e-mail address or a URL.
    """
    contact = settings["THAIGOV_CONTACT"]
    if not contact:
        return f"thaigov-crawler/{__version__}"
    if not _CONTACT.fullmatch(contact) or not contact.isascii():
        raise SettingError("THAIGOV_CONTACT", contact, "an e-mail address or a URL")
    return f"thaigov-crawler/{__version__} (+{contact})"


def _number(value: object) -> float | None:
    try:
        return float(value)  # type: ignore[arg-type]  # float itself refuses other types
    except (TypeError, ValueError):
        return None
