"""Where findings stand: files without the folder that all share, rows and lines, and other articles."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.model.chunk import Rejected
from copydesk.reports.places import Twin, files_with_findings, place, position, shared_folder, twin

from .newsroom import newsroom, result

NAMES = st.lists(st.lists(st.sampled_from(["news", "2031", "a.jsonl", "b"]), min_size=1, max_size=4).map("/".join))


@given(NAMES)
def test_the_shared_folder_begins_every_file_and_is_the_deepest(files: list[str]) -> None:
    folder = shared_folder(files)
    assert all(file.startswith(folder) and file != folder for file in files)
    assert not folder or folder.endswith("/")
    rests = [file.removeprefix(folder) for file in files]
    assert not files or len({r.partition("/")[0] for r in rests}) > 1 or not all("/" in r for r in rests)


@given(st.text(max_size=20), st.text(max_size=20), st.none() | st.integers(0, 10**15))
def test_another_article_is_named_by_its_columns(identity: str, file: str, row: int | None) -> None:
    assert twin({"twin_id": identity, "twin_file": file, "twin_row": row}) == Twin(identity, file, row)


@pytest.mark.parametrize("finding", [{}, {"twin_id": None}, {"related": "a (b.jsonl, row 1)"}])
def test_a_finding_without_another_article_names_none(finding: dict[str, Any]) -> None:
    assert twin(finding) is None


@pytest.mark.parametrize(
    ("row", "line", "text"), [(None, None, ""), (3, None, "row 3"), (3, 3, "row 3"), (3, 9, "row 3 (line 9)")]
)
def test_a_line_is_named_where_it_is_another_number(row: int | None, line: int | None, text: str) -> None:
    assert position(row, line) == text
    assert place("news/a.csv", row, line, folder="news/") == ", ".join(filter(None, ("a.csv", text)))


def test_a_file_that_is_the_folder_keeps_its_name() -> None:
    assert place("a.jsonl", None, folder="a.jsonl") == "a.jsonl"


def test_files_of_findings_and_of_rejected_rows_are_named_once() -> None:
    files = files_with_findings(newsroom())
    assert files == sorted(set(files))
    assert {"stories/2031-04.jsonl", "stories/2031-05.csv", "stories/archive.parquet"} <= set(files)
    assert files_with_findings(result(rejected=(Rejected("x.csv", 1, "cut short"),))) == ["x.csv"]
