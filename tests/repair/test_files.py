"""Files that can be written again."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.errors import UsageError
from copydesk.readers import ReadOptions, find_files
from copydesk.readers.files.source import Source
from copydesk.readers.formats import SUFFIXES
from copydesk.repair.files import expect_formats, write_file
from copydesk.repair.rewriting.pieces import Queue


def test_standard_input_cannot_be_repaired() -> None:
    with pytest.raises(UsageError, match="cannot be read twice"):
        expect_formats(find_files("-"))


def test_every_format_is_written_again_or_says_that_it_is_not(tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        path = tmp_path / f"a{suffix}"
        path.write_text("")
        try:
            expect_formats([Source(path.name, path, suffix)])
        except UsageError as error:
            assert "can be read, but not written again" in str(error)


def test_content_and_options_decide_what_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("<!doctype html><p>It rained.</p>")
    with pytest.raises(UsageError, match="HTML pages can be read, but not written again"):
        expect_formats(find_files(path))
    (tmp_path / "b.csv").write_bytes(b"text\nIt rained.\n")
    with pytest.raises(UsageError, match="--encoding"):
        expect_formats(find_files(tmp_path / "b.csv", ReadOptions(encoding="cp1252")))


def test_a_file_without_repairs_is_copied(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"any \xff bytes\r\n")
    [source] = find_files(path)
    assert not list(write_file(source, Queue(iter(())), tmp_path / "b.jsonl", None, None))
    assert (tmp_path / "b.jsonl").read_bytes() == path.read_bytes()
