"""Headers of separated values: a missing one is suspected, and one where none is expected is seen."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from copydesk.errors import InputError, MappingError
from copydesk.readers import ReadOptions
from copydesk.readers.delimited.headers import header_fault, is_header


def written(rows: list[list[str]], **dialect: Any) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n", **dialect).writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize(
    "first",
    [
        ["2026-03-14", "Storm", "Rain."],
        ["https://a.example/1", "Storm", "x"],
        ["1", "x" * 81, "y"],
        ["20260314101500-1", "a", "b"],
    ],
)
def test_a_missing_header_is_suspected_and_its_command_reads_all(
    read_bytes: Callable[..., Any], first: list[str]
) -> None:
    rows = [[first[0], f"Storm number {n} hits us", "It rained for days, and more. " * 5] for n in range(3)]
    data = written([first, *rows])
    with pytest.raises(InputError, match=r"--no-header --map body=3") as caught:
        read_bytes(data, "a.csv")
    assert "x" * 60 not in str(caught.value)
    options = ReadOptions(header=False)
    assert len(read_bytes(data, "a.csv", mapped={"body": "3", "headline": "2"}, options=options)[0]) == 4


def test_a_header_of_known_names_is_never_suspected() -> None:
    assert header_fault(["text", "2026-03-14", "y" * 200], []) is None
    assert header_fault(["2026-03-14", "worte"], ["worte"]) is None
    assert header_fault(["Überschrift", "Wörter"], []) is None


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (["title", "text", "date"], True),
        (["Class Index", "Title", "Description"], True),
        (["id", "x"], False),
        (["News", "Storm", "It rained."], False),
        (["text"], False),
        ([], False),
    ],
)
def test_a_record_of_known_names_is_a_header(record: list[str], expected: bool) -> None:
    assert is_header(record) is expected


@pytest.mark.parametrize(
    "head", ["# made on Monday\nid,title,text\n", "id~title~text\n", "Articles;;\n;;\nid;title;text\n"]
)
def test_a_header_of_one_name_says_what_else_may_be_wrong(read_bytes: Callable[..., Any], head: str) -> None:
    separator = next(c for c in "~;," if c in head)
    data = head + separator.join(["1", "Storm", "It rained for days."]) + "\n"
    with pytest.raises(MappingError, match="single name: say what separates the fields, as in --delimiter"):
        read_bytes(data.encode(), "a.csv")
