"""The GitHub Action: valid, nothing of its inputs stands in a script, and its scripts do what they say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell and its tools")

ACTION: dict[str, Any] = YAML(typ="safe", pure=True).load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
STORY = "The bridge over the river reopened on Monday after two years of repairs, the city said.\n\n" + (
    "The first bus crossed it at six in the morning with some forty people on board."
)


def run(
    workspace: Path, step: str, log: int | BinaryIO = subprocess.PIPE, /, **inputs: str
) -> tuple[int, dict[str, str], str, str]:
    """Run a step as the runner does; return its status, its outputs, its summary and what it printed."""
    (wanted,) = [s for s in STEPS if s.get("id") == step or s.get("name") == step]
    given = {name: str(declared.get("default", "")) for name, declared in ACTION["inputs"].items()} | inputs

    def expanded(value: str) -> str:
        return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: given[m[1]], value)

    files = {name: workspace / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.write_text("before\n")
    temporary = workspace / "temp"
    (temporary / "copydesk" / "bin").mkdir(parents=True, exist_ok=True)
    (temporary / "copydesk" / "bin" / "copydesk").unlink(missing_ok=True)
    (temporary / "copydesk" / "bin" / "copydesk").symlink_to(Path(sys.executable).parent / "copydesk")
    script = workspace / "script.sh"
    script.write_text(wanted["run"])
    env = {
        **os.environ,
        **{name: expanded(value) for name, value in wanted["env"].items()},
        **{name: str(file) for name, file in files.items()},
        "GITHUB_ACTION_PATH": str(ROOT),
        "RUNNER_TEMP": str(temporary),
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=workspace,
        env=env,
        stdout=log,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines()[1:])
    summary = files["GITHUB_STEP_SUMMARY"].read_text()
    assert summary.startswith("before\n")
    return done.returncode, outputs, summary.removeprefix("before\n"), (done.stdout or "") + done.stderr


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name, words in (("clean", ""), ("dirty", "\n\nHide Ad")):
        lines = [json.dumps({"headline": f"Bridge {n}", "story": f"{STORY} Day {n}.{words}"}) for n in range(3)]
        (tmp_path / f"{name} articles.jsonl").write_text("\n".join(lines))
    return tmp_path


def test_it_is_valid() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions"]
    done = subprocess.run([*command, str(ROOT / "action.yml")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_script_holds_an_expression_and_every_input_is_used() -> None:
    assert not [s for s in STEPS if "${{" in s.get("run", "")]
    used = set(re.findall(r"inputs\.([\w-]+)", json.dumps(STEPS)))
    assert used == set(ACTION["inputs"])


def test_a_clean_collection_passes_with_a_summary_and_a_report(workspace: Path) -> None:
    status, outputs, summary, _ = run(workspace, "check", paths="clean articles.jsonl\n", map="body=story\n")
    assert (status, outputs) == (0, {"status": "0"})
    assert "Passed" in summary
    assert (workspace / "copydesk-report.html").is_file()


def test_a_dirty_one_fails_the_job_with_annotations(workspace: Path) -> None:
    given = {"paths": "clean articles.jsonl\ndirty articles.jsonl", "map": "body=story", "sarif": "c.sarif"}
    status, outputs, summary, said = run(workspace, "check", **given)
    assert (status, outputs) == (1, {"status": "1"})
    assert "Hide Ad" in summary and (workspace / "c.sarif").is_file()
    assert re.search(r"^::error file=dirty articles\.jsonl,line=1,", said, re.M)


def test_the_status_is_that_of_the_data_whatever_becomes_of_the_log(workspace: Path) -> None:
    given = {"paths": "dirty articles.jsonl", "map": "body=story", "report": ""}
    read, write = os.pipe()
    os.close(read)  # as of `ci/gate check | head`
    with os.fdopen(write, "wb") as log:
        status, outputs, summary, _ = run(workspace, "check", log, **given)
    assert (status, outputs) == (1, {"status": "1"}) and "Hide Ad" in summary
    if Path("/dev/full").is_char_device():
        for paths, expected in (("dirty articles.jsonl", 1), ("clean articles.jsonl", 2)):
            with Path("/dev/full").open("wb") as log:
                status, outputs, _, said = run(workspace, "check", log, **given | {"paths": paths})
            assert (status, outputs) == (expected, {"status": str(expected)})
            assert "standard output cannot be written" in said


def test_what_is_not_given_comes_from_the_config(workspace: Path) -> None:
    (workspace / "copydesk.toml").write_text('paths = ["clean*.jsonl"]\nmap = { body = "story" }\nsuite = "scrape"\n')
    status, _, summary, said = run(workspace, "check")
    assert status == 0 and "scrape" in summary and "Config: copydesk.toml" in said


def test_wrong_usage_fails_the_job_and_says_why(workspace: Path) -> None:
    status, outputs, summary, said = run(workspace, "check", paths="none.jsonl")
    assert (status, outputs, summary) == (2, {"status": "2"}, "")
    assert "there is no such file" in said


@pytest.mark.parametrize("field", ["paths", "suite", "map", "fail-on"])
@pytest.mark.parametrize("hostile", ["\"; touch pwned; $(touch pwned) `touch pwned` '", "--help"])
def test_an_input_is_never_a_command(workspace: Path, field: str, hostile: str) -> None:
    given = {"paths": "clean articles.jsonl", "map": "body=story", "report": ""} | {field: hostile}
    status, _, _, said = run(workspace, "check", **given)
    assert status == 2 and not (workspace / "pwned").exists()
    assert said.splitlines()[-1].startswith("copydesk") and "show this help" not in said


def test_it_is_installed_apart_from_the_job_and_pinned(tmp_path: Path) -> None:
    log = tmp_path / "log"
    python = tmp_path / "python"
    body = (
        f'#!/bin/sh\necho "$0 $*" >> {log}\nif [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; fi\n'
    )
    python.write_text(body)
    python.chmod(0o755)
    env = {**os.environ, "RUNNER_TEMP": str(tmp_path / "t"), "PYTHON": str(python)}
    subprocess.run(["bash", str(ROOT / "ci" / "gate"), "install"], env=env, check=True)
    made, installed = log.read_text().splitlines()[:2]
    assert made == f"{python} -m venv {tmp_path}/t/copydesk"
    assert installed == f"{tmp_path}/t/copydesk/bin/python {ROOT}/ci/pins.py install runtime"


def test_junit_and_more_arguments_are_handed_over(workspace: Path) -> None:
    given = {"paths": "dirty articles.jsonl", "map": "body=story", "report": "", "junit": "j.xml"}
    more = "--fail-on=never\n--findings=all found.csv\n"
    status, *_ = run(workspace, "check", **given, arguments=more)
    assert status == 0 and (workspace / "j.xml").is_file() and (workspace / "all found.csv").is_file()
    (kept,) = [step["with"]["path"] for step in STEPS if "actions/cache@" in step.get("uses", "")]
    script = (ROOT / "ci" / "gate").read_text(encoding="utf-8")
    for name in ("copydesk-pip", "copydesk-data"):
        assert f"/{name}\n" in kept and f"=$RUNNER_TEMP/{name}" in script


def gate(workspace: Path, what: str, **given: str) -> str:
    """Run a part of ci/gate with a `gh` that writes down what it was asked; return that."""
    (workspace / "gh").write_text(
        f'#!/bin/sh\necho "$*" >> {workspace}/asked\ncase "$*" in *--jq*) echo $KNOWN;; esac\n'
    )
    (workspace / "gh").chmod(0o755)
    (workspace / "asked").unlink(missing_ok=True)
    path = f"{workspace}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "RUNNER_TEMP": str(workspace), "GITHUB_STEP_SUMMARY": str(workspace / "steps")}
    subprocess.run(["bash", str(ROOT / "ci" / "gate"), what], env=env | given, check=True)
    return (workspace / "asked").read_text() if (workspace / "asked").exists() else ""


def test_the_summary_links_the_report_and_the_comment_is_made_once(tmp_path: Path) -> None:
    about = {"GITHUB_REPOSITORY": "o/r", "GITHUB_JOB": "check", "COPYDESK_PULL_REQUEST": "7"}
    assert gate(tmp_path, "comment", **about) == ""  # copydesk did not get as far as a summary
    (tmp_path / "copydesk.md").write_text("## copydesk: passed\n")
    gate(tmp_path, "link", COPYDESK_ADDRESS="https://example.org/artifact")
    assert (tmp_path / "steps").read_text() == "\n[The report](https://example.org/artifact)\n"
    body = f"--field body=@{tmp_path}/copydesk-comment.md\n"
    assert gate(tmp_path, "comment", **about).endswith(f"--method POST repos/o/r/issues/7/comments {body}")
    assert gate(tmp_path, "comment", KNOWN="42", **about).endswith(
        f"--method PATCH repos/o/r/issues/comments/42 {body}"
    )
    text = (tmp_path / "copydesk-comment.md").read_text()
    assert text == "<!-- copydesk check -->\n## copydesk: passed\n\n[The report](https://example.org/artifact)\n"


def test_a_fork_gets_no_step_that_needs_a_permission() -> None:
    for step in STEPS:
        if "upload-sarif" in step.get("uses", "") or "GH_TOKEN" in step.get("env", {}):
            assert "!github.event.pull_request.head.repo.fork" in step["if"]
