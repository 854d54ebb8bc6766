"""Side files are passed over, counted and named; --exclude leaves out more."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.errors import InputError
from copydesk.readers import ReadOptions, find, read
from copydesk.readers.files.side_files import read_with

ARTICLE = '{"headline": "Storm", "body": "It rained."}\n'


def test_what_is_not_read_is_counted_by_kind(tmp_path: Path) -> None:
    names = ["a.jsonl", "README.txt", "LICENSE", "robots.txt", "state.json", "_SUCCESS", "b.docx", "c.docx", "10000"]
    for name in names:
        (tmp_path / name).write_text(ARTICLE if name != "10000" else "no article, as far as one can see")
    (tmp_path / "_delta_log").mkdir()
    (tmp_path / "_delta_log" / "0.json").write_text("{}")
    found = find(tmp_path)
    assert [source.relative for source in found.sources] == ["a.jsonl"]
    assert {each.kind: each.files for each in found.passed_over} == {
        "README.txt": 1,
        "LICENSE": 1,
        "robots.txt": 1,
        "state.json": 1,
        "_SUCCESS": 1,
        "_delta_log/": 1,
        ".docx": 2,
        "no suffix": 1,
    }
    assert find(tmp_path / "README.txt").sources  # whoever names it means it


def test_excluded_files_are_left_out(tmp_path: Path) -> None:
    for name in ("a.jsonl", "raw/b.jsonl", "raw/deep/c.jsonl", "old-d.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(ARTICLE)
    for globs, left in ((("raw",), 2), (("raw/*",), 2), (("*.jsonl",), 0), (("old-*",), 3), (("raw/deep",), 3)):
        options = ReadOptions(exclude=globs)
        if left:
            assert len(find(tmp_path, options).sources) == left
        else:
            with pytest.raises(InputError, match="excluded"):
                find(tmp_path, options)


def test_a_file_without_a_body_is_a_named_rejected_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(ARTICLE)
    (tmp_path / "stats.csv").write_text("day,count\n2026-03-14,6\n")
    (tmp_path / "picture.json").write_text('{"type": "picture", "headline": "Storm", "renditions": [{"href": "x"}]}')
    chunks = list(read(tmp_path))
    assert sum(chunk.articles.height for chunk in chunks) == 1
    [row] = [row for chunk in chunks for row in chunk.rejected]
    assert row.file.endswith("stats.csv") and row.line is None and "day, count" in row.reason
    assert any("passed over" in note.text for chunk in chunks for note in chunk.notes)
    with pytest.raises(Exception, match="stats"):
        list(read(tmp_path / "stats.csv"))


def test_summaries_are_read_with_their_texts(tmp_path: Path) -> None:
    for name in ("a.src", "a.tgt", "b.src", "c.txt", "c.tgt"):
        (tmp_path / name).write_text("x")
    assert [read_with(tmp_path / n) for n in ("a.src", "b.src", "c.txt")] == [tmp_path / "a.tgt", None, None]
