"""The base class of all commands of this project: how a command is declared, and how it ends."""

from __future__ import annotations

import argparse
import codecs
import contextlib
import io
import os
import signal
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from scrapy.exceptions import UsageError

from thaigov_crawler.errors import ArgumentError, CrawlerError, SettingError, typed
from thaigov_crawler.run.ends import ExitStatus
from thaigov_crawler.run.plain import log_plainly, plain
from thaigov_crawler.run.spared import spared

if TYPE_CHECKING:
    from scrapy.commands import ScrapyCommand as _Base
    from scrapy.crawler import CrawlerProcessBase
    from scrapy.settings import Settings
else:
    _Base = ABC  # Scrapy would list a subclass of ScrapyCommand in this folder as a command


class ProjectCommand(_Base):
    """A command of this project. Write `class Command(ProjectCommand, ScrapyCommand)`, in this order.

    A command describes itself in `about` and `usage`, adds its options in `declare` and does its job in `work`. If
    something is wrong, `work` only raises an exception. This class then ends the command:

    - UsageError, ArgumentError, SettingError: exit status 2, and the usage.
    - Any other CrawlerError, OSError, Ctrl-C, SIGTERM: exit status 1, and one line.
    - A reader that closes the pipe, as in `scrapy export | head`: no message.
    """

    requires_project = True
    requires_crawler_process = False
    settings: Settings

    about: ClassVar[str]  # a few words, for the list that `scrapy` shows
    usage: ClassVar[str] = ""  # what may follow the command's name
    takes_arguments: ClassVar[bool] = False  # whether it takes more than options

    @abstractmethod
    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do the job of the command. `args` is empty unless it takes arguments."""

    def declare(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""

    @property
    def name(self) -> str:
        """Return the command's name, which Scrapy takes from its module."""
        return type(self).__module__.rpartition(".")[2]

    def tell(self, what: object) -> None:
        """Print a line on standard output, with control characters escaped."""
        print(plain(what))

    def say(self, what: str) -> None:
        """Print a line to standard error that begins with the name of the command."""
        print(f"{self.name}: {plain(what)}", file=sys.stderr)

    def fail(self, why: str, status: ExitStatus = ExitStatus.UNEXPECTED) -> None:
        """Print why the command fails, and set the exit status with which it ends."""
        self.say(why)
        self.exitcode = int(status)

    def spare(self, option: str, name: str | None, what: str, *, backups: bool = True) -> None:
        """Raise UsageError if the file `name` of an option is the database, the journal or a recording.

        Every command calls this before it writes to a file that a user has named. `what` says in words what the command
        would write. See `spared` for `backups`.
        """
        if name and spared(name, self.settings, backups=backups):
            raise UsageError(f"{option} {name!r}: is a crawl's own file, which the {what} would replace: name another")

    # The interface of Scrapy's commands

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Set the settings, and check the files that Scrapy itself writes. Raise UsageError."""
        log_plainly()
        # Scrapy would write this file before the settings are known. Only they tell which files must be spared.
        pidfile, opts.pidfile = opts.pidfile, None
        super().process_options(args, opts)
        self.spare("--logfile", self.settings["LOG_FILE"], "log")
        self.spare("--profile", opts.profile, "profile")
        self.spare("--pidfile", pidfile, "process ID")
        if pidfile:
            Path(pidfile).write_text(f"{os.getpid()}{os.linesep}", encoding="utf-8")
        opts.pidfile = pidfile

    def short_desc(self) -> str:
        return self.about

    def syntax(self) -> str:
        return self.usage

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.usage = typed(f"{self.name} {self.usage}")
        self.declare(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do the work, and end as the docstring of the class says. Raise UsageError for bad arguments and settings."""
        if args and not self.takes_arguments:
            raise UsageError(f"{self.name} takes options only, not {args[0]!r}")
        _print_what_the_console_lacks()
        try:
            with _sigterm_as_ctrl_c():
                self.work(args, opts)
                print(end="", flush=True)  # an error of writing is raised here, where it is caught
        except (ArgumentError, SettingError, UsageError) as error:
            raise UsageError(plain(error)) from None
        except CrawlerError as error:
            self.fail(str(error))
        except BrokenPipeError:
            _drop_what_cannot_be_written()
        except OSError as error:
            self.fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))
            _drop_what_cannot_be_written()
        except KeyboardInterrupt:
            self.fail("interrupted; run it again")


class SpiderCommand(ProjectCommand):
    """A command that runs a spider. Put it before the class of Scrapy that runs one."""

    requires_crawler_process = True
    crawler_process: CrawlerProcessBase
    takes_arguments = True


def _print_what_the_console_lacks() -> None:
    """Print characters that a console of another encoding than UTF-8 lacks as their numbers: they are no error."""
    if isinstance(sys.stdout, io.TextIOWrapper) and codecs.lookup(sys.stdout.encoding).name != "utf-8":
        sys.stdout.reconfigure(errors="backslashreplace")


@contextlib.contextmanager
def _sigterm_as_ctrl_c() -> Iterator[None]:
    # By default SIGTERM ends a process at once, and half-written files would stay.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _drop_what_cannot_be_written() -> None:
    """Empty the buffer of standard output. At its end, Python would try to write it once more and report an error."""
    try:
        print(end="", flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
