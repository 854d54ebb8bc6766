"""Texts have one key exactly if they are the same without regard to case and spacing."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from copydesk.text.buffer import Text
from copydesk.text.expressions import squeezed
from copydesk.text.paragraphs import squeezed_keys

letters = st.one_of(st.sampled_from(" \t\n\u00a0\u3000ßsςσΣabABДд9①"), st.characters(exclude_categories=["Cs", "Cc"]))
lines = st.lists(st.text(letters, max_size=5), min_size=2, max_size=10)

#: Marks that one bit tells apart from others, and from letters: they have no key of their own.
MARKS = {ord(mark): chr(ord(mark) & 0xDF) for mark in "`{|}~"}


@given(lines)
def test_one_key_is_for_what_is_squeezed_to_the_same(texts: list[str]) -> None:
    series = pl.Series(texts, dtype=pl.String)
    same = series.to_frame("text").select(squeezed(pl.col("text"))).to_series().to_list()
    text = Text(series)
    keys = squeezed_keys(text, text.begin, text.end).to_list()
    assert [key is None for key in keys] == [text == "" for text in same]
    for one, key in zip(same, keys, strict=True):
        for other, its in zip(same, keys, strict=True):
            assert (key == its) == (one.translate(MARKS) == other.translate(MARKS))
