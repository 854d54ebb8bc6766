"""The kernel folds a line as `copydesk.text.expressions.normalised` does, whatever stands beside it."""

from __future__ import annotations

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st
from polars.testing import assert_series_equal

from copydesk.testing.strategies import hostile_text
from copydesk.text.buffer import Text
from copydesk.text.expressions import normalised
from copydesk.text.folding import folds, foreign, normalised_lines

characters = st.characters(exclude_categories=["Cs"])
odd = st.sampled_from("::: \t\v\x1c\x00.-'’aBé09ÉΣσĲ²½\u00a0\u00ad\u0301\u0307İ\u2009\u2028\u0085中ก")
lines = st.text(st.one_of(odd, odd, st.characters(max_codepoint=0x206F), characters), max_size=30)


def test_a_character_is_folded_as_the_expression_folds_it() -> None:
    known = [chr(code) for code in folds().nonzero()[0]]
    for form in ("a{}b", "a{}", "{}b", "Á{}é", "a :{}: b"):
        series = pl.Series([form.format(c) for c in known])
        text = Text(series)
        assert not len(foreign(text.data, text.begin, text.end))
        expected = series.to_frame("text").select(normalised(pl.col("text"))).to_series()
        found = normalised_lines(text.data, text.begin, text.end)
        assert_series_equal(found, expected, check_names=False)


@given(st.lists(lines | hostile_text(max_size=200), max_size=8))
@example(["", ":", " : ", "a : :: b", "a\t\n : b:", "Σας", "ΑΣ", "İa"])
def test_lines_are_folded_as_the_expression_folds_them(some: list[str]) -> None:
    series = pl.Series("text", some, dtype=pl.String)
    text = Text(series)
    expected = series.to_frame().select(normalised(pl.col("text"))).to_series()
    found = normalised_lines(text.data, text.begin, text.end)
    assert_series_equal(found, expected, check_names=False)
