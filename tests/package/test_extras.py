"""What the extras of the package install may be missing. What needs it says so in one line; the rest works without."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.support.commands import ROOT, EndedCrawl, environment, scrapy
from thaigov_crawler.errors import MissingExtra, extra
from thaigov_crawler.exports import EXTRAS, FORMATS, PRESETS

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OPTIONAL: dict[str, list[str]] = PROJECT["optional-dependencies"]
# The modules that the extras install, by the extra.
MODULES = {
    "browse": ["datasette", "uvicorn", "jinja2", "markupsafe"],
    "coverage": ["plotly", "jinja2", "markupsafe"],
    "parquet": ["pyarrow"],
    "postgresql": ["psycopg"],
    "render": ["scrapy_playwright"],
}
# What brings another package with it, which a user without the extra does not have, either.
BROUGHT = ["playwright"]
SERVER = "postgresql://db.example.org/news"
LIVE = ("crawl", "thaigov", "-asource=live", "-aids=1", "-sTHAIGOV_CONTACT=you@example.org")


def scrapy_without(modules: Iterable[str], *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run `scrapy …` in a folder, where these modules are missing. What is imported at a start needs none of them."""
    hidden = f"from tests.support.hidden import hide; hide({sorted(modules)})"
    code = f"{hidden}\nfrom scrapy.cmdline import execute; execute()"
    env = environment(SCRAPY_SETTINGS_MODULE="thaigov_crawler.settings")
    return scrapy(*arguments, cwd=cwd, env=env, code=code)


def test_every_extra_is_tested() -> None:
    assert set(OPTIONAL) - {"all", "dev"} == set(MODULES)
    for name, modules in MODULES.items():
        installed = {re.match(r"[\w-]+", each)[0].lower().replace("-", "_") for each in OPTIONAL[name]}
        assert installed == set(modules)


def test_all_is_every_extra_of_users() -> None:
    assert OPTIONAL["all"] == [f"thaigov-crawler[{','.join(sorted(MODULES))}]"]


@pytest.mark.parametrize(
    ("arguments", "hidden", "name", "needed_by", "status"),
    [
        (["browse"], "datasette", "browse", "browse: this command", 1),
        (["coverage", "--html", "out"], "plotly", "coverage", "coverage: --html", 1),
        (["export", "-o", "out.parquet"], "pyarrow", "parquet", "export: the format parquet", 1),
        (["export", "--preset", "thaigov-v2", "-o", "out"], "pyarrow", "parquet", "export: the preset thaigov-v2", 1),
        (["runs", f"-sTHAIGOV_DATABASE={SERVER}"], "psycopg", "postgresql", f"runs: The database {SERVER}", 1),
        ([*LIVE, "-arender=true"], "scrapy_playwright", "render", "argument render: 'true' is not allowed: it", 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_what_needs_an_extra_says_so(
    sample_run: EndedCrawl, tmp_path: Path, arguments: list[str], hidden: str, name: str, needed_by: str, status: int
) -> None:
    done = scrapy_without([hidden], *arguments, f"-sTHAIGOV_DIR={sample_run.folder}", cwd=tmp_path)
    line = (
        f"{needed_by} needs the extra `{name}`, as there is no module {hidden}. "
        f"Install it: pip install 'thaigov-crawler[{name}]'"
    )
    said = re.sub(r"^\S+ \S+ \[[\w.]+\] ERROR: ", "", done.stderr, flags=re.MULTILINE)
    assert (done.returncode, done.stdout) == (status, "")
    assert said.splitlines()[-1] == line
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []  # nothing is written


def test_the_rest_works_without_any(tmp_path: Path) -> None:
    missing = {module for modules in MODULES.values() for module in modules} | set(BROUGHT)
    done = scrapy_without(missing, "crawl", "thaigov", "-asource=sample", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "33 new" in done.stderr
    for line in ("coverage", "export --preset corpus -o corpus"):
        done = scrapy_without(missing, *line.split(), "-sTHAIGOV_DIR=data/sample", cwd=tmp_path)
        assert done.returncode == 0, (line, done.stderr)


def test_forms_without_an_extra_need_none() -> None:
    assert set(EXTRAS) <= {*FORMATS, *PRESETS}
    assert set(EXTRAS.values()) <= set(MODULES)


def test_a_module_of_our_own_that_is_missing_is_no_extra() -> None:
    with pytest.raises(ModuleNotFoundError), extra("parquet", "it"):
        import thaigov_crawler.exports.nowhere  # noqa: F401
    with pytest.raises(MissingExtra, match=r"^it needs the extra `parquet`, as there is no module nowhere\. "):  # noqa: SIM117
        with extra("parquet", "it"):
            import nowhere  # noqa: F401
