"""WACZ files: ZIP files that hold WARC files, with an index and a list of pages, which are not used here.

ArchiveWeb.page and Browsertrix write them: https://specs.webrecorder.net/wacz/1.1.1/. A WARC file in one is read in its
place; nothing is unpacked to a disk. Browsertrix also packs several WACZ files into one ZIP file.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from thaigov_crawler.sources.findings import Findings
from thaigov_crawler.sources.opening import Member, WarcFile
from thaigov_crawler.sources.windows import Window

WARC_NAMES = re.compile(r"\.warc(?:\.gz|\.zst)?(?:\.open)?\Z", re.IGNORECASE)
WACZ_NAMES = re.compile(r"\.wacz\Z", re.IGNORECASE)
_ARCHIVE = re.compile(r"(?:\A|/)archive/[^/]+\Z")  # names of members in the folder for WARC files
_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")  # of a ZIP file, and of one without members
_LOCAL = struct.Struct("<4s22xHH")  # what stands before the data of a member: a mark, and lengths of texts behind it
_ENCRYPTED = 1  # bit of the flags of a member
# Limits of a ZIP file. A WACZ has some dozen members, each with about a hundred bytes in the directory.
_MOST_DIRECTORY = 1 << 22  # bytes of the directory
_DEEPEST = 2  # ZIP files within each other


def is_zip(path: Path) -> bool:
    """Return whether a file begins like a ZIP file. Raise OSError."""
    if not path.is_file():  # reading from a pipe would take the bytes out of it
        return False
    with open(path, "rb") as file:
        return file.read(4) in _BEGINNINGS


def warcs_of(path: Path, findings: Findings, others: list[str]) -> list[WarcFile]:
    """Return the WARC files in the WACZ at `path`, as they stand in it. Return any other file itself.

    A member that cannot be read is counted and logged. If the directory of a WACZ cannot be read, return the file: its
    records are found without the directory. The names of members that are left out are added to `others`.
    """
    try:
        if not is_zip(path):
            return [WarcFile(path)]
        with open(path, "rb") as file:
            wacz = _Wacz(path, file, findings, others)
            members = list(wacz.members("", 0, path.stat().st_size, 1))
    except OSError:
        return [WarcFile(path)]  # reading it will tell
    except _NoDirectory as error:
        findings.broken(
            WarcFile(path), f"is damaged: {error}. Fetch the file again. Its records are sought without it."
        )
        return [WarcFile(path)]
    return [WarcFile(path, member) for member in members]


class _NoDirectory(Exception):
    """The directory of a ZIP file cannot be read. The text says why."""


class _Directory(Window):
    """A ZIP file whose directory is read. `zipfile` reads a directory at once, however long it is."""

    def read(self, size: int = -1) -> bytes:
        if size > _MOST_DIRECTORY:
            raise zipfile.BadZipFile(f"it has more than {_MOST_DIRECTORY:,} bytes")
        return super().read(size)


class _Wacz:
    """A WACZ that is open."""

    def __init__(self, path: Path, file: BinaryIO, findings: Findings, others: list[str]):
        self._path, self._file, self._findings, self._others = path, file, findings, others

    def members(self, inside: str, base: int, size: int, depth: int) -> Iterator[Member]:
        """Yield the WARC files in the ZIP file of `size` bytes from byte `base` on. Raise _NoDirectory or OSError.

        `inside` is the name of that ZIP file in the WACZ, or "" for the WACZ itself.
        """
        end, is_empty = base, True
        for info in self._directory(base, size):
            name = f"{inside}#{info.filename}" if inside else info.filename
            is_wacz = bool(WACZ_NAMES.search(name))
            if not (is_wacz or WARC_NAMES.search(name)):
                if _ARCHIVE.search(info.filename):
                    self._others.append(str(WarcFile(self._path, _member(name, info, 0))))
                continue
            is_empty = False
            begin = self._begin_of(info, base)
            member = _member(name, info, begin)
            if problem := _problem_of(info, begin, end, base + size) or (is_wacz and _problem_within(info, depth)):
                self._findings.broken(WarcFile(self._path, member), f"cannot be read: {problem}.")
                continue
            end = begin + info.compress_size
            if is_wacz:
                yield from self._nested(member, depth)
            else:
                yield member
        if is_empty:
            what = f"{inside} in it" if inside else "it"
            self._findings.broken(WarcFile(self._path), f"is not read: {what} is a ZIP file without a WARC file.")

    def _nested(self, member: Member, depth: int) -> Iterator[Member]:
        try:
            yield from self.members(member.name, member.begin, member.size, depth + 1)
        except _NoDirectory as error:
            self._findings.broken(WarcFile(self._path, member), f"cannot be read: {error}.")

    def _directory(self, base: int, size: int) -> list[zipfile.ZipInfo]:
        """Return the entries of the directory, in the order of their data. Raise _NoDirectory or OSError."""
        try:
            with zipfile.ZipFile(cast(BinaryIO, _Directory(self._file, base, size))) as found:
                return sorted((info for info in found.infolist() if not info.is_dir()), key=lambda i: i.header_offset)
        except OSError:
            raise
        except Exception as error:  # it raises many kinds of errors for a damaged directory
            known = isinstance(error, zipfile.BadZipFile)
            why = f" ({error})" if known and str(error) else ""
            raise _NoDirectory(f"the directory at the end of the ZIP file is missing or broken{why}") from None

    def _begin_of(self, info: zipfile.ZipInfo, base: int) -> int:
        """Return the byte at which the data of a member begin, or -1 if no member begins where the directory says."""
        if info.header_offset < 0:
            return -1
        self._file.seek(base + info.header_offset)
        head = self._file.read(_LOCAL.size)
        if len(head) < _LOCAL.size or not head.startswith(_BEGINNINGS[0]):
            return -1
        _, name_size, extra_size = _LOCAL.unpack(head)
        return int(base + info.header_offset + _LOCAL.size + name_size + extra_size)


def _member(name: str, info: zipfile.ZipInfo, begin: int) -> Member:
    is_deflated = info.compress_type == zipfile.ZIP_DEFLATED
    return Member(name, begin, info.compress_size, info.file_size, info.CRC, is_deflated)


def _problem_of(info: zipfile.ZipInfo, begin: int, before: int, size: int) -> str | None:
    """Return why a member cannot be read, in words, or None.

    `begin` is where its data begin, `before` where those of the member before it end, and `size` where the file ends.
    """
    is_stored = info.compress_type == zipfile.ZIP_STORED
    method = f"it is compressed by the method {info.compress_type} of ZIP, and only 0 and 8 are read. Pack it anew"
    problems = (
        ("it is encrypted", info.flag_bits & _ENCRYPTED),
        (method, not is_stored and info.compress_type != zipfile.ZIP_DEFLATED),
        ("it is not where the directory says. Fetch the file again", begin < 0),
        ("it is not whole. Fetch the file again", begin + info.compress_size > size),
        # Members that share data could make a small file cost any amount of time.
        ("it overlaps with another member", begin < before),
        ("its two lengths differ. Fetch the file again", is_stored and info.compress_size != info.file_size),
    )
    return next((problem for problem, is_so in problems if is_so), None)


def _problem_within(info: zipfile.ZipInfo, depth: int) -> str | None:
    """Return why a WACZ within a ZIP file cannot be read there, in words, or None."""
    if info.compress_type != zipfile.ZIP_STORED:
        return "it is compressed once more. Unpack the outer file"
    return "it is too deep within ZIP files. Unpack the outer one" if depth >= _DEEPEST else None
