"""Groups: whatever the order, the same articles belong together and the same names are given."""

from __future__ import annotations

import random

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from copydesk.similarity.groups import groups, named_by_group

pairs = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=25)


@given(pairs, st.randoms(use_true_random=False))
def test_what_a_chain_of_pairs_joins_is_one_group_named_by_its_smallest(
    joined: list[tuple[int, int]], chance: random.Random
) -> None:
    sets: list[set[int]] = []
    for pair in joined:
        touched = [s for s in sets if s.intersection(pair)]
        sets = [s for s in sets if s not in touched] + [set(pair).union(*touched)]
    expected = {(member, min(s)) for s in sets for member in s}
    chance.shuffle(joined)
    made = groups(*(pl.Series([p[n] for p in joined], dtype=pl.UInt32) for n in (0, 1)))
    assert set(made.iter_rows()) == expected and made.height == len(expected)


def names(order: list[str], alike: list[set[str]]) -> list[str]:
    """Return how the findings of groups of articles, named by letters, are named in files of that order."""
    rows = [
        (place, min(map(order.index, group)))
        for group in alike
        for place, article in enumerate(order)
        if article in group and place != min(map(order.index, group))
    ]
    found = pl.DataFrame(rows, schema={"article": pl.UInt32, "group": pl.UInt32}, orient="row")
    known = pl.LazyFrame({"article": range(len(order)), "identity": order}, schema_overrides={"article": pl.UInt32})
    return sorted(named_by_group(found, known)["identity"])


letters = st.sets(st.sampled_from("abcdefghij"), min_size=3)


@given(letters, st.integers(2, 4), st.randoms(use_true_random=False))
def test_a_group_is_named_alike_in_any_order_and_an_article_more_is_a_name_more(
    articles: set[str], parts: int, chance: random.Random
) -> None:
    order = sorted(articles)
    alike = [set(order[n::parts]) for n in range(parts)]
    expected = sorted(name for group in alike for name in sorted(group)[1:])
    chance.shuffle(order)
    assert names(order, alike) == expected
    if len(alike[0]) > 1:
        gone = chance.choice(sorted(alike[0]))
        fewer = names([a for a in order if a != gone], [alike[0] - {gone}, *alike[1:]])
        assert len(fewer) == len(expected) - 1 and set(fewer) < set(expected)


def test_of_copies_the_first_by_name_stands_for_all() -> None:
    known = pl.LazyFrame({"article": [0, 1, 2], "identity": ["c", "a", "b"]}, schema_overrides={"article": pl.UInt32})
    found = pl.DataFrame(
        {"article": [1], "group": [0], "copies": [[1]], "group_copies": [[0, 2]]},
        schema_overrides=dict.fromkeys(("article", "group"), pl.UInt32)
        | dict.fromkeys(("copies", "group_copies"), pl.List(pl.UInt32)),
    )
    assert named_by_group(found, known)["identity"].to_list() == ["b"]  # a was found; the other is b or c: b
