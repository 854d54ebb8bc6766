"""The expressions say what a slow reading of the text says."""

from __future__ import annotations

import re
import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.testing.strategies import hostile_text
from copydesk.text.expressions import (
    CLOSERS,
    ENDINGS,
    LINE_BREAKS,
    any_of,
    ends_sentence,
    folded,
    normalised,
    squeezed,
    starts_lower,
    word_count,
)

lines = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | hostile_text(max_size=40)


def value(expression: pl.Expr) -> object:
    return pl.select(expression).item()


@given(st.text(st.sampled_from("aB \u00df\u2019:\u200b\u00ad12"), max_size=20))
def test_a_line_is_folded_once_and_for_all(line: str) -> None:
    once = value(folded(pl.lit(line)))
    assert isinstance(once, str)
    assert value(folded(pl.lit(once))) == once
    assert once == value(folded(pl.lit(line.upper().replace("SS", "\u00df")))) or "ss" in line.lower()
    assert not {"\u2019", "\u200b", "\u00ad"} & {*once}


@given(lines)
def test_a_normalised_line_has_letters_or_digits_at_its_edges(line: str) -> None:
    plain = value(normalised(pl.lit(line)))
    assert isinstance(plain, str)
    if plain:
        assert unicodedata.category(plain[0])[0] in "LNC"  # C: younger than this Python's table of characters
        assert unicodedata.category(plain[-1])[0] in "LNMC"


@given(lines)
def test_a_squeezed_line_has_no_space_and_no_small_letter(line: str) -> None:
    left = value(squeezed(pl.lit(line)))
    assert isinstance(left, str)
    assert not re.search(r"[^\S\x1c-\x1f]", left)  # these are space in Python, and not in Unicode
    assert left == value(squeezed(pl.lit(left)))


@given(lines, st.sampled_from(ENDINGS), st.text(st.sampled_from(CLOSERS), max_size=3))
def test_a_sentence_ends_in_a_mark_and_what_closes_it(line: str, mark: str, closers: str) -> None:
    assert value(ends_sentence(pl.lit(line + mark + closers)))
    assert not value(ends_sentence(pl.lit(line + mark + "a" + closers)))


@given(lines.filter(bool))
def test_a_line_starts_lower_where_its_first_character_is_a_small_letter(line: str) -> None:
    if unicodedata.category(line[0]) != "Cn":
        assert value(starts_lower(pl.lit(line))) == (unicodedata.category(line[0]) == "Ll")


@given(st.lists(st.text(st.sampled_from("ab.\u00e9"), min_size=1, max_size=5), max_size=9), st.integers(0, 9))
def test_words_are_runs_between_spaces_and_pairs_of_unspaced_characters(words: list[str], unspaced: int) -> None:
    assert value(word_count(pl.lit("  ".join(words)))) == len(words)
    assert value(word_count(pl.lit("\u65e5" * unspaced))) == unspaced // 2


@pytest.mark.parametrize("line_break", ["\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_each_line_break_is_one(line_break: str) -> None:
    assert pl.Series([f"a{line_break}b"]).str.replace_all(LINE_BREAKS, "\n").to_list() == ["a\nb"]


def test_any_of_nothing_is_false() -> None:
    assert value(any_of([])) is False
    numbers = pl.DataFrame({"a": [1, 2, 3]})
    assert numbers.select(any_of([pl.col("a") == 1, pl.col("a") == 3])).to_series().to_list() == [True, False, True]
