"""The workflows and the files beside them: valid, with no hole that zizmor knows, and of one mind with pyproject.toml.

That they work can only be seen on GitHub. There, actionlint reads them as well.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from copydesk.commands.scaffold import place_files
from pins import PINS

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SCHEMAS = {
    **dict.fromkeys(WORKFLOWS, "github-workflows"),
    **dict.fromkeys((GITHUB / "ISSUE_TEMPLATE").glob("[!c]*.yml"), "github-issue-forms"),
    GITHUB / "ISSUE_TEMPLATE" / "config.yml": "github-issue-config",
    GITHUB / "dependabot.yml": "dependabot",
}


def run(tool: str, *arguments: str | Path) -> None:
    """Run a tool of this environment."""
    command = [Path(sys.executable).with_name(tool), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def jobs_of(workflow: Path) -> dict[str, Any]:
    jobs: dict[str, Any] = YAML(typ="safe", pure=True).load(workflow.read_text(encoding="utf-8"))["jobs"]
    return jobs


def test_every_yaml_file_for_github_has_a_schema() -> None:
    assert set(GITHUB.rglob("*.yml")) == set(SCHEMAS) and len(WORKFLOWS) == 2


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_each_file_is_valid(file: Path) -> None:
    run("check-jsonschema", "--builtin-schema", f"vendor.{SCHEMAS[file]}", file)


def zizmor(*arguments: str | Path) -> None:
    run("zizmor", "--offline", "--no-progress", "--persona", "pedantic", *arguments)


def test_zizmor_finds_nothing_in_them() -> None:
    zizmor(*WORKFLOWS, GITHUB / "dependabot.yml", ROOT / "action.yml")


def test_zizmor_finds_what_is_wrong(tmp_path: Path) -> None:
    text = (GITHUB / "workflows" / "ci.yml").read_text(encoding="utf-8")
    (tmp_path / "ci.yml").write_text(re.sub(r"@[0-9a-f]{40} # v(\d).*", r"@v\1", text), encoding="utf-8")
    with pytest.raises(AssertionError, match="unpinned-uses"):
        zizmor(tmp_path / "ci.yml")


def test_zizmor_finds_nothing_in_the_workflow_that_init_writes(tmp_path: Path) -> None:
    """There, an action of GitHub may be named by a tag: not everyone has a bot that brings new versions."""
    place_files(tmp_path)
    rules: dict[str, Any] = {"unpinned-uses": {"config": {"policies": {"actions/*": "ref-pin"}}}}
    rules |= {name: {"disable": True} for name in ("anonymous-definition", "concurrency-limits")}  # matters of taste
    (tmp_path / "zizmor.yml").write_text(json.dumps({"rules": rules}))
    zizmor("--config", tmp_path / "zizmor.yml", tmp_path / ".github" / "workflows" / "copydesk.yml")


def test_an_action_is_pinned_to_one_commit_with_its_version() -> None:
    used: dict[str, set[str]] = {}
    for file in (*WORKFLOWS, ROOT / "action.yml"):
        for action, pin in re.findall(r"uses: ([^@\s]+)@(.+)", file.read_text(encoding="utf-8")):
            assert re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", pin), f"{file.name}: {action}@{pin}"
            used.setdefault(action, set()).add(pin)
    assert used and all(len(pins) == 1 for pins in used.values()), used


def test_only_the_job_that_publishes_may_prove_who_it_is_and_it_runs_no_code_of_ours() -> None:
    jobs = [(name, job) for workflow in WORKFLOWS for name, job in jobs_of(workflow).items()]
    trusted = [(name, job) for name, job in jobs if set(job["permissions"].values()) != {"read"}]
    ((name, job),) = trusted
    assert (name, job["permissions"], job["environment"]) == ("publish", {"id-token": "write"}, "pypi")
    assert job["needs"] == "files" and job["if"] == "github.event_name == 'push'"
    assert [step["uses"].split("@")[0] for step in job["steps"]] == [
        "actions/download-artifact",
        "pypa/gh-action-pypi-publish",
    ]


def test_a_release_is_checked_before_it_is_built_and_before_it_is_published() -> None:
    jobs = jobs_of(GITHUB / "workflows" / "release.yml")
    assert jobs["sdist"]["needs"] == jobs["wheels"]["needs"] == "project"
    assert jobs["files"]["needs"] == ["sdist", "wheels"]
    for name, words in (("project", '"$GITHUB_REF_NAME"'), ("files", '"$GITHUB_REF_NAME" dist/*')):
        (step,) = [step for step in jobs[name]["steps"] if "release-check" in step.get("run", "")]
        assert step == {"if": "github.event_name == 'push'", "run": f"python ci/release-check {words}"}


def test_every_python_that_is_promised_is_tested() -> None:
    marker = "Programming Language :: Python :: "
    promised = [c.removeprefix(marker) for c in PYPROJECT["project"]["classifiers"] if c.startswith(marker)]
    assert promised[0] == PYPROJECT["project"]["requires-python"].removeprefix(">=")
    jobs = jobs_of(GITHUB / "workflows" / "ci.yml")
    for name in ("linux", "others"):
        assert jobs[name]["strategy"]["matrix"]["python"] == promised


def test_what_a_workflow_installs_is_pinned_with_hashes() -> None:
    scripts = "\n".join(workflow.read_text(encoding="utf-8") for workflow in WORKFLOWS)
    assert "pip install" not in scripts
    assert set(re.findall(r"ci/pins\.py install (\w+)", scripts)) == {"test", "workflows", "release"} <= set(PINS)


def test_the_hooks_of_contributors_run_tools_of_the_environment() -> None:
    run("pre-commit", "validate-config", ROOT / ".pre-commit-config.yaml")
    (repository,) = YAML(typ="safe", pure=True).load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    pinned = (ROOT / "ci" / "constraints.txt").read_text(encoding="utf-8")
    assert repository["repo"] == "local"
    for hook in repository["hooks"]:
        tool = re.fullmatch(r"\.venv/bin/(\w+)( .*)?", hook["entry"])
        assert tool and f"\n{tool[1]}==" in pinned and hook["language"] == "system"
