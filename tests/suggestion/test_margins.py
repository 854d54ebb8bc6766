from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.suggestion.margins import allowed_share, limits


@given(st.integers(0, 300), st.integers(1, 5000), st.sampled_from([0.02, 0.05, 0.2]))
def test_what_was_observed_is_allowed_or_bad(observed: int, of: int, most: float) -> None:
    observed = min(observed, of)
    allowed = allowed_share(observed, of, most)
    if observed / of > most:
        assert allowed is None
    else:
        assert allowed is not None
        assert observed / of <= allowed <= most + 0.001


@given(st.integers(0, 20), st.integers(1, 9))
def test_more_evidence_means_less_margin(observed: int, times: int) -> None:
    small, large = allowed_share(observed, 1000, 0.05), allowed_share(observed * times, 1000 * times, 0.05)
    assert small is not None
    assert large is not None
    assert large <= small


def test_nothing_was_seen() -> None:
    assert allowed_share(0, 0, 0.05) is None


@given(st.lists(st.integers(1, 10_000), min_size=2, max_size=50))
def test_half_of_the_lengths_lie_within_their_limits(lengths: list[int]) -> None:
    low, high = limits(lengths)
    assert low <= high
    assert sum(low <= n <= high for n in lengths) >= len(lengths) / 2


@pytest.mark.parametrize("far", [1, 900_000])
def test_a_length_far_off_changes_little(far: int) -> None:
    low, high = limits([300, 320, 340, 360, 380, 400, far])
    assert 100 <= low < 300
    assert 400 < high < 2000
