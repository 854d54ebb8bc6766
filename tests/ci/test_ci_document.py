"""docs/ci.md: every command in it runs, every file in it is valid."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from copydesk.commands.cli import parser
from copydesk.commands.config import find_config

PAGE = (Path(__file__).parents[2] / "docs" / "ci.md").read_text(encoding="utf-8")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell and its tools")

BLOCKS = re.findall(r"^```(\w+)(?: ([\w-]+))?\n(.*?)^```$", PAGE, re.M | re.S)
STORY = "The bridge over the river reopened on Monday after two years of repairs, the city said.\n\n" + (
    "The first bus crossed it at six in the morning with some forty people on board."
)


def blocks(language: str, kind: str = "") -> list[str]:
    return [text for found, about, text in BLOCKS if (found, about) == (language, kind)]


def run(folder: Path, *command: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "data").mkdir()
    lines = [json.dumps({"headline": f"Bridge {n}", "text": f"{STORY} Day {n}."}) + "\n" for n in range(3)]
    (tmp_path / "data" / "articles.jsonl").write_text("".join(lines))
    return tmp_path


def test_no_block_is_left_out_of_these_tests() -> None:
    assert {(language, about) for language, about, _ in BLOCKS} == {
        ("sh", ""),
        ("toml", ""),
        ("make", ""),
        ("python", ""),
        *(("yaml", about) for about in ("github-workflows", "gitlab-ci", "pre-commit", "dvc")),
    }


def test_the_commands_run_one_after_the_other(project: Path) -> None:
    for script in blocks("sh"):
        run(project, "bash", "-euc", script)


def test_the_config_is_one(project: Path) -> None:
    (project / "copydesk.toml").write_text(blocks("toml")[0])
    given = parser().parse_args(["check"])
    assert given.options.settle(given, find_config(project)).map == ["body=text"]


@pytest.mark.parametrize("schema", ["github-workflows", "gitlab-ci"])
def test_the_workflows_are_valid(project: Path, schema: str) -> None:
    (project / "it.yml").write_text(blocks("yaml", schema)[0])
    run(project, sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", "it.yml")


def test_the_hook_is_configured_as_pre_commit_wants_it(project: Path) -> None:
    (project / "it.yaml").write_text(blocks("yaml", "pre-commit")[0])
    run(project, "pre-commit", "validate-config", "it.yaml")


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")
def test_make_gets_what_it_waits_for(project: Path) -> None:
    (project / "copydesk-suite.yml").write_text("expectations: [{type: expect_news_body_missing}]")
    (project / "Makefile").write_text(blocks("make")[0])
    run(project, "make", "articles.checked")
    assert (project / "articles.checked").exists()


def test_dvc_gets_what_it_waits_for(project: Path) -> None:
    (project / "copydesk-suite.yml").write_text("expectations: [{type: expect_news_body_missing}]")
    stage: dict[str, Any] = YAML(typ="safe", pure=True).load(blocks("yaml", "dvc")[0])["stages"]["check"]
    run(project, "bash", "-euc", stage["cmd"])
    assert all((project / name).exists() for name in [*stage["deps"], *stage["outs"], "result.json"])


def test_the_test_of_ones_own_passes(project: Path) -> None:
    (project / "test_mine.py").write_text("import pandas as pd\n\n" + blocks("python")[0])
    run(project, "pytest", "-q")
