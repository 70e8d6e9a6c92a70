"""Starts `scrapy …` again and again in forks of one process that has imported everything: an import takes a second.

A command comes over a socket, with its standard files and a pipe; over the pipe go back its process ID and, when it has
ended, its exit status. tests/support/commands.py is the other end.
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
import signal
import socket
import sys
import tempfile
import time
import traceback
from typing import Any

from scrapy.cmdline import execute
from scrapy.utils.misc import walk_modules_iter

PACKAGES = (
    "thaigov_crawler.spiders",
    "thaigov_crawler.commands",
    "thaigov_crawler.extensions",
    "thaigov_crawler.pipelines",
)
REACTOR = "twisted.internet.reactor"  # each run installs its own, by importing it


def serve(requests: socket.socket) -> None:
    """Start what is asked for until nobody asks any more."""
    while True:
        data, files, _, _ = socket.recv_fds(requests, 1 << 20, 4)
        with contextlib.suppress(ChildProcessError):  # there is none
            while os.waitpid(-1, os.WNOHANG)[0]:  # so that their CPU time counts as ours
                pass
        if not data:
            return
        if not os.fork():
            requests.close()
            _watch(files, **json.loads(data))
        for file in files:
            os.close(file)


def _watch(files: list[int], limit: int | None, **wanted: Any) -> None:
    """Start a command, tell its process ID, and tell its exit status when it has ended."""
    *standard, told = files
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command
    child = os.fork()
    if not child:
        os.close(told)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        run(standard, **wanted)
    for file in standard:
        os.close(file)
    with contextlib.suppress(BrokenPipeError):  # those who asked are gone
        os.write(told, b"%d\n" % child)
        os.write(told, b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    os._exit(0)


def run(
    standard: list[int], arguments: list[str], environment: dict[str, str], folder: str = ".", code: str | None = None
) -> None:
    """Run `scrapy …`, or some code, with these standard files; the process ends with it."""
    for number, file in enumerate(standard):
        os.dup2(file, number)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    status = 1
    try:
        if code is None:
            execute(["scrapy", *arguments])
        else:
            sys.argv[1:] = arguments
            exec(compile(code, "<code>", "exec"), {"__name__": "__main__"})
            status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError):
                stream.flush()
        os._exit(status)


def import_everything() -> None:
    """Import the project, and what Scrapy imports for a crawl when it is under way."""
    for package in PACKAGES:
        list(walk_modules_iter(package))
    for name in sorted(_imported_by_a_crawl() - {REACTOR} - set(sys.modules)):
        with contextlib.suppress(ImportError):  # some are made up by others
            importlib.import_module(name)
    assert REACTOR not in sys.modules
    gc.collect()
    gc.freeze()  # a fork need not look at what is older than itself


def _imported_by_a_crawl() -> set[str]:
    """The names of all modules of a process in which a crawl has ended."""
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
    import_everything()
    with socket.socket(fileno=int(sys.argv[1])) as requests:
        serve(requests)
