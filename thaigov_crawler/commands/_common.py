"""What the commands over the store have in common: their options, and how they end where something goes wrong."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator, Sequence

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from thaigov_crawler.outcomes import ExitStatus
from thaigov_crawler.spiders.arguments import ALL_IDS, ArgumentError, ArticleIds
from thaigov_crawler.store import Store, StoreError
from thaigov_crawler.store.of_run import database_url
from thaigov_crawler.thai.calendar import typed_day

IDS_HELP = "only these article IDs, as in 96700-96800,97005"


@contextlib.contextmanager
def opened_store(command: ScrapyCommand) -> Iterator[Store]:
    """The store of the settings, which must be there; see `ending_well`."""
    store = None
    with ending_well(command):
        store = Store.open(database_url(command.settings), create=False)
    if store is None:
        sys.exit(command.exitcode)  # a context manager cannot skip what it is for
    with ending_well(command), contextlib.closing(store):
        yield store


@contextlib.contextmanager
def ending_well(command: ScrapyCommand) -> Iterator[None]:
    """Where the database or a file cannot be used, at Ctrl-C or SIGTERM, one line says so and the exit status is 1."""
    try:
        with _sigterm_as_ctrl_c():
            yield
    except BrokenPipeError:  # the reader has seen enough, as in `scrapy export | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except StoreError as error:
        fail(command, str(error))
    except OSError as error:
        fail(command, f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except KeyboardInterrupt:
        fail(command, "interrupted; run it again")


@contextlib.contextmanager
def _sigterm_as_ctrl_c() -> Iterator[None]:
    # By itself SIGTERM ends a process at once, and what it had begun to write would stay.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def fail(command: ScrapyCommand, why: str, status: ExitStatus = ExitStatus.UNEXPECTED) -> None:
    """Say on standard error why the command ends, and with which status."""
    say(command, why)
    command.exitcode = int(status)


def say(command: ScrapyCommand, what: str) -> None:
    """Say something on standard error, under the name of the command."""
    print(f"{_name_of(command)}: {what}", file=sys.stderr)


def options_only(command: ScrapyCommand, args: Sequence[str]) -> None:
    """Raises UsageError where there are arguments beside the options."""
    if args:
        raise UsageError(f"{_name_of(command)} takes options only, not {args[0]!r}", print_help=False)


def _name_of(command: ScrapyCommand) -> str:
    return type(command).__module__.rpartition(".")[2]


def ids_of(text: str | None) -> ArticleIds:
    """The article IDs that the option --ids names; None: all. Raises UsageError."""
    try:
        return ALL_IDS if text is None else ArticleIds.parse(text)
    except ArgumentError as error:
        raise UsageError(str(error), print_help=False) from None


def day_of(option: str, day: str | None) -> str | None:
    """The ISO day (C.E.) that an option names; None for None. Raises UsageError, naming the option, for no day."""
    try:
        return None if day is None else typed_day(day)
    except ValueError as error:
        raise UsageError(f"{option} {day!r}: {error}", print_help=False) from None
