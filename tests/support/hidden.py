"""Hides modules from a process."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType


def hide(names: Iterable[str]) -> None:
    """Let the import of these modules and of their parts fail as if they were not installed.

    Raise AssertionError if one is imported already: then the process needs it even where nothing asks for it.
    """
    hidden = frozenset(names)
    assert not hidden & {*sys.modules}
    sys.meta_path.insert(0, _Hiding(hidden))


class _Hiding(MetaPathFinder):
    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if name.partition(".")[0] in self._names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
