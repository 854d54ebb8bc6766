"""Where repaired files go: all of them or none, and over what is read only where git has it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from copydesk.errors import UsageError
from copydesk.readers import find_files
from copydesk.repair.placing import can_be_folder, expect_committed, expect_place, placed


def files(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("old")
    return folder


@pytest.mark.parametrize("in_place", [False, True])
def test_all_files_come_or_none(tmp_path: Path, in_place: bool) -> None:
    sources = find_files(files(tmp_path / "in", "a.txt", "b/c.txt"))
    out = None if in_place else tmp_path / "out"
    with pytest.raises(ZeroDivisionError), placed(sources, out, in_place=in_place) as place:
        [place(source).write_text("new") for source in sources]  # type: ignore[union-attr]
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert (tmp_path / "in/a.txt").read_text() == "old"
    with placed(sources, out, in_place=in_place) as place:
        [place(source).write_text("new") for source in sources]  # type: ignore[union-attr]
    made = tmp_path / ("in" if in_place else "out")
    assert (made / "a.txt").read_text() == (made / "b/c.txt").read_text() == "new"


def test_a_folder_must_be_new(tmp_path: Path) -> None:
    can_be_folder(tmp_path / "new")
    for path in (files(tmp_path / "some", "a"), tmp_path / "some/a", tmp_path / "no/such"):
        with pytest.raises(UsageError):
            can_be_folder(path)


def test_a_file_keeps_its_format_and_no_two_get_one_name(tmp_path: Path) -> None:
    files(tmp_path, "x/a.csv", "y/a.csv", "b.jsonl.gz")
    expect_place(find_files(tmp_path / "b.jsonl.gz"), tmp_path / "c.jsonl.gz")
    for sources, output in (
        (find_files(tmp_path / "b.jsonl.gz"), "c.jsonl"),
        (find_files(tmp_path / "x/a.csv"), "c.tsv"),
        (find_files([tmp_path / "x", tmp_path / "y"]), "out"),
    ):
        with pytest.raises(UsageError):
            expect_place(sources, tmp_path / output)


def test_only_what_git_has_is_written_over(tmp_path: Path) -> None:
    sources = find_files(files(tmp_path, "a*.txt", "b/c.txt"))
    with pytest.raises(UsageError, match="no git repository"):
        expect_committed(sources)

    def git(*words: str) -> None:
        subprocess.run(["git", "-C", tmp_path, "-c", "user.name=a", "-c", "user.email=a@b.c", *words], check=True)

    git("init", "-q")
    with pytest.raises(UsageError, match="git does not have"):
        expect_committed(sources)
    git("add", ".")
    git("commit", "-q", "-m", "all")
    files(tmp_path, "other")
    expect_committed(sources)
    (tmp_path / "b/c.txt").write_text("changed")
    with pytest.raises(UsageError, match=r"c\.txt"):
        expect_committed(sources)
