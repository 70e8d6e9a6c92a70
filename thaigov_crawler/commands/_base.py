"""What every command of this project has in common: how it is declared, and how it ends."""

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
    _Base = ABC  # Scrapy takes every class of its own kind in a module of this folder for a command


class ProjectCommand(_Base):
    """Goes before the class of Scrapy's that a command extends: `class Command(ProjectCommand, ScrapyCommand)`.

    A command says in `about` and `usage` what it is, adds its options in `declare` and does its job in `work`. There it
    only raises what is wrong. This class ends it:

    - UsageError, ArgumentError, SettingError: exit status 2, and the usage;
    - any other CrawlerError, OSError, Ctrl-C, SIGTERM: exit status 1, and one line;
    - a reader that has seen enough, as in `scrapy export | head`: nothing is said.
    """

    requires_project = True
    requires_crawler_process = False
    settings: Settings

    about: ClassVar[str]  # in a few words, for the list that `scrapy` shows
    usage: ClassVar[str] = ""  # what may stand behind the command's name
    takes_arguments: ClassVar[bool] = False  # beside options

    @abstractmethod
    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what the command is for. `args` is empty unless it takes arguments."""

    def declare(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""

    @property
    def name(self) -> str:
        """The command's name, which Scrapy takes from its module."""
        return type(self).__module__.rpartition(".")[2]

    def tell(self, what: object) -> None:
        """Print a line on standard output, whatever pages and files have in it."""
        print(plain(what))

    def say(self, what: str) -> None:
        """Say something on standard error, under the name of the command."""
        print(f"{self.name}: {plain(what)}", file=sys.stderr)

    def fail(self, why: str, status: ExitStatus = ExitStatus.UNEXPECTED) -> None:
        """Say why the command does not end well, and note the status that it ends with."""
        self.say(why)
        self.exitcode = int(status)

    def spare(self, option: str, name: str | None, what: str, *, backups: bool = True) -> None:
        """Refuse to write over the database, the journal or a recording.

        Every command asks this before it writes a file that a person has named. `what` is the thing that would take
        the file's place; `backups` is that of `spared`. Raises UsageError, which names the option.
        """
        if name and spared(name, self.settings, backups=backups):
            raise UsageError(f"{option} {name!r}: is a crawl's own file, which the {what} would replace: name another")

    # What Scrapy asks for.

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Set the settings, and look at the files that Scrapy itself writes. Raises UsageError."""
        log_plainly()
        # Scrapy writes this file before the settings are known to us, which say what it must not be.
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
        """Do the work, and end as the class says. Raises UsageError."""
        if args and not self.takes_arguments:
            raise UsageError(f"{self.name} takes options only, not {args[0]!r}")
        _print_what_the_console_lacks()
        try:
            with _sigterm_as_ctrl_c():
                self.work(args, opts)
                print(end="", flush=True)  # here, where it is caught that it cannot be written
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
    """The same for a command that runs a spider, before Scrapy's own class of such."""

    requires_crawler_process = True
    crawler_process: CrawlerProcessBase
    takes_arguments = True


def _print_what_the_console_lacks() -> None:
    """Print characters that a console of another encoding than UTF-8 lacks as their numbers: they are no error."""
    if isinstance(sys.stdout, io.TextIOWrapper) and codecs.lookup(sys.stdout.encoding).name != "utf-8":
        sys.stdout.reconfigure(errors="backslashreplace")


@contextlib.contextmanager
def _sigterm_as_ctrl_c() -> Iterator[None]:
    # By itself SIGTERM ends a process at once, and what it had begun to write would stay.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _drop_what_cannot_be_written() -> None:
    """Python would try once more when the program ends, and complain."""
    try:
        print(end="", flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
