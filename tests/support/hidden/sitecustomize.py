"""Hides modules from a process that starts with this folder in PYTHONPATH. Python imports this module first.

The variable HIDDEN names them, separated by spaces. To import one of them, or a part of it, fails as if it were not
installed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

_HIDDEN = frozenset(os.environ["HIDDEN"].split())


class _Hiding(MetaPathFinder):
    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if name.partition(".")[0] in _HIDDEN:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, _Hiding())
