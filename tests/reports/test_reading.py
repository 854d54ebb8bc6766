"""What was decided in reading is said once for all files, and how many files were not read."""

from __future__ import annotations

from copydesk.model.chunk import Note
from copydesk.model.result import Collection, PassedOver
from copydesk.reports.reading import notes_on, unread


def test_a_note_on_many_files_is_one_line() -> None:
    notes = (*(Note(f"{n}.json", "body is read from text") for n in range(5)), Note("x.json", "else"))
    assert notes_on(Collection(1, 1, 1, {}, notes=notes)) == [
        "0.json and 4 more files: body is read from text",
        "x.json: else",
    ]
    many = tuple(Note("a", str(n)) for n in range(30))
    assert notes_on(Collection(1, 1, 1, {}, notes=many))[-1] == "and 22 more notes on the reading"


def test_the_kinds_of_files_are_counted() -> None:
    kinds = tuple(PassedOver(f".{n}", 2, "a") for n in range(20))
    assert unread(Collection(1, 1, 1, {}, passed_over=kinds)).startswith("Not read: 40 files: 2 .0, 2 .1")
    assert unread(Collection(1, 1, 1, {})) == ""
