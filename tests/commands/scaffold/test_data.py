"""Which files of a folder hold articles, and the pattern that names them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.commands.scaffold.data import file_pattern, find_data

PATH = st.text(st.characters(codec="utf-8", exclude_characters="/", exclude_categories=["Cc"]), min_size=1)


def articles(path: Path, *, body: str = "text") -> None:
    rows = [{"headline": f"Bridge {n}", body: "It reopened on Monday, the city said. " * 4} for n in range(3)]
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    else:
        pl.DataFrame(rows).write_csv(path)


def test_a_folder_of_other_things_is_looked_through_file_by_file(tmp_path: Path) -> None:
    articles(tmp_path / "data" / "good.csv")
    articles(tmp_path / "data" / "other.csv", body="x")
    articles(tmp_path / "node_modules" / "a" / "c.jsonl")
    articles(tmp_path / "data" / "copydesk-findings.csv")
    assert find_data(tmp_path) == ["data/good.csv"]


def test_a_folder_of_articles_is_named_itself(tmp_path: Path) -> None:
    for name in (
        "news/2026/a.jsonl",
        "news/2026/b.csv",
        "news/2025/c.jsonl",
        "own.jsonl",
        "mixed/d.jsonl",
        "mixed/e.csv",
    ):
        articles(tmp_path / name)
    (tmp_path / "mixed" / "README.md").write_text("# About\n\nThese are articles.\n")
    assert sorted(find_data(tmp_path)) == ["mixed", "news", "own.jsonl"]


@pytest.mark.parametrize("other", ["notes/other.csv", "deep/er/other.csv"])
def test_a_folder_with_other_files_below_is_not_named(tmp_path: Path, other: str) -> None:
    articles(tmp_path / "data" / "a.jsonl")
    articles(tmp_path / "data" / other, body="x")
    assert find_data(tmp_path) == ["data/*.jsonl"]


@given(st.lists(PATH.filter(lambda p: p not in (".", "..")), min_size=1, max_size=3))
def test_the_pattern_matches_just_the_files_that_are_checked(paths: list[str]) -> None:
    pattern = file_pattern(paths, Path("/nowhere"))
    assert all(re.search(pattern, path) for path in paths)
    assert not any(re.search(pattern, f"else/{path}") for path in paths if not path.startswith("*"))


@pytest.mark.parametrize(
    ("path", "yes", "no"),
    [
        ("data/*.jsonl", "data/a.jsonl", "data/deep/a.jsonl"),
        ("data/**/*.csv", "data/a/b/c.csv", "other/a.csv"),
        ("data/**/*.csv", "data/c.csv", "data/c.csv.gz"),
        ("data/", "data/deep/a.jsonl", "database/a.jsonl"),
        ("data/", "data/deep/a.csv.gz", "data/notes.md"),
        ("n?ws.csv", "news.csv", "n/ws.csv"),
        ("./a.csv", "a.csv", "b/a.csv"),
    ],
)
def test_a_glob_and_a_folder_become_patterns(path: str, yes: str, no: str, tmp_path: Path) -> None:
    assert re.search(file_pattern([path], tmp_path), yes)
    assert not re.search(file_pattern([path], tmp_path), no)
