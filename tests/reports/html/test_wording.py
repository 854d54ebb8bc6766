"""Pieces of article text: cut where a word ends, never longer than asked for, line breaks visible."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.reports.html.wording import (
    broken_lines,
    first_line,
    head,
    last_line,
    middle,
    tail,
    words_or_spaces,
)

from ..hostile import HOSTILE

PLAIN = st.text("ab cd\n", max_size=80)


@given(PLAIN, st.integers(1, 40))
def test_a_head_is_a_beginning_and_a_tail_an_end(text: str, limit: int) -> None:
    assert head(text, limit) == text or (text.startswith(head(text, limit)[:-2]) and head(text, limit).endswith(" …"))
    assert tail(text, limit) == text or (text.endswith(tail(text, limit)[2:]) and tail(text, limit).startswith("… "))
    for piece in (head(text, limit), tail(text, limit)):
        assert len(piece) <= max(limit + 2, 0)
        assert (piece == text) == (len(text) <= limit)


@given(st.text("abc ", max_size=400), st.integers(8, 200))
def test_a_middle_keeps_both_ends(text: str, limit: int) -> None:
    short = middle(text, limit)
    assert (short == text) or "…" in short
    assert len(short) <= limit + 3
    if short != text:
        assert text.startswith(short.partition("…")[0].rstrip()) and short.endswith(text[len(text) - limit // 4 :])


@given(PLAIN)
def test_first_and_last_line(text: str) -> None:
    assert first_line(text) == text.split("\n")[0]
    assert last_line(text) == text.split("\n")[-1]


@given(HOSTILE)
def test_broken_lines_have_a_mark_for_each_line_break_and_no_markup_of_the_text(text: str) -> None:
    shown = broken_lines(text)
    mark = '<span class="nl" title="line break"> </span>'
    assert shown.count(mark) == text.count("\n")
    assert "<" not in shown.replace(mark, "").replace("</i>", "").replace('<i class="cp" title="', "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        (" ", '<span class="said">a space</span>'),
        ("   ", '<span class="said">3 spaces</span>'),
        (" a ", " a "),
        ("\n", '<span class="nl" title="line break"> </span>'),
    ],
)
def test_spaces_alone_are_counted_in_words(text: str, shown: str) -> None:
    assert words_or_spaces(text) == shown
