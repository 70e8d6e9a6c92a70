"""The files for a forge and for pre-commit start the checks of `.ci/run`, and none of their own."""

from __future__ import annotations

import os

import yaml

from tests.support.commands import ROOT

CHECKS = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


def test_pre_commit_runs_the_checks_and_fetches_nothing() -> None:
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert repository["repo"] == "local"
    assert {hook["language"] for hook in repository["hooks"]} == {"unsupported"}
    entries = [hook["entry"] for hook in repository["hooks"]]
    assert entries == ["ruff check", "ruff format", "mypy"]
    for entry in entries:
        assert any(line.startswith(entry) for line in CHECKS)


def test_the_workflow_starts_ci() -> None:
    (job,) = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))["jobs"].values()
    assert job["steps"][-1] == {"run": ".ci/run"}
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
