"""Text on one line: nothing hidden, no command, and never wider than asked for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from copydesk.reports.one_line import cut, printable, quotation, trim

from .hostile import HOSTILE
from .runner import command

COLUMNS = st.integers(3, 120)


@given(HOSTILE)
def test_a_printable_line_is_one_line_that_nobody_obeys(text: str) -> None:
    line = printable(text)
    line.encode()
    assert len(line.splitlines()) <= 1
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]", line)
    assert command(line) is None
    assert command("x\n" + line) is None


@given(st.text("abc àéß新聞 .,'", max_size=60))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


@given(HOSTILE, COLUMNS)
def test_what_is_cut_fits_and_ends_in_a_mark(text: str, columns: int) -> None:
    line = printable(text)
    short = cut(line, columns)
    assert cell_len(short) <= columns
    assert short == line or (short.endswith("…") and line.startswith(short[:-1]))


@given(HOSTILE, COLUMNS)
def test_trim_reads_only_the_beginning_of_a_long_text(text: str, columns: int) -> None:
    assert trim(text, columns) == trim(text + "x" * 10_000_000 if len(text) > 4 * columns else text, columns)
    assert cell_len(trim(text, columns)) <= columns


@given(HOSTILE, COLUMNS)
def test_a_quotation_is_closed_however_long_it_is(text: str, columns: int) -> None:
    words = quotation(text, columns)
    assert words.startswith("“") and words.endswith("”")
    assert cell_len(words) <= columns


@pytest.mark.parametrize(
    ("text", "columns", "short"),
    [
        ("the pier was torn away", 22, "the pier was torn away"),
        ("the pier was torn away", 21, "the pier was torn…"),
        ("a" * 30, 10, "a" * 9 + "…"),
        ("新聞新聞新聞", 7, "新聞新…"),
    ],
)
def test_a_cut_comes_between_words_where_one_ends_nearby(text: str, columns: int, short: str) -> None:
    assert cut(text, columns) == short
