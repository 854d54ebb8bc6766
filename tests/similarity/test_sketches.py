"""Sketches of texts: exact places, and nothing of a text's neighbours in them."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.similarity.sketches import KEPT, NAMED, QUOTE, keys
from copydesk.testing.strategies import bodies, hostile_text
from copydesk.text.buffer import Text

texts = st.lists(bodies() | hostile_text(max_size=60) | st.just("") | bodies().map(lambda b: b * 40), max_size=8)


def sketched(bodies: list[str]) -> pl.DataFrame:
    words = np.array([len(body.split()) for body in bodies], np.int64)
    return keys(Text(pl.Series(bodies, dtype=pl.String)), words)


@given(texts)
@settings(max_examples=40)
def test_words_kept_stand_at_their_places(bodies: list[str]) -> None:
    for body, row in zip(bodies, sketched(bodies).iter_rows(named=True), strict=True):
        quotes = [bytes(row["quotes"][n : n + QUOTE]) for n in range(0, len(row["quotes"]), QUOTE)]
        assert len(row["starts"]) == len(quotes) <= len(row["passages"])
        for start, quote in zip(row["starts"], quotes, strict=True):
            assert body[start:].encode()[:QUOTE].ljust(QUOTE, b"\0") == quote


@given(texts, st.integers(0, 8))
@settings(max_examples=40)
def test_a_sketch_does_not_depend_on_other_texts(bodies: list[str], cut: int) -> None:
    apart = pl.concat([sketched(bodies[:cut]), sketched(bodies[cut:]), sketched(bodies[:0])])
    assert sketched(bodies).equals(apart)


@given(bodies(hostile=False))
def test_case_of_ascii_and_kind_of_white_space_make_no_difference(body: str) -> None:
    plain = body.encode("ascii", "ignore").decode()
    one, two = ([p & ~NAMED for p in row] for row in sketched([plain, plain.upper().replace(" ", "\n")])["passages"])
    assert one == two


@given(st.integers(1, 60), st.integers(0, 10**6))
@settings(max_examples=20)
def test_a_sketch_does_not_grow_with_the_text(thousands: int, seed: int) -> None:
    body = " ".join(f"w{(seed + n) * 7919 % 99991}" for n in range(1000 * thousands))
    assert len(sketched([body])["passages"][0]) < 2 * KEPT
