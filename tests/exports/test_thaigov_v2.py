"""`scrapy export --preset thaigov-v2`: a dataset in a folder, laid out for `datasets.load_dataset`."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml

from tests.support.commands import EndedCrawl, scrapy
from tests.support.stores import store_of
from thaigov_crawler import __version__


def export(folder: Path, *options: str):
    return scrapy("export", f"-sTHAIGOV_DIR={folder}", "--preset", "thaigov-v2", *options)


def content(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_columns_and_card(sample_run: EndedCrawl, tmp_path: Path) -> None:
    target = tmp_path / "news"
    assert export(sample_run.folder, "-o", str(target)).returncode == 0
    table = pq.read_table(target / "data" / "train-00000-of-00001.parquet")
    articles = sorted(sample_run.journal, key=lambda article: article["id"])
    assert [(field.name, str(field.type)) for field in table.schema] == [
        ("title", "string"),
        ("context", "string"),
        ("url", "string"),
    ]
    assert table["title"].to_pylist() == [article["title"] for article in articles]
    assert table["url"].to_pylist() == [article["url"] for article in articles]
    for context, article in zip(table["context"].to_pylist(), articles, strict=True):
        assert context == (f"{article['lead']}\n" if article["lead"] else "") + article["body"]
    _, front, text = (target / "README.md").read_text("utf-8").split("---\n", 2)
    about = yaml.safe_load(front)
    assert (about["language"], about["license"], about["size_categories"]) == (["th"], "cc0-1.0", ["n<1K"])
    (config,) = about["configs"]
    assert config["data_files"] == [{"split": "train", "path": "data/train-*"}]
    assert [each["name"] for each in about["dataset_info"]["features"]] == table.column_names
    assert "33 articles" in text
    assert "2020-09-07 to 2025-09-02" in text
    assert f"thaigov-crawler {__version__}" in text


def test_the_same_store_gives_the_same_folder(sample_run: EndedCrawl, tmp_path: Path) -> None:
    (tmp_path / "two").mkdir()  # an empty folder is taken
    for name in ("one", "two"):
        assert export(sample_run.folder, "-o", str(tmp_path / name)).returncode == 0
    assert content(tmp_path / "one") == content(tmp_path / "two")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "one").stat().st_mode) == 0o777 & ~mask


@pytest.mark.parametrize("there", ["a folder", "a file"])
def test_what_is_there_stays(sample_run: EndedCrawl, tmp_path: Path, there: str) -> None:
    target = tmp_path / "news"
    if there == "a folder":
        target.mkdir()
        (target / "mine").write_text("x")
    else:
        target.write_text("x")
    before = content(tmp_path)
    done = export(sample_run.folder, "-o", str(target))
    assert done.returncode == 1
    assert done.stderr == f"export: {target}: exists already: name a new folder, or an empty one\n"
    assert content(tmp_path) == before


def test_a_folder_that_cannot_be_written_leaves_nothing(sample_run: EndedCrawl, tmp_path: Path) -> None:
    done = export(sample_run.folder, "-o", str(tmp_path / "no" / "folder"))
    assert done.returncode == 1
    assert done.stderr == f"export: {tmp_path / 'no' / 'folder'}: No such file or directory\n"
    assert not list(tmp_path.iterdir())


def test_without_articles_there_is_no_dataset(tmp_path: Path) -> None:
    folder = store_of(tmp_path / "store", {})
    done = export(folder, "-o", str(tmp_path / "news"), "--ids", "9")
    assert done.returncode == 1
    assert done.stderr.startswith("export: no stored article matches\n")
    assert not (tmp_path / "news").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "--preset thaigov-v2 writes a folder: name it, as in -o news"),
        (("-o", "x", "--format", "csv"), "--preset and --format: a preset has its own format"),
        (("-o", "x", "--bom"), "--preset and --bom: a preset has its own format"),
    ],
)
def test_what_does_not_go_together(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    done = export(tmp_path, *options)
    assert done.returncode == 2
    assert said in done.stderr
