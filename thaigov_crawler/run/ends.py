"""What a run can end in: the one list of finish reasons and of exit statuses."""

from __future__ import annotations

from enum import Enum, IntEnum


class ExitStatus(IntEnum):
    """What `scrapy crawl` ends with; the table `runs` holds the same number."""

    FINISHED = 0
    UNEXPECTED = 1  # interrupted, or anything that should not happen
    BAD_ARGUMENTS = 2
    REFUSED = 3  # by the site or the archive
    INCOMPLETE = 4  # a source could not be read in full, or too many visits failed
    ALREADY_RUNNING = 5  # another run is at work on the same host


_GOES_ON = "The run ends here; the next one goes on."
_STAYS = "The run ends here; what was stored stays."


class FinishReason(Enum):
    """Why a run ends early: the name that Scrapy closes the spider with, the exit status that follows, and what the
    log says of it behind the reason in words and before the advice."""

    REFUSED = "refused", ExitStatus.REFUSED, _STAYS  # by the host
    UNREACHABLE = "unreachable", ExitStatus.INCOMPLETE, _STAYS  # the host, or what can be read of it
    UNUSABLE = "unusable", ExitStatus.BAD_ARGUMENTS, _STAYS  # what the arguments ask for cannot be had here
    ALREADY_RUNNING = "already_running", ExitStatus.ALREADY_RUNNING, _STAYS  # another run, on the same host
    STORE_FAILED = "store_failed", ExitStatus.UNEXPECTED, _GOES_ON  # the database cannot be used
    JOURNAL_FAILED = "journal_failed", ExitStatus.UNEXPECTED, ""  # the journal cannot be written
    RECORDING_FAILED = "recording_failed", ExitStatus.UNEXPECTED, ""  # what is fetched cannot be kept
    SHUTDOWN = "shutdown", ExitStatus.UNEXPECTED, ""  # Scrapy's own: a signal, such as Ctrl-C

    def __init__(self, word: str, exit_status: ExitStatus, told: str):
        self.word, self.exit_status, self.told = word, exit_status, told


# Scrapy's own for a spider that has nothing left to do: then the visits decide.
FINISHED = "finished"


def status_of(word: str) -> ExitStatus:
    """The exit status of a finish reason other than FINISHED; Scrapy has more of its own (`closespider_timeout`)."""
    named = (reason.exit_status for reason in FinishReason if reason.word == word)
    return next(named, ExitStatus.UNEXPECTED)
