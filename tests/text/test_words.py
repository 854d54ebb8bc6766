"""A word has one code, however it is spelt, and marks around it make no difference."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.native.constants import APART, STRANGE
from copydesk.text.buffer import Text
from copydesk.text.words import UNKNOWN, FirstWords, bare, codes, last_words

words = st.text(st.sampled_from("aBcZ09\u00e9\u00c9\u0436\u0416\u65e5"), min_size=1, max_size=12)
marks = st.text(st.sampled_from(" \u00bb\u201c\u2026-.:"), max_size=4)


def coded(*lines: str) -> tuple[FirstWords, list[int]]:
    text = Text(pl.Series(lines, dtype=pl.String))
    return FirstWords(text, text.begin, text.end), last_words(text, text.begin, text.end).tolist()


@given(words, words, marks, marks)
def test_case_and_marks_make_no_difference(one: str, other: str, before: str, after: str) -> None:
    plain, last_plain = coded(f"{one} {other}")
    marked, last_marked = coded(f"{before}{one.upper()} {other.upper()}{after}")
    assert not plain.strange.any()
    assert plain.first.tolist() == marked.first.tolist()
    assert plain.second.tolist() == marked.second.tolist()
    assert last_plain == last_marked


def test_a_word_that_is_not_there_is_zero_and_one_that_cannot_be_told_is_unknown() -> None:
    found, last = coded("one", "", "one \uff42", "\uff41")
    assert found.second.tolist() == [0, 0, UNKNOWN, UNKNOWN]
    assert found.first[1] == 0 and found.strange.tolist() == [False, False, True, True]
    assert last[2:] == [UNKNOWN, UNKNOWN]


@given(words, marks, marks)
def test_a_bare_line_has_no_marks(word: str, before: str, after: str) -> None:
    text = Text(pl.Series([before + word + after]))
    first, last = bare(text, text.begin, text.end)
    assert text.cut(first, last).to_list() == [word]


@pytest.mark.parametrize(("byte", "code"), [("a", 97), ("A", 97), ("7", 55), (" ", APART), (":", APART)])
def test_an_ascii_byte_has_the_code_of_its_small_letter(byte: str, code: int) -> None:
    table = codes().reshape(256, 256)
    assert {*table[:128, ord(byte)].tolist()} == {code}


def test_a_character_that_may_join_others_is_strange() -> None:
    lead, after = "\u0301".encode()
    assert codes()[lead | after << 8] == STRANGE
