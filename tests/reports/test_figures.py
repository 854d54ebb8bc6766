"""Numbers as the reports write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.reports.figures import number, percent, plural, seconds, size


@given(st.floats(0, 100))
def test_only_nothing_is_0_percent_and_only_all_is_100(share: float) -> None:
    assert (percent(share) == "0 %") == (share == 0)
    assert (percent(share) == "100 %") == (share == 100)
    assert percent(share).endswith(" %")


@given(st.floats(0.1, 99.9))
def test_a_percentage_is_near_the_share(share: float) -> None:
    assert abs(float(percent(share).strip("<>% ")) - share) <= 0.05 + 1e-9


@given(st.floats(0, 1e9))
def test_a_number_has_at_most_two_decimals_and_no_idle_ones(value: float) -> None:
    text = number(value).replace(",", "")
    assert abs(float(text) - value) <= 0.005 + 1e-6
    assert "." not in text or not text.endswith(("0", "."))


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (123_456, "123 kB"), (5 * 10**15, "5,000 TB")],
)
def test_sizes(count: int, text: str) -> None:
    assert size(count) == text


@pytest.mark.parametrize(("value", "text"), [(0.0, "0 ms"), (0.9994, "999 ms"), (1.0, "1.0 s"), (3600, "3,600.0 s")])
def test_durations(value: float, text: str) -> None:
    assert seconds(value) == text


@pytest.mark.parametrize(("count", "text"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1234, "1,234 rows")])
def test_one_is_no_plural(count: int, text: str) -> None:
    assert plural(count, "row") == text
