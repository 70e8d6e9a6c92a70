"""Starts `scrapy …` in forks of one process that has imported everything, because the imports take a second.

That process has also found the commands, and has read a page, so that what is kept after the first page is there.

A request comes over a connection, with the command's standard files and a pipe. The pipe returns the process ID at once,
and the exit status when the command has ended. tests/support/commands.py is the other end. The processes of pytest share
one starter. It ends when its standard input does.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import logging
import os
import resource
import selectors
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, TextIO

from scrapy import cmdline
from scrapy.utils.misc import walk_modules_iter
from scrapy.utils.project import get_project_settings

from tests.support.warcs import address, page

PACKAGES = (
    "thaigov_crawler.spiders",
    "thaigov_crawler.commands",
    "thaigov_crawler.extensions",
    "thaigov_crawler.pipelines",
    "scrapy.core.downloader.handlers.http11",  # the sample's crawl, from which the other names come, needs no network
)
REACTOR = "twisted.internet.reactor"  # each run must import it itself, because the import installs a reactor


def serve(door: socket.socket) -> None:
    """Start commands as requests come in over the connections to a socket, until standard input ends."""
    with selectors.DefaultSelector() as waiting:
        waiting.register(sys.stdin, selectors.EVENT_READ)
        waiting.register(door, selectors.EVENT_READ)
        while True:
            for key, _ in waiting.select():
                if key.fileobj is sys.stdin:
                    return
                if key.fileobj is door:
                    waiting.register(door.accept()[0], selectors.EVENT_READ)
                elif isinstance(key.data, Command):
                    waiting.unregister(key.fileobj)
                    key.data.end()
                else:
                    _answer(key.fileobj, waiting)


class Command(NamedTuple):
    """A command that runs."""

    number: int  # of its process
    watch: int  # file descriptor that can be read when the process has ended
    told: int  # pipe that is told the exit status

    def end(self) -> None:
        """Write the exit status of the ended command to the pipe."""
        status = os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])
        with contextlib.suppress(BrokenPipeError):  # if the other end has gone
            os.write(self.told, b"%d\n" % status)
        os.close(self.told)
        os.close(self.watch)


def _answer(requests: socket.socket, waiting: selectors.BaseSelector) -> None:
    """Start the command of the next request over a connection, or close it if the other end has."""
    data, files, _, _ = socket.recv_fds(requests, 1 << 20, 4)
    if not data:
        waiting.unregister(requests)
        requests.close()
        return
    import_everything()
    *standard, told = files
    number = os.fork()
    if not number:
        os.close(told)
        for key in list(waiting.get_map().values()):
            if isinstance(key.data, Command):
                os.close(key.data.told)
                os.close(key.data.watch)
            elif key.fileobj is not sys.stdin:
                key.fileobj.close()
        _start(standard, **json.loads(data))
    for file in standard:
        os.close(file)
    with contextlib.suppress(BrokenPipeError):  # if the other end has gone
        os.write(told, b"%d\n" % number)
    command = Command(number, os.pidfd_open(number), told)
    waiting.register(command.watch, selectors.EVENT_READ, command)


def _start(standard: list[int], limit: int | None, **wanted: Any) -> None:
    """Run a command in this process, and end the process."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    run(standard, **wanted)


def run(
    standard: list[int], arguments: list[str], environment: dict[str, str], folder: str = ".", code: str | None = None
) -> None:
    """Run `scrapy …`, or Python code, with these standard files, and end the process."""
    for number, file in enumerate(standard):
        os.dup2(file, number)
    os.environ.clear()
    os.environ.update(environment)
    _take_encoding(environment.get("PYTHONIOENCODING", ""))
    time.tzset()
    os.chdir(folder)
    status = 1
    try:
        if code is None:
            cmdline.execute(["scrapy", *arguments])
        else:
            sys.argv[1:] = arguments
            exec(compile(code, "<code>", "exec"), {"__name__": "__main__"})
            status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        threading._shutdown()  # as Python does, before `atexit`: pools of processes end in order only then
        atexit._run_exitfuncs()
        logging.shutdown()
        os._exit(status if _flushed(sys.stdout) and _flushed(sys.stderr) else 120)


def _take_encoding(of: str) -> None:
    """Do what Python does at its start with PYTHONIOENCODING, so that no value of it needs a starter of its own."""
    encoding, _, errors = of.partition(":")
    if encoding:
        sys.stdout.reconfigure(encoding=encoding, errors=errors or "strict")
        sys.stderr.reconfigure(encoding=encoding, errors="backslashreplace")


def _flushed(stream: TextIO) -> bool:
    """Flush a stream. Return false if that fails; Python then ends with exit status 120."""
    try:
        stream.flush()
    except OSError:
        return False
    return True


@cache
def import_everything() -> None:
    """Import the project, and the modules that Scrapy imports during a crawl, once."""
    for package in PACKAGES:
        list(walk_modules_iter(package))
    for name in sorted(_imported_by_a_crawl() - {REACTOR} - set(sys.modules)):
        with contextlib.suppress(ImportError):  # some are made by other modules and cannot be imported
            importlib.import_module(name)
    _find_commands()
    _read_a_page()
    assert REACTOR not in sys.modules
    gc.collect()
    gc.freeze()  # the garbage collection of a fork then ignores the objects that exist already


def _find_commands() -> None:
    """Find the commands once. Scrapy looks through all installed packages for them, which takes a sixtieth of a second."""
    for name in ("_get_commands_from_module", "_get_commands_from_entry_points"):
        setattr(cmdline, name, _copied(cache(getattr(cmdline, name))))
    cmdline._get_commands_dict(get_project_settings(), inproject=True)


def _copied(find: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Return a function that returns a copy of what `find` does, because Scrapy adds to the commands that it gets."""
    return lambda *of: dict(find(*of))


def _read_a_page() -> None:
    """Read a page, so that the words of names and the patterns are there."""
    from thaigov_crawler.reading import Page, read

    about = {"content_type": "text/html", "section": "", "source": "", "captured_at": None, "capture_url": ""}
    read(Page(article_id=1, layout="classic", body=page(1), address=address(1), **about))


def _imported_by_a_crawl() -> set[str]:
    """Run a crawl in a fork, and return the names of all modules that it has imported."""
    ours, its = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        child = os.fork()
        if not child:
            atexit.register(lambda: os.write(its, json.dumps(list(sys.modules)).encode()))
            null = os.open(os.devnull, os.O_RDWR)
            run([null] * 3, ["crawl", "thaigov", "-asource=sample", f"-sTHAIGOV_DIR={folder}"], dict(os.environ))
        os.close(its)
        with os.fdopen(ours) as names:
            found = json.load(names)
        os.waitpid(child, 0)
    return set(found)


if __name__ == "__main__":
    os.set_inheritable(int(sys.argv[1]), False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the commands
    with socket.socket(fileno=int(sys.argv[1])) as door:
        serve(door)
