"""How a run can end: the only list of finish reasons and exit statuses."""

from __future__ import annotations

from enum import Enum, IntEnum


class ExitStatus(IntEnum):
    """The exit status of `scrapy crawl`. The table `runs` has the same number."""

    FINISHED = 0
    UNEXPECTED = 1  # interrupted, or an error that should not happen
    BAD_ARGUMENTS = 2
    REFUSED = 3  # by the site or the archive
    INCOMPLETE = 4  # a source could not be read completely, or too many visits failed
    ALREADY_RUNNING = 5  # another run is at work on the same host


_GOES_ON = "The run ends here; the next one goes on."
_STAYS = "The run ends here; stored articles are kept."


class FinishReason(Enum):
    """Why a run ends early.

    A member has the word with which Scrapy closes the spider, the exit status, and a sentence for the log. The log
    puts that sentence between the reason and the advice.
    """

    REFUSED = "refused", ExitStatus.REFUSED, _STAYS  # by the host
    UNREACHABLE = "unreachable", ExitStatus.INCOMPLETE, _STAYS  # the host, or what can be read of it
    UNUSABLE = "unusable", ExitStatus.BAD_ARGUMENTS, _STAYS  # the source cannot do what the arguments ask for
    ALREADY_RUNNING = "already_running", ExitStatus.ALREADY_RUNNING, _STAYS  # another run, on the same host
    STORE_FAILED = "store_failed", ExitStatus.UNEXPECTED, _GOES_ON  # the database cannot be used
    JOURNAL_FAILED = "journal_failed", ExitStatus.UNEXPECTED, ""  # the journal cannot be written
    RECORDING_FAILED = "recording_failed", ExitStatus.UNEXPECTED, ""  # responses cannot be recorded
    WORKER_DIED = "worker_died", ExitStatus.UNEXPECTED, _GOES_ON  # a process that reads pages
    SHUTDOWN = "shutdown", ExitStatus.UNEXPECTED, ""  # Scrapy's own word after a signal, such as Ctrl-C

    def __init__(self, word: str, exit_status: ExitStatus, told: str):
        self.word, self.exit_status, self.told = word, exit_status, told


# Scrapy's own word for a spider that has nothing left to do. The outcomes of the visits then decide the exit status.
FINISHED = "finished"


def status_of(word: str) -> ExitStatus:
    """Return the exit status of a finish reason other than FINISHED.

    It is UNEXPECTED for the other words that Scrapy has, such as `closespider_timeout`.
    """
    named = (reason.exit_status for reason in FinishReason if reason.word == word)
    return next(named, ExitStatus.UNEXPECTED)
