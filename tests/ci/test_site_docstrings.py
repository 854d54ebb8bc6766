"""Paragraphs of fields become lists; all else of a docstring stays as it is."""

from __future__ import annotations

import pytest

pytest.importorskip("griffe", reason="the group `site` is not installed")

from site_docstrings import with_lists


def test_a_paragraph_of_fields_is_a_list() -> None:
    assert with_lists("A run.\n\nrow, line: from 1;\n    null if unknown.\nfile: its path.") == (
        "A run.\n\n- `row, line`: from 1;\n    null if unknown.\n- `file`: its path."
    )


@pytest.mark.parametrize(
    "docstring",
    [
        "One line.",
        "note: this is a sentence\nthat goes on in a line of its own.",
        "A function.\n\nArgs:\n    row: its number.\n    file: its path.",
        "Code.\n\n    row: int\n    file: str",
    ],
)
def test_all_else_stays(docstring: str) -> None:
    assert with_lists(docstring) == docstring
