"""Blank lines part the paragraphs of a text, or they do not."""

from __future__ import annotations

import pytest

from copydesk_expectations.detection.structure.blank_lines import blank_lines_part, has_blank_line


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_with_blank_lines_is_parted_by_them(end: str) -> None:
    assert blank_lines_part(f"One.{end}{end}Two goes{end}on.{end} {end}Three.")
    assert not blank_lines_part(f"One.{end}Two.{end}Three.")
    assert not blank_lines_part(f"One.{end}{end}Two.")
    assert not blank_lines_part(f"One.{end}{end}Two{end}a{end}b{end}c{end}{end}d.")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_single_break_is_no_blank_line(end: str) -> None:
    assert has_blank_line(f"a{end} {end}b") and not has_blank_line(f"a {end} b")
