"""A real Wayback server: pywb with a collection of one WARC file, or with the indexes of crawls.

pywb must be on PATH, but not in the project's environment: it replaces the module `brotli` with another one, and it
installs a package named `tests`.
"""

from __future__ import annotations

import gzip
import http.client
import json
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.commands import TIMEOUT
from tests.support.loopback.crawls import Crawl
from tests.support.programs import find_program, free_port
from tests.support.waiting import wait_until

COLLECTION = "web"
BLOCK = 5  # lines
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
    with _served(manager, tmp_path) as origin:
        yield f"{origin}/{COLLECTION}"


@contextmanager
def pywb_of_crawls(crawls: Iterable[Crawl], tmp_path: Path) -> Iterator[str]:
    """Serve the indexes of crawls from `tmp_path`, each in a form with pages, as Common Crawl has them. Give its address.

    The index of a crawl is at `<address>/<name>/cdx?url=…`.
    """
    indexer = find_program("cdx-indexer", install=INSTALL)
    collections = {}
    for crawl in crawls:
        folder = tmp_path / crawl.name
        folder.mkdir()
        crawl.warc.write(folder / crawl.file)
        command = [indexer, "-j", "-s", str(folder / crawl.file)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        lines = [line for line in done.stdout.splitlines() if not line.startswith(" CDX")]
        _write_blocks([line.replace(f'"{Path(crawl.file).name}"', f'"{crawl.file}"') for line in lines], folder)
        index = {"type": "zipnum", "path": str(folder / "cluster.idx"), "max_blocks": 2}
        collections[crawl.name] = {"index": index | {"shard_index_loc": str(folder / "cluster.loc")}}
    (tmp_path / "config.yaml").write_text(json.dumps({"collections": collections}))  # JSON is YAML
    with _served(indexer, tmp_path) as origin:
        yield origin


def _write_blocks(lines: list[str], folder: Path) -> None:
    """Write lines of an index as blocks of BLOCK lines, with the list of blocks that pywb searches (ZipNum)."""
    blocks, listed = b"", []
    for number in range(0, len(lines), BLOCK):
        block = gzip.compress("".join(f"{line}\n" for line in lines[number : number + BLOCK]).encode())
        key = " ".join(lines[number].split(" ")[:2])
        listed.append(f"{key}\tblocks.gz\t{len(blocks)}\t{len(block)}\t{number // BLOCK + 1}\n")
        blocks += block
    (folder / "blocks.gz").write_bytes(blocks)
    (folder / "cluster.idx").write_text("".join(listed))
    (folder / "cluster.loc").write_text(f"blocks.gz\t{folder / 'blocks.gz'}\n")


@contextmanager
def _served(program: str, folder: Path) -> Iterator[str]:
    """Run pywb, which is beside another program of its environment, in a folder. Give its origin."""
    log, port = folder / "pywb.log", free_port()
    command = [str(Path(program).with_name("pywb")), "-b", "127.0.0.1", "-p", str(port)]
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT) as server,
    ):
        try:
            _wait_until_up(server, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            _stop(server)


def _wait_until_up(server: subprocess.Popen, port: int, log: Path) -> None:
    wait_until(lambda: server.poll() is not None or _answers(port), step=0.1)
    assert server.poll() is None, f"pywb did not start:\n{log.read_text('utf-8', 'replace')}"


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    try:
        connection.request("GET", "/")
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
