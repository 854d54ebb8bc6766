"""The config: the same words as on the command line, said once for a repository."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checks import SEVERITIES
from copydesk.commands.cli import main, parser
from copydesk.commands.config import Config, find_config
from copydesk.errors import UsageError

NAMES = st.text("abcdefgh-_. é", min_size=1, max_size=12).filter(lambda n: n.strip(". -"))
SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "paths": st.lists(NAMES, min_size=1, max_size=3),
        "suite": st.one_of(st.just("strict"), NAMES.map(lambda n: f"{n}.yml")),
        "map": st.dictionaries(st.sampled_from(["body", "headline"]), NAMES, min_size=1),
        "fail_on": st.sampled_from([*SEVERITIES, "never"]),
        "report": NAMES,
        "findings": NAMES,
        "memory": st.sampled_from(["64MB", "1 GiB"]),
        "layout": st.just("mind"),
        "quiet": st.just(True),
    },
)
HERE = Path("copydesk.toml").absolute()


def settled(words: list[str], table: dict[str, Any] | None = None, *, file: Path = HERE) -> Namespace:
    given = parser().parse_args(["check", *words])
    if not hasattr(given, "paths") and "paths" not in (table or {}):
        given.paths = ["-"]
    settings: Namespace = given.options.settle(given, None if table is None else Config(file, table))
    del settings.options  # a different one for each parser
    return settings


def as_words(table: dict[str, Any]) -> list[str]:
    words = []
    for key, value in table.items():
        flag = "--" + key.replace("_", "-")
        if key == "map":
            words += [w for field, column in value.items() for w in (flag, f"{field}={column}")]
        elif key == "quiet":
            words.append(flag)
        elif key != "paths":
            words.append(f"{flag}={os.path.normpath(value) if key in ('suite', 'report', 'findings') else value}")
    return [*words, "--", *map(os.path.normpath, table.get("paths", []))]


@given(SETTINGS, st.booleans())
def test_a_config_says_what_the_command_line_would(table: dict[str, Any], dashes: bool) -> None:
    written = {key.replace("_", "-") if dashes else key: value for key, value in table.items()}
    assert settled([], written) == settled(as_words(table))


@given(SETTINGS, SETTINGS)
def test_flags_win(table: dict[str, Any], flags: dict[str, Any]) -> None:
    assert settled(as_words(flags), table) == settled(as_words(table | flags))


@given(NAMES.filter(lambda n: not hasattr(settled([]), n.replace("-", "_"))))
def test_an_unknown_key_is_an_error_that_names_it(key: str) -> None:
    with pytest.raises(UsageError, match=r"^copydesk\.toml: there is no setting") as caught:
        settled([], {key: 1})
    assert repr(key) in str(caught.value) and "fail_on" in str(caught.value)


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "a slip of the pen": ({"sutie": "news"}, "Did you mean 'suite'?"),
    "a hidden option": ({"debug": True}, "there is no setting 'debug'"),
    "a number for paths": ({"paths": 1}, "paths: expected a list of paths, got 1"),
    "a number among the paths": ({"paths": ["a", 1]}, "expected a list of paths"),
    "a number for a suite": ({"suite": 1}, "suite: expected a string, got 1"),
    "a list for an output": ({"report": ["a"]}, "report: expected a string"),
    "no severity": ({"fail-on": "warn"}, "Did you mean 'warning'?"),
    "a word for a switch": ({"quiet": "yes"}, "quiet: expected true or false, got 'yes'"),
    "a list for the map": ({"map": ["body=text"]}, "map: expected a table"),
    "a number for a column": ({"map": {"body": 1}}, "map: expected a table"),
    "a size that is none": (
        {"memory": "lots"},
        "memory: expected a size such as 512MB or 1GB, with its unit, got 'lots'",
    ),
    "a number for a size": ({"memory": 512}, "memory: expected a string"),
    "a key in both spellings": ({"fail-on": "info", "fail_on": "info"}, "set twice"),
}


@pytest.mark.parametrize(("table", "said"), BAD.values(), ids=BAD)
def test_a_wrong_value_is_an_error_that_names_the_file_and_the_key(table: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        settled([], table)
    assert str(caught.value).startswith("copydesk.toml: ") and said in str(caught.value)


def test_the_nearest_config_up_to_the_root_of_the_repository(tmp_path: Path) -> None:
    deep = tmp_path / "repository" / "data" / "2026"
    deep.mkdir(parents=True)
    (tmp_path / "copydesk.toml").write_text("quiet = true")
    found = find_config(deep)
    assert found is not None and found.file == tmp_path / "copydesk.toml"
    (tmp_path / "repository" / ".git").write_text("gitdir: elsewhere")  # as in a worktree
    assert find_config(deep) is None
    pyproject = tmp_path / "repository" / "pyproject.toml"
    pyproject.write_text("[tool.ruff]\n")
    assert find_config(deep) is None
    pyproject.write_text("[tool.copydesk]\nsuite = 'strict'\n")
    assert find_config(deep) == Config(pyproject, {"suite": "strict"})
    (tmp_path / "repository" / "copydesk.toml").write_text("")
    assert find_config(deep) == Config(tmp_path / "repository" / "copydesk.toml", {})


@pytest.mark.parametrize(
    ("file", "data", "said"),
    [
        ("copydesk.toml", b"paths = [", "copydesk.toml: this is not TOML"),
        ("copydesk.toml", b"\xff\xfe", "copydesk.toml: this is not TOML"),
        ("pyproject.toml", b"[tool]\ncopydesk = 1", "expected [tool.copydesk] to be a table, got 1"),
    ],
)
def test_a_file_that_is_no_config_is_an_error(tmp_path: Path, file: str, data: bytes, said: str) -> None:
    (tmp_path / file).write_bytes(data)
    with pytest.raises(UsageError) as caught:
        find_config(tmp_path)
    assert said in str(caught.value)


def test_a_broken_pyproject_that_is_not_about_us_is_no_matter_of_ours(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "pyproject.toml").write_text("[tool.ruff")
    assert find_config(tmp_path) is None


def test_paths_are_relative_to_the_config(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    story = "The bridge over the river reopened on Monday after two years of repairs, the city said.\n"
    story += "The first bus crossed it at six in the morning with forty people on board, most on their way home.\n"
    story += "Nobody knew where the money for the steel was to be found, the engineers said in the town hall."
    (tmp_path / "data" / "a.jsonl").write_text(json.dumps({"headline": "Bridge reopens", "text": story}) + "\n")
    (tmp_path / "own.yml").write_text("expectations: [{type: expect_news_body_missing}]")
    (tmp_path / "copydesk.toml").write_text('paths = ["data/*.jsonl"]\nsuite = "own.yml"\nresult = "result.json"\n')
    monkeypatch.chdir(tmp_path / "data")
    assert main(["check"]) == 0
    assert f"\nConfig: ..{os.sep}copydesk.toml\n" in capsys.readouterr().out
    assert json.loads((tmp_path / "result.json").read_text())["suite"] == "own"
    assert main(["check", "a.jsonl", "--suite", "news", "--quiet"]) == 0
    assert json.loads((tmp_path / "result.json").read_text())["suite"] == "news"


def test_a_baseline_is_made_of_what_the_config_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.jsonl").write_text(json.dumps({"headline": "Bridge", "story": "It reopened.\n\nHide Ad"}) + "\n")
    settings = 'paths = ["a.jsonl"]\nsuite = "scrape"\nmap = { body = "story" }\n'
    (tmp_path / "copydesk.toml").write_text(settings)
    assert main(["check", "--quiet"]) == 1
    assert main(["baseline", "-o", "known.jsonl"]) == 0
    (tmp_path / "copydesk.toml").write_text(settings + 'baseline = "known.jsonl"\n')
    assert main(["check", "--quiet"]) == 0
    assert main(["baseline", "--prune", "known.jsonl"]) == 0
    assert " 0 fixed" in capsys.readouterr().out


def test_without_a_path_anywhere_the_error_says_where_to_write_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    assert main(["check"]) == 2
    assert "copydesk init" in capsys.readouterr().err
    (tmp_path / "copydesk.toml").write_text("paths = []")
    assert main(["check"]) == 2
    assert "into copydesk.toml." in capsys.readouterr().err
