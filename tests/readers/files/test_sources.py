from __future__ import annotations

import os
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import copydesk
from copydesk.errors import ArgumentError, InputError, UsageError
from copydesk.gate.diff import difference
from copydesk.model.chunk import Rejected
from copydesk.readers import find_files, is_frame, read
from copydesk.readers.files.sources import found_by
from copydesk.spark.run import check as spark_check


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "b.jsonl",
        "a.JSONL.GZ",
        "notes.rst",
        ".hidden.jsonl",
        ".git/x.jsonl",
        "sub/z.csv.zst",
        "sub/deep/y.txt",
        "sub/notes.pdf",
        "other/only.pdf",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x" * len(name))
    return tmp_path


def test_a_folder_gives_its_files_sorted_without_hidden_and_other_ones(tree: Path) -> None:
    sources = find_files([tree])
    assert [source.relative for source in sources] == [
        "a.JSONL.GZ",
        "b.jsonl",
        "sub/deep/y.txt",
        "sub/z.csv.zst",
    ]
    assert [source.format for source in sources] == [".jsonl", ".jsonl", ".txt", ".csv"]
    assert [source.compression for source in sources] == ["gzip", None, None, "zstd"]
    assert [source.bytes for source in sources] == [10, 7, 14, 13]
    assert not any(source.asked for source in sources)


def test_a_glob_gives_its_files(tree: Path) -> None:
    assert [source.relative for source in find_files([f"{tree}/*.jsonl*"])] == ["b.jsonl"]
    assert [source.relative for source in find_files([f"{tree}/**/*.txt"])] == ["sub/deep/y.txt"]
    assert [source.relative for source in find_files([f"{tree}/s*/z*"])] == ["sub/z.csv.zst"]


def test_a_glob_relative_to_the_working_folder(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    [source] = find_files(["*.jsonl"])
    assert (source.name, source.relative) == ("b.jsonl", "b.jsonl")


def test_files_keep_the_order_of_the_paths_and_come_once(tree: Path) -> None:
    sources = find_files([tree / "sub", tree / "b.jsonl", tree])
    assert [source.path and source.path.name for source in sources] == [
        "y.txt",
        "z.csv.zst",
        "b.jsonl",
        "a.JSONL.GZ",
    ]
    assert [source.asked for source in sources] == [False, False, True, False]


def test_a_dash_is_standard_input() -> None:
    [source] = find_files(["-"])
    assert (source.name, source.path, source.format) == ("-", None, ".jsonl")


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].jsonl").write_text("x")
    [source] = find_files([tmp_path / "a[1].jsonl"])
    assert source.asked


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        ([], "no path was given"),
        (["b.jsnol"], "no such file or folder. Did you mean 'b.jsonl'?"),
        (["nowhere/at/all.jsonl"], "no such file or folder"),
        (["notes.rst"], "of no known format: expected one of the suffixes .jsonl, .ndjson"),
        (["other"], "holds no articles"),
        (["*.xml"], "the pattern matches nothing"),
        (["*.rst"], "the pattern matches 1 path"),
    ],
)
def test_a_path_that_gives_nothing_is_named(
    tree: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str], said: str
) -> None:
    monkeypatch.chdir(tree)
    with pytest.raises(InputError) as caught:
        find_files(paths)
    assert said in str(caught.value) and all(path in str(caught.value) for path in paths)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX symbolic links")
def test_a_link_to_a_file_is_followed_and_one_to_nothing_is_an_error(tree: Path) -> None:
    (tree / "link.jsonl").symlink_to(tree / "b.jsonl")
    assert [source.relative for source in find_files([tree])][:3] == [
        "a.JSONL.GZ",
        "b.jsonl",
        "sub/deep/y.txt",
    ]
    (tree / "dead.jsonl").symlink_to(tree / "gone.jsonl")
    with pytest.raises(InputError, match=r"dead\.jsonl: there is no such file"):
        find_files([tree / "dead.jsonl"])


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX symbolic links")
@pytest.mark.parametrize("pattern", ["", "*"])
def test_a_link_to_nothing_in_a_folder_is_a_rejected_file_and_the_others_are_read(tmp_path: Path, pattern: str) -> None:
    (tmp_path / "b.jsonl").write_text('{"body": "It rained."}\n')
    (tmp_path / "a.jsonl").symlink_to(tmp_path / "gone.jsonl")
    (tmp_path / "loop.jsonl.gz").symlink_to(tmp_path / "loop.jsonl.gz")
    (tmp_path / "other").symlink_to(tmp_path / "gone.jsonl")
    chunks = list(read([tmp_path / pattern]))
    assert [text for chunk in chunks if chunk.columns for text in chunk.articles["body"]] == ["It rained."]
    reason = "a link to a file that is not there"
    rejected = [rejected for chunk in chunks for rejected in chunk.rejected]
    assert rejected == [Rejected(str(tmp_path / name), None, reason) for name in ("a.jsonl", "loop.jsonl.gz")]


@pytest.mark.skipif(os.name == "nt", reason="only POSIX file names are bytes")
def test_a_name_that_is_not_utf_8_is_shown_as_far_as_it_can_be(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    file.write_text("Head\nBody")
    [chunk] = read([tmp_path])
    assert chunk.articles.row(0)[0] == f"{tmp_path}/caf\ufffd.txt"
    assert chunk.articles["id"].item() == "caf\ufffd.txt"


@pytest.mark.parametrize("one", ["b.jsonl", "sub", "s*/*.zst"])
def test_one_path_is_one_path(tree: Path, monkeypatch: pytest.MonkeyPatch, one: str) -> None:
    monkeypatch.chdir(tree)
    several = find_files([one])
    assert find_files(one) == find_files(Path(one)) == find_files(iter([Path(one)])) == find_files({one}) == several


@pytest.mark.parametrize(
    ("paths", "got"),
    [
        (None, "got NoneType"),
        (3, "got int"),
        (b"b.jsonl", "got bytes: make it a str by os.fsdecode"),
        ({"b.jsonl": 1}, "got dict"),
        (pl.DataFrame({"b.jsonl": [1]}), "got DataFrame: write the frame to a file first"),
        (pd.DataFrame({"b.jsonl": [1]}), "got DataFrame: write the frame to a file first"),
        (["b.jsonl", 3], "got 3, which is int"),
        (["b.jsonl", None], "got None, which is NoneType"),
        ([b"b.jsonl"], "got b'b.jsonl', which is bytes: make it a str by os.fsdecode"),
        ([["b.jsonl"]], r"got \['b.jsonl'\], which is list"),
    ],
)
def test_what_is_no_path_is_a_type_error_that_says_what_it_is(
    tree: Path, monkeypatch: pytest.MonkeyPatch, paths: Any, got: str
) -> None:
    monkeypatch.chdir(tree)
    takes_frames = (find_files, read, copydesk.check)
    for call in (*(takes_frames if not is_frame(paths) else ()), spark_check):
        with pytest.raises(ArgumentError, match=f"^paths: expected .*{got}") as raised:
            call(paths)
        assert isinstance(raised.value, TypeError) and isinstance(raised.value, UsageError)
    with pytest.raises(ArgumentError, match=r"^paths: expected each path"):
        difference("b.jsonl", paths)


@pytest.mark.parametrize("empty", ["", [""]])
def test_an_empty_path_is_not_the_working_folder(
    tree: Path, monkeypatch: pytest.MonkeyPatch, empty: str | list[str]
) -> None:
    monkeypatch.chdir(tree)
    with pytest.raises(InputError, match=r"got an empty path\. Name the working folder as \."):
        find_files(empty)
    assert len(find_files(".")) == 4


PATTERNS = [
    ".",
    "a",
    "a/b",
    ".h",
    "a/.h",
    "*",
    "*.jsonl",
    "a/*",
    "a/**",
    "**/*.jsonl",
    "**/*",
    "*/b/*.jsonl",
    ".h/*",
    "**",
    "[ab]/*",
    "./a/*.jsonl",
    "a/**/b/*",
    "a/../a/*",
    "*/*",
    "*/*/*/*",
    "a/.*",
    ".*/*",
    "?.jsonl",
    "[!x].*",
]


@given(
    st.sampled_from([".", "a", "a/b", ".h", "a/.h", "new", "a/new/newer"]),
    st.sampled_from(["x.jsonl", ".x.jsonl", "x.txt.gz", "x.pdf", "[x].csv"]),
    st.sampled_from(PATTERNS),
)
def test_what_would_be_found_is_found_once_it_is_there(folder: str, name: str, pattern: str) -> None:
    with TemporaryDirectory() as made, chdir(made):
        for at in ("a/b", ".h", "a/.h"):
            Path(at).mkdir(parents=True)
        file = Path(folder, name)
        expected = found_by([pattern], file)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
        try:
            sources = find_files([pattern])
        except InputError:
            sources = []
        assert expected == (pattern if any(s.path and s.path.samefile(file) for s in sources) else None)
