"""A real Wayback server: pywb with a collection of one WARC file.

pywb must be on PATH, but not in the project's environment: it replaces the module `brotli` with another one, and it
installs a package named `tests`.
"""

from __future__ import annotations

import http.client
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.commands import TIMEOUT
from tests.support.programs import find_program, free_port
from tests.support.waiting import wait_until

COLLECTION = "web"
INSTALL = (
    "python -m venv /tmp/servers && /tmp/servers/bin/pip install -r tests/servers.txt && "
    'export PATH="$PATH:/tmp/servers/bin"'
)


@contextmanager
def pywb(warc_path: Path, tmp_path: Path) -> Iterator[str]:
    """Serve a collection with the WARC file from `tmp_path` until the end of the block. Give its address.

    The index is at `<address>/cdx?url=…`, a page at `<address>/<timestamp>id_/<url>`.
    """
    manager = find_program("wb-manager", install=INSTALL)
    for arguments in (["init", COLLECTION], ["add", COLLECTION, str(warc_path.resolve())]):
        done = subprocess.run([manager, *arguments], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
    log, port = tmp_path / "pywb.log", free_port()
    command = [str(Path(manager).with_name("pywb")), "-b", "127.0.0.1", "-p", str(port)]
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=tmp_path, stdout=output, stderr=subprocess.STDOUT) as server,
    ):
        try:
            _wait_until_up(server, port, log)
            yield f"http://127.0.0.1:{port}/{COLLECTION}"
        finally:
            _stop(server)


def _wait_until_up(server: subprocess.Popen, port: int, log: Path) -> None:
    wait_until(lambda: server.poll() is not None or _answers(port), step=0.1)
    assert server.poll() is None, f"pywb did not start:\n{log.read_text('utf-8', 'replace')}"


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    try:
        connection.request("GET", f"/{COLLECTION}/cdx?url=example.com&output=json")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _stop(server: subprocess.Popen) -> None:
    server.terminate()
    try:
        server.wait(TIMEOUT)
    except subprocess.TimeoutExpired:
        server.kill()
