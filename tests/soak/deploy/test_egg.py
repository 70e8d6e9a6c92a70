"""The egg that scrapyd-deploy uploads: it holds every file of the package."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path, PurePath

import pytest

from tests.support.commands import ROOT
from tests.support.machine import Machine


def test_the_egg_holds_what_the_repository_does_and_new_files_wherever_they_lie(tmp_path: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "thaigov_crawler"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    if listed.returncode:
        pytest.skip(f"this is no checkout of git: {listed.stderr}")
    tracked = set(listed.stdout.strip("\0").split("\0"))
    assert "thaigov_crawler/sources/sample.warc.gz" in tracked
    machine = Machine(tmp_path / "home")
    new = {f"thaigov_crawler/{name}" for name in ("top.html", "thai/words.txt", "thai/words/deep/names.json")}
    for name in new:
        path = machine.checkout / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("ก", "utf-8")
    machine.shell("cd thaigov-crawler && .venv/bin/scrapyd-deploy --build-egg ../project.egg")
    names = zipfile.ZipFile(machine.home / "project.egg").namelist()
    packed = {name for name in names if PurePath(name).parts[0] != "EGG-INFO" and not name.endswith(".pyc")}
    assert packed == tracked | new
