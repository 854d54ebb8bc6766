"""`copydesk init`: what it writes works as it stands, and nothing that was there is touched."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

import copydesk
from copydesk.checks.suite import load_suite, parse_suite
from copydesk.commands import scaffold
from copydesk.commands.cli import main
from copydesk.commands.scaffold import place_files, requirement

ROOT = Path(__file__).parents[2]
STORY = "The bridge over the river reopened on Monday after two years of repairs, the city said.\n\n" + (
    "The first bus crossed it at six in the morning with some forty people on board."
)


def articles(path: Path, *, body: str = "text") -> None:
    frame = pl.DataFrame({"headline": [f"{path.stem} {n}" for n in range(3)]})
    frame = frame.with_columns(pl.format("{} It was {}.", pl.lit(STORY), "headline").alias(body))
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".jsonl":
        frame.write_ndjson(path)
    elif path.suffix == ".csv":
        frame.write_csv(path)
    else:
        frame.write_parquet(path)


def valid(schema: str, *files: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def yaml(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / 'a "corpus": ü'
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def test_what_it_writes_is_valid_and_checks_the_articles_that_are_there(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("data/2026/a.jsonl", "data/2026/b.jsonl", "news.csv", "archive/all.parquet"):
        articles(here / name)
    (here / "data" / "numbers.csv").write_text("x,y\n1,2\n")
    (here / "package.json").write_text("{}")
    assert main(["init"]) == 0
    said = capsys.readouterr().out
    assert said.count("wrote  ") == 4 and "copydesk check" in said
    config = tomllib.loads((here / "copydesk.toml").read_text(encoding="utf-8"))
    assert sorted(config["paths"]) == ["archive", "data/2026", "news.csv"]
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    assert "12 articles of 4 files" in out and "\nConfig: copydesk.toml\n" in out
    valid("github-workflows", here / ".github" / "workflows" / "copydesk.yml")
    assert main(["init", "--ci", "gitlab"]) == 0
    valid("gitlab-ci", here / ".gitlab-ci.yml")


def test_the_suite_is_that_of_news_with_what_each_expectation_means(here: Path) -> None:
    (suite,) = [f.text for f in place_files(here) if f.path == "copydesk-suite.yml"]
    parsed, news = parse_suite(suite, file="own.yml"), load_suite("news")
    assert parsed.name == here.name
    assert [(e.type, e.severity, e.kwargs) for e in parsed.entries] == [
        (e.type, e.severity, e.kwargs) for e in news.entries
    ]
    assert len(re.findall(r"^  # Expect .*\n  - type: ", suite, re.M)) == len(news.entries)


def test_files_that_were_there_are_kept_and_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = ["copydesk.toml", "copydesk-suite.yml", ".pre-commit-config.yaml", ".gitlab-ci.yml"]
    for name in kept:
        (here / name).write_text("# mine\n")
    assert main(["init", "--ci", "gitlab"]) == 0
    said = capsys.readouterr().out
    assert all(f"kept   {name}  (it was there before)" in said for name in kept)
    assert all((here / name).read_text() == "# mine\n" for name in kept)
    assert "To .pre-commit-config.yaml you may add:\n\n    repos:\n" in said
    assert "To .gitlab-ci.yml you may add:" in said
    (here / ".pre-commit-config.yaml").write_text("# copydesk is mine\n")
    main(["init"])
    assert "you may add" not in capsys.readouterr().out


def test_a_second_run_changes_nothing(here: Path) -> None:
    articles(here / "a.jsonl")
    first = place_files(here)
    before = {f: f.read_bytes() for f in here.rglob("*") if f.is_file()}
    assert [f.kept for f in first] == [False] * 4
    assert [f.kept for f in place_files(here)] == [True] * 4
    assert {f: f.read_bytes() for f in here.rglob("*") if f.is_file()} == before


def test_a_config_in_pyproject_stands_for_the_file(here: Path) -> None:
    (here / "pyproject.toml").write_text("[tool.copydesk]\npaths = ['x']\n")
    placed = place_files(here, ci=None)
    assert next((f.path, f.kept) for f in placed) == ("pyproject.toml", True)
    assert not (here / "copydesk.toml").exists()


def test_without_articles_the_config_leaves_a_place_for_them(here: Path) -> None:
    place_files(here)
    assert '# paths = ["data"]' in (here / "copydesk.toml").read_text()
    assert main(["check"]) == 2


@pytest.mark.parametrize("arguments", [["nowhere"], ["file"]])
def test_a_folder_that_is_none_is_wrong_usage(
    here: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "file").write_text("")
    assert main(["init", *arguments]) == 2
    assert "there is no such folder" in capsys.readouterr().err


PATH = st.text(st.characters(codec="utf-8", exclude_characters="/", exclude_categories=["Cc"]), min_size=1)


@given(st.lists(PATH, max_size=4))
def test_any_path_is_written_so_that_it_is_read_as_it_was(paths: list[str]) -> None:
    text = scaffold._template("copydesk.toml", DOCUMENTATION="", PATHS=scaffold._paths(paths))
    assert tomllib.loads(text).get("paths", []) == paths
    assert tomllib.loads(text)["suite"] == "copydesk-suite.yml"


ORIGINS = {
    "from a repository": (
        {"url": "https://example.org/c", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
        "copydesk @ git+https://example.org/c@abc",
    ),
    "from an archive": (
        {"url": "https://example.org/c.whl", "archive_info": {}},
        "copydesk @ https://example.org/c.whl",
    ),
    "from a folder": ({"url": "file:///src", "dir_info": {}}, f"copydesk=={copydesk.__version__}"),
    "from an index": (None, f"copydesk=={copydesk.__version__}"),
    "before a release": (None, ""),
}


@pytest.mark.parametrize(("origin", "wanted"), ORIGINS.values(), ids=ORIGINS)
def test_automation_installs_the_copydesk_that_wrote_it(
    origin: dict[str, Any] | None, wanted: str, monkeypatch: pytest.MonkeyPatch, here: Path
) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            return json.dumps(origin) if origin else None

    monkeypatch.setattr("importlib.metadata.distribution", lambda name: Installed())
    monkeypatch.setattr(scaffold, "is_released", lambda: bool(wanted))
    assert requirement() == wanted
    place_files(here, ci="gitlab")
    place_files(here, ci="github")
    assert yaml(here / ".gitlab-ci.yml")["copydesk"]["variables"]["COPYDESK"] == wanted
    (hook,) = yaml(here / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    assert hook.get("additional_dependencies", [""]) == [wanted]
    assert hook["language"] == ("python" if wanted else "system")
    steps = yaml(here / ".github" / "workflows" / "copydesk.yml")["jobs"]["check"]["steps"]
    (step,) = [step for step in steps if "pip install" in step.get("run", "")]
    assert step["env"] == {"COPYDESK": wanted}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_a_workflow_that_does_not_know_what_to_install_fails_and_says_so(here: Path) -> None:
    place_files(here)
    place_files(here, ci="gitlab")
    steps = yaml(here / ".github" / "workflows" / "copydesk.yml")["jobs"]["check"]["steps"]
    (github,) = [step["run"] for step in steps if "pip install" in step.get("run", "")]
    for script in (github, yaml(here / ".gitlab-ci.yml")["copydesk"]["script"][0]):
        done = subprocess.run(
            ["bash", "-ec", script], env={"COPYDESK": ""}, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (1, f"{scaffold.MISSING}\n")


@pytest.mark.parametrize(
    ("spec", "language"), [("./wheels/copydesk.whl", "system"), ("copydesk @ git+https://example.org/c@abc", "python")]
)
def test_what_is_named_is_installed(here: Path, spec: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--install", spec]) == 0
    assert f"Automation installs {spec!r}." in capsys.readouterr().out
    assert spec in (here / ".github" / "workflows" / "copydesk.yml").read_text(encoding="utf-8")
    (hook,) = yaml(here / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    assert hook["language"] == language
    assert main(["init", "--install", " "]) == 2


def test_the_template_for_gitlab_is_the_file_that_init_writes() -> None:
    assert (ROOT / "ci" / "gitlab.yml").read_text() == scaffold._template(
        "gitlab.yml", REQUIREMENT='""', SENTENCE=scaffold.MISSING
    )
    valid("gitlab-ci", ROOT / "ci" / "gitlab.yml")


@pytest.mark.parametrize("name", ["copydesk.toml", "copydesk-suite.yml", ".github", ".github/workflows"])
@pytest.mark.parametrize("there", ["nothing", "a file elsewhere", "a folder elsewhere"])
def test_no_link_has_anything_written_elsewhere(
    here: Path, name: str, there: str, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = here.parent / "elsewhere"
    if there == "a file elsewhere":
        elsewhere.write_text("# theirs\n")
    elif there == "a folder elsewhere":
        elsewhere.mkdir()
    (here / name).parent.mkdir(exist_ok=True)
    (here / name).symlink_to(elsewhere)
    status = main(["init"])
    kept = there == "a file elsewhere" and not name.startswith(".github")
    assert status == (0 if kept else 2)
    assert (f"kept   {name}" in capsys.readouterr().out) == kept
    assert not elsewhere.exists() or elsewhere.is_file() or not list(elsewhere.iterdir())
    assert there != "a file elsewhere" or elsewhere.read_text() == "# theirs\n"
    assert kept or not (here / ".pre-commit-config.yaml").exists()  # it says so before it writes anything


def test_what_is_there_and_is_no_file_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / ".gitlab-ci.yml").mkdir()
    assert main(["init", "--ci", "gitlab"]) == 2
    assert ".gitlab-ci.yml: expected a file or nothing, got something else." in capsys.readouterr().err
    (here / ".github").mkdir()
    (here / ".github" / "workflows").write_text("a file")
    assert main(["init"]) == 2
    assert "cannot be written" in capsys.readouterr().err
