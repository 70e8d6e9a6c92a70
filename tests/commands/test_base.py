"""What all commands of the project have in common: which there are, and how they end."""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from pathlib import Path

import pytest
from scrapy.cmdline import _get_commands_from_module
from scrapy.commands import ScrapyCommand

from tests.support.commands import ROOT, EndedCrawl, command, environment, piped, scrapy, started
from thaigov_crawler import settings
from thaigov_crawler.commands._base import ProjectCommand
from thaigov_crawler.commands.import_corpus import Command as ImportCorpus

COMMANDS: dict[str, ScrapyCommand] = _get_commands_from_module(settings.COMMANDS_MODULE, inproject=True)
# That write to standard output what a reader may not want to the end.
WRITING = ("export", "changes", "runs", "coverage", "probe README.md", "probe -a source=sample 990030")


def test_each_module_is_a_command_and_helpers_are_none() -> None:
    modules = {path.stem.replace("_", "-") for path in (ROOT / "thaigov_crawler" / "commands").glob("[a-z]*.py")}
    assert set(COMMANDS) == modules
    assert all(isinstance(each, ProjectCommand) for each in COMMANDS.values())


def test_every_command_knows_its_name() -> None:
    assert {each.name for each in COMMANDS.values()} == set(COMMANDS)
    assert ImportCorpus().name == "import-corpus"


@pytest.mark.parametrize("name", [name for name, each in COMMANDS.items() if not each.takes_arguments])
def test_what_takes_options_only_says_so(name: str) -> None:
    done = scrapy(name, "everything")
    assert done.returncode == 2
    assert f"{name} takes options only, not 'everything'" in done.stderr


@pytest.mark.parametrize("line", WRITING)
def test_a_reader_may_stop_early(sample_run: EndedCrawl, line: str) -> None:
    status, _, errors = piped(*line.split(), f"-sTHAIGOV_DIR={sample_run.folder}", most=0)
    assert errors == ""
    assert status == (1 if line == "probe README.md" else 0)  # that is no page of an article


@pytest.mark.parametrize("line", WRITING)
def test_what_cannot_be_written_is_told_in_one_line(sample_run: EndedCrawl, line: str) -> None:
    with open("/dev/full", "wb") as full, tempfile.TemporaryFile() as errors:
        options = (f"-sTHAIGOV_DIR={sample_run.folder}",)
        with started(*line.split(), *options, stdout=full, stderr=errors) as process:
            status = process.wait()
        errors.seek(0)
        told = errors.read().decode()
    assert told == f"{line.split(maxsplit=1)[0]}: [Errno 28] No space left on device\n"
    assert status == 1


def test_commands_are_found_in_a_zip_file(tmp_path: Path) -> None:
    """As Scrapyd has the project: an egg, which nobody installs."""
    with zipfile.ZipFile(tmp_path / "project.egg", "w") as egg:
        for path in (ROOT / "thaigov_crawler").rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                egg.write(path, path.relative_to(ROOT))
    here = environment(PYTHONPATH="project.egg", SCRAPY_SETTINGS_MODULE="thaigov_crawler.settings")
    line = command("import-corpus")
    done = subprocess.run(line, cwd=tmp_path, env=here, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "name one folder of text files, as in: scrapy import-corpus thaigov-v2-corpus" in done.stderr
