"""Twins: who is brought together with whom, whatever the parts in which it is done."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from copydesk.similarity.pairs import _whole, _whole_words, meetings, repeated_values
from copydesk.similarity.sketches import QUOTE


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6)), max_size=40))
def test_a_text_meets_the_first_that_has_its_mark_and_the_one_before_it(marked: list[tuple[int, int]]) -> None:
    having = {mark: sorted({text for other, text in marked if other == mark}) for mark, _ in marked}
    wanted = [
        pair
        for texts in having.values()
        for n, text in enumerate(texts)
        for pair in {(text, texts[0]), (text, texts[n - 1])}
        if n
    ]
    given = pl.DataFrame(marked, schema={"mark": pl.UInt32, "text": pl.UInt64}, orient="row")
    assert sorted(meetings(given).iter_rows()) == sorted(wanted)


@given(st.lists(st.none() | st.integers(0, 5), max_size=30), st.integers(1, 4), st.sampled_from([pl.UInt32, pl.UInt64]))
def test_values_are_repeated_that_are_there_so_often(numbers: list[int | None], least: int, kind: pl.DataType) -> None:
    found = repeated_values(pl.Series(numbers, dtype=kind), least)
    assert found.dtype == kind
    assert found.to_list() == sorted({n for n in numbers if n is not None and numbers.count(n) >= least})


@given(st.text("abc \n", max_size=QUOTE).map(str.lstrip), st.integers(1, QUOTE))
def test_the_passage_is_chosen_that_leaves_the_most_whole_words(quote: str, size: int) -> None:
    text = np.frombuffer(quote.encode().ljust(QUOTE, b"\0"), np.uint8)
    size = min(size, len(quote.split("\n")[0]))  # no passage goes past a line, or past its text
    words = _whole_words(text.tobytes(), size)
    assert quote.startswith(words)
    assert words == quote[: _whole(text[None], np.array([size]))[0]].rstrip()
