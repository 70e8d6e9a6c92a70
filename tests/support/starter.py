"""Starts `scrapy …` again and again in forks of one process that has imported everything: an import takes a second.

A command and its files come over a socket, its process ID and its exit status go back. The other ends are
tests/support/commands.py, which has one socket for its whole life, and the program that tests/support/console.py puts on
the PATH of a shell, which connects to the address in ADDRESS.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import select
import socket
import sys
import time
import traceback

from scrapy.cmdline import execute
from scrapy.utils.misc import walk_modules_iter

MODULES = (
    "thaigov_crawler.spiders",
    "thaigov_crawler.commands",
    "thaigov_crawler.extensions",
    "thaigov_crawler.pipelines",
)


def serve(requests: socket.socket, others: socket.socket) -> None:
    """Start what is asked for, one after the other, until nobody asks any more. Who else connects to `others` meanwhile
    is served beside, by a process of their own."""
    beside: set[int] = set()
    while True:
        ready, _, _ = select.select([requests, others], [], [])
        if others in ready:
            other, _ = others.accept()
            beside -= {each for each in beside if os.waitpid(each, os.WNOHANG)[0]}
            server = os.fork()
            if not server:
                requests.close()
                others.close()
                while _answered(other):
                    pass
                os._exit(0)
            beside.add(server)
            other.close()
        if requests in ready and not _answered(requests):
            return


def _answered(requests: socket.socket) -> bool:
    """Start the next command that is asked for and wait for its end. Whether there was one."""
    data, files, _, _ = socket.recv_fds(requests, 1 << 20, 3)
    if not data:
        return False
    child = os.fork()
    if not child:
        requests.close()
        _run(files, **json.loads(data))
    for file in files:
        os.close(file)
    requests.sendall(b"%d\n" % child)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    requests.sendall(b"%d\n" % status)
    return True


def _run(
    files: list[int],
    arguments: list[str],
    environment: dict[str, str],
    program: str = "scrapy",
    folder: str | None = None,
) -> None:
    """Run a command; `files` are its standard output and error, and its standard input where there is a third."""
    for file, standard in zip(files, (1, 2, 0), strict=False):
        os.dup2(file, standard)
    if folder:
        os.chdir(folder)
    sys.argv[0] = program
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    status = 1
    try:
        execute([program, *arguments])
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status)


if __name__ == "__main__":
    for module in MODULES:
        list(walk_modules_iter(module))
    assert "twisted.internet.reactor" not in sys.modules
    with socket.socket(fileno=int(sys.argv[1])) as requests, socket.socket(fileno=int(sys.argv[2])) as others:
        serve(requests, others)
