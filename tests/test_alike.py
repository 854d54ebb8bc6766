"""Texts have one key exactly if they are the same without regard to case and spacing."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from copydesk import alike
from copydesk.alike import squeezed_keys
from copydesk.text import squeezed
from copydesk.utf8 import Text

letters = st.one_of(st.sampled_from(" \t\n\u00a0\u3000ßsςσΣabABДд9①"), st.characters(exclude_categories=["Cs", "Cc"]))
lines = st.lists(st.text(letters, max_size=5), min_size=2, max_size=10)

#: Marks that one bit tells apart from others, and from letters: they have no key of their own.
MARKS = {ord(mark): chr(ord(mark) & 0xDF) for mark in "`{|}~"}


@given(lines)
def test_one_key_is_for_what_is_squeezed_to_the_same(texts: list[str]) -> None:
    series = pl.Series(texts, dtype=pl.String)
    same = series.to_frame("text").select(squeezed(pl.col("text"))).to_series().to_list()
    keys = squeezed_keys(Text(series)).to_list()
    assert [key is None for key in keys] == [text == "" for text in same]
    for one, key in zip(same, keys, strict=True):
        for other, its in zip(same, keys, strict=True):
            assert (key == its) == (one.translate(MARKS) == other.translate(MARKS))


def test_one_bit_says_all_of_characters_that_are_not_looked_at() -> None:
    every = pl.Series([chr(c) for c in range(0x80, 0x30000) if not 0xD800 <= c < 0xE000])
    told = np.delete(np.arange(len(every)), alike._foreign(Text(every)))
    text = every.gather(told).to_frame("text")
    upper = text.select(squeezed(pl.col("text"))).to_series()
    for plain, other in zip(text["text"].to_list(), upper.to_list(), strict=True):
        assert [b & 0xDF for b in plain.encode()] == [b & 0xDF for b in other.encode()]
    assert 40_000 < len(told) < 50_000
