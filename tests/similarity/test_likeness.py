"""Likeness counts what two texts share, in memory and in files, and leaves out what is a publisher's."""

from __future__ import annotations

import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.similarity import likeness
from copydesk.similarity.likeness import Likeness

LISTS = {"passages": pl.List(pl.UInt32), "lines": pl.List(pl.UInt64)}


def likeness_of(texts: list[set[int]], *, limit: int = 2**32 - 1, publisher: int | None = None) -> Likeness:
    """Texts of passages without digits and capitals, each under a headline of its own."""
    rows = range(len(texts))
    owners = [n if publisher is None else publisher for n in rows]
    frame = pl.DataFrame({"limit": [limit] * len(texts), "publisher": owners, "story": rows})
    kinds = pl.Schema({"limit": pl.UInt32, "publisher": pl.UInt64, "story": pl.UInt64})
    lists = {"passages": [[4 * p for p in sorted(text)] for text in texts], "lines": [[n << 16 | 9] for n in rows]}
    return Likeness(frame.cast(kinds), pl.LazyFrame(lists, schema=LISTS))


def pairs_of(count: int) -> pl.DataFrame:
    both = [(row, twin) for row in range(count) for twin in range(row)]
    return pl.DataFrame(both, schema={"row": pl.UInt32, "twin": pl.UInt32}, orient="row")


@given(st.lists(st.sets(st.integers(0, 30), max_size=12), min_size=2, max_size=6), st.sampled_from([0, 10**9]))
@settings(max_examples=25)
def test_shares_are_those_of_sets(texts: list[set[int]], few: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(likeness, "_FEW", few)
        patch.setattr(likeness, "_ROWS", 2)
        patch.setattr(likeness, "_PAIRS", 3)
        compared = likeness_of(texts).of(pairs_of(len(texts)))
    wanted = {
        (row, twin): (len(one & other) / len(one), len(one & other) / len(other), len(one & other) / len(one | other))
        for row, one in enumerate(texts)
        for twin, other in enumerate(texts[:row])
        if one and other
    }
    found = {(row, twin): shares for row, twin, *shares in compared["row", "twin", "share", "back", "jaccard"].rows()}
    assert found.keys() == wanted.keys()
    assert all(tuple(found[pair]) == pytest.approx(wanted[pair]) for pair in wanted)
    assert compared["plain_all"].to_list() == [len(texts[row]) for row in compared["row"]]


def test_only_pairs_that_are_asked_for_come_back() -> None:
    texts = likeness_of([{1, 2, 3, 4}, {1, 2, 3, 5}, {9}])
    some = texts.of(pairs_of(3), pl.col("jaccard") > 0.5)
    assert some.columns == ["row", "twin", "share", "back", "jaccard"] and some.rows() == [(1, 0, 0.75, 0.75, 0.6)]


@pytest.mark.parametrize("few", [0, 10**9])
def test_what_a_publisher_prints_in_each_text_does_not_count(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "_FEW", few)
    chance = random.Random(3)
    printed = set(range(5))
    texts = [printed | set(chance.sample(range(100, 10**6), 20)) for _ in range(8)]
    assert likeness_of(texts, publisher=1).of(pairs_of(8))["jaccard"].max() == 0
    compared = likeness_of(texts).of(pairs_of(8))  # each at a publisher of its own
    assert compared["share"].min() == 5 / 25
