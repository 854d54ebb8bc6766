"""Tables are read whole: without comments, in order, and no entry stands there twice."""

from __future__ import annotations

from importlib.resources import files

import pytest

from copydesk_expectations.tables import read_sections, read_table

TABLES = sorted(
    f.name.removesuffix(".txt") for f in files("copydesk_expectations.tables").iterdir() if f.name[-4:] == ".txt"
)


#: Tables with sections, in each of which an entry stands once.
IN_SECTIONS = ("gates",)


@pytest.mark.parametrize("name", sorted({*TABLES} - {*IN_SECTIONS}))
def test_an_entry_is_a_line_and_stands_there_once(name: str) -> None:
    entries = read_table(name)
    assert len(entries) == len(set(entries)) > 0
    text = (files("copydesk_expectations.tables") / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and line[0] != "#"]
    assert list(entries) == lines
    assert all(entry == entry.strip().lower() for entry in entries)


def test_a_table_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        read_table("no such table")


@pytest.mark.parametrize("name", IN_SECTIONS)
def test_an_entry_stands_in_its_section_once(name: str) -> None:
    sections = read_sections(name)
    assert "" not in sections
    for entries in sections.values():
        assert len(entries) == len(set(entries)) > 0
        assert all(entry == entry.strip().lower() for entry in entries)
