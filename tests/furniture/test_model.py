"""A model is read as it is written, and scores a line as a walk through its trees does."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.furniture.model import Model, Split, Tree, parse_model, written
from copydesk.native.constants import LEAVES

FEATURES = "abc"
numbers = st.integers(-9000, 9000).map(lambda n: n / 1000)
trees = st.recursive(
    numbers,
    lambda inner: st.builds(Split, st.sampled_from(FEATURES), st.integers(0, 255), inner, inner),
    max_leaves=LEAVES,
)


def model(some: list[Tree], bias: float = 0.0) -> Model:
    return Model(tuple(some), bias, 2.25)


def walked(tree: Tree, line: dict[str, int]) -> float:
    """Return what a tree adds to a line; the best that it may add where a feature is not known."""
    if isinstance(tree, float):
        return tree
    low, high = walked(tree.low, line), walked(tree.high, line)
    return max(low, high) if tree.feature not in line else low if line[tree.feature] <= tree.cut else high


@given(st.lists(trees, max_size=6), numbers, st.sets(st.sampled_from(FEATURES)), st.integers(1, 600), st.randoms())
def test_a_score_is_the_sum_of_what_the_trees_add(
    some: list[Tree], bias: float, known: set[str], count: int, random: Random
) -> None:
    features = {
        name: np.array([random.randrange(256) for _ in range(count)], np.uint8) for name in sorted({*known, "z"})
    }
    scores = model(some, bias).score(features)
    for n in {0, count // 2, count - 1}:
        line = {name: int(values[n]) for name, values in features.items()}
        assert scores[n] == pytest.approx(bias + sum(walked(tree, line) for tree in some))


@given(st.lists(trees, max_size=6), numbers)
def test_a_model_is_read_as_it_was_written(some: list[Tree], bias: float) -> None:
    first = model(some, bias)
    text = written(first, comment="two\nlines")
    again = parse_model(text)
    assert text.startswith("# two\n# lines\n")
    assert again == first
    assert written(again, comment="two\nlines") == text


def test_a_tree_of_all_leaves_tells_each_of_them() -> None:
    tree: Tree = float(LEAVES - 1)
    for leaf in reversed(range(LEAVES - 1)):
        tree = Split("a", leaf, float(leaf), tree)
    scores = model([tree]).score({"a": np.arange(LEAVES, dtype=np.uint8)})
    assert scores.tolist() == [float(leaf) for leaf in range(LEAVES)]
    assert model([tree]).score({"b": np.zeros(1, np.uint8)}).tolist() == [LEAVES - 1.0]


@given(st.lists(trees, max_size=6), st.tuples(*[st.integers(0, 255)] * 3))
def test_shares_and_the_means_of_the_trees_sum_up_to_the_score(some: list[Tree], values: tuple[int, ...]) -> None:
    line = dict(zip(FEATURES, values, strict=True))
    judge = model(some)
    shares = judge.shares(line)
    mean = sum(leaf_mean(tree) for tree in some)
    assert mean + sum(shares.values()) == pytest.approx(sum(walked(tree, line) for tree in some), abs=1e-6)
    assert list(shares.values()) == sorted(shares.values(), reverse=True)
    assert set(judge.features) <= set(FEATURES)


def leaf_mean(tree: Tree) -> float:
    def leaves(part: Tree) -> list[float]:
        return [part] if isinstance(part, float) else leaves(part.low) + leaves(part.high)

    return sum(leaves(tree)) / len(leaves(tree))
