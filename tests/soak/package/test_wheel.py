"""The wheel and the source archive: they hold every file, and `thaigov` works outside of the checkout.

The dependencies are those of the environment of the tests; `.ci/run` installs the wheel with its own.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from tests.support.commands import ROOT, TIMEOUT, command, environment, query_database
from thaigov_crawler import __version__

# What the package is built from.
_PARTS = ("LICENSE", "MANIFEST.in", "README.md", "pyproject.toml", "setup.py", "thaigov_crawler")


def test_the_wheel_outside_of_the_checkout(tmp_path: Path) -> None:
    wheel, archive = built(tmp_path)
    with zipfile.ZipFile(wheel) as file:
        assert {name for name in file.namelist() if name.startswith("thaigov_crawler/")} == tracked()
    with tarfile.open(archive) as file:
        assert tracked() <= {name.partition("/")[2] for name in file.getnames()}

    installed = tmp_path / "installed"
    run(sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", installed, wheel)
    (info,) = installed.glob("*.dist-info")
    metadata = Parser().parsestr((info / "METADATA").read_text("utf-8"))
    assert (metadata["Name"], metadata["Version"]) == ("thaigov-crawler", __version__)
    assert (metadata["License-Expression"], metadata["Requires-Python"]) == ("MIT", ">=3.11")
    assert (info / "licenses" / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()

    here = tmp_path / "elsewhere"
    here.mkdir()
    env = environment(PYTHONPATH=str(installed))
    crawled = run(installed / "bin" / "thaigov", "crawl", "thaigov", "-a", "source=sample", cwd=here, env=env)
    assert "33 new" in crawled.stderr
    assert query_database(here / "data" / "sample" / "thaigov.db", "SELECT count(*) FROM articles") == [(33,)]

    # Another Scrapy project in the same environment gets none of our commands.
    (here / "scrapy.cfg").write_text("[settings]\ndefault = others\n")
    (here / "others.py").write_text("BOT_NAME = 'others'\n")
    listed = run(*command(), cwd=here, env=env).stdout
    assert "active project: others" in listed
    assert "  crawl " in listed
    assert "  rederive " not in listed


def built(folder: Path) -> tuple[Path, Path]:
    """Build the wheel and the source archive from a copy of the checkout, with the setuptools that is installed."""
    pytest.importorskip("build", reason="no build; to install: pip install -r tests/requirements.txt")
    copy = folder / "checkout"
    copy.mkdir()
    for name in _PARTS:
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, copy / name)
        else:
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder / "dist", copy)
    (wheel,), (archive,) = (list((folder / "dist").glob(f"*{ending}")) for ending in (".whl", ".tar.gz"))
    return wheel, archive


def tracked() -> set[str]:
    """The files of the package in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "thaigov_crawler"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    if listed.returncode:
        pytest.skip(f"this is no checkout of git: {listed.stderr}")
    return set(listed.stdout.strip("\0").split("\0"))


def run(*line: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a program that must end well."""
    done = subprocess.run(line, capture_output=True, encoding="utf-8", timeout=TIMEOUT, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done
