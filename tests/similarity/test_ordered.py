"""Sorted arrays: what stands in them, and where."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copydesk.similarity.ordered import among, firsts, halves, in_order, repeated


@given(st.lists(st.integers(0, 300) | st.integers(0, 2**64 - 1), max_size=60), st.integers(0, 2**64 - 1))
def test_numbers_are_put_in_order(numbers: list[int], mask: int) -> None:
    some = np.array([number & mask for number in numbers], np.uint64)
    before = some.copy()
    assert in_order(some).tolist() == sorted(some.tolist())
    assert (some == before).all()


@given(st.lists(st.integers(0, 9), max_size=30), st.lists(st.integers(0, 9), max_size=10), st.integers(1, 3))
def test_what_stands_in_an_array_and_how_often(numbers: list[int], others: list[int], least: int) -> None:
    some = np.array(sorted(numbers), np.uint32)
    assert some[firsts(some)].tolist() == sorted(set(numbers))
    assert repeated(some, least).tolist() == sorted(n for n in set(numbers) if numbers.count(n) >= least)
    assert among(np.array(others, np.uint32), some).tolist() == [n in numbers for n in others]


def test_a_key_has_two_halves() -> None:
    upper, lower = halves(np.array([7 << 32 | 9, 2**64 - 1], np.uint64))
    assert upper.tolist() == [7, 2**32 - 1] and lower.tolist() == [9, 2**32 - 1]
