"""Openings let through every line that is a phrase, however it is spelt, and whatever lies beside it in the text."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.lexicon.lexicon import load
from copydesk.lexicon.phrases import LINE_KINDS, SLOT
from copydesk.text.buffer import Text, cut
from copydesk.text.expressions import normalised
from copydesk.text.scan import Matches
from copydesk.text.words import bare

PHRASES = [p for p in load().phrases if p.kind in LINE_KINDS]
lines = st.builds(
    lambda before, phrase, slot, upper, gap, after: (
        before + (phrase.text.upper() if upper else phrase.text).replace(SLOT, f" {slot} ").replace(" ", gap) + after
    ),
    st.sampled_from(["", "» ", "“", "- ", "\u200b"]),
    st.sampled_from(PHRASES),
    st.sampled_from(["Zorblat", "Ünal Quintle", "ニュース", "12"]),
    st.booleans(),
    st.sampled_from([" ", "  ", "\u00a0"]),
    st.sampled_from(["", " »", ":", "!", "\u200e"]),
)
anything = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(" .,:»“é日Яß")), max_size=30)


def known(lines: pl.Series) -> pl.Series:
    """Say which lines are phrases, by comparing all of them."""
    plain = lines.to_frame("line").select(normalised(pl.col("line"))).to_series()
    asked = enumerate(zip(plain, lines.str.count_matches(r"\S+"), strict=True))
    return pl.Series([n for n, (line, words) in asked if line and load().kinds_of(line, words)], dtype=pl.UInt32)


@given(st.lists(st.one_of(lines, anything), min_size=1, max_size=8))
@example(["X\ue010"])  # characters that are no part of a word: for private use, and not assigned
@example(["X\U00018cd6"])
def test_no_phrase_is_kept_out(some: list[str]) -> None:
    series = pl.Series([line.replace("\n", " ") for line in some], dtype=pl.String)
    text = Text(series)
    open_ = load().openings.among(text, text.begin, text.end, numbered=np.ones(len(series), bool))
    open_[Matches(text, load().inside).texts(load().inside)] = True
    assert open_[known(series).to_numpy()].all()


@given(st.lists(anything, min_size=1, max_size=8))
def test_what_is_cut_out_is_whole_characters(some: list[str]) -> None:
    text = Text(pl.Series(some, dtype=pl.String))
    assert cut(text.data, text.begin, text.end).to_list() == some
    first, last = bare(text, text.begin, text.end)
    for line, part in zip(some, text.cut(first, last).to_list(), strict=True):
        assert part in line
        assert bytes(part, "utf-8").decode() == part


@given(st.lists(anything, min_size=1, max_size=6), anything)
def test_a_line_is_told_the_same_whatever_stands_beside_it(some: list[str], more: str) -> None:
    def told(lines: list[str]) -> list[bool]:
        text = Text(pl.Series(lines, dtype=pl.String))
        found = load().openings.among(text, text.begin, text.end, numbered=np.zeros(len(lines), bool))
        return [bool(flag) for flag in found]

    assert told([*some, more])[:-1] == told(some) == told([more, *some])[1:]
