"""What is done once for each value of a column comes to every row that has it."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_series_equal

from copydesk.text.distinct import Distinct

columns = st.lists(st.none() | st.text(st.sampled_from("ab\u00e9 "), max_size=2), max_size=20)


@given(columns)
def test_values_come_in_their_order_null_last(some: list[str | None]) -> None:
    distinct = Distinct(pl.Series(some, dtype=pl.String))
    values = list(dict.fromkeys(value for value in some if value is not None))
    assert distinct.values.to_list() == values + [None] * (None in some)
    assert [distinct.values[n] for n in distinct.of.tolist()] == some


@given(columns)
def test_what_is_made_of_values_is_spread_to_rows(some: list[str | None]) -> None:
    column = pl.Series(some, dtype=pl.String)
    distinct = Distinct(column)
    assert_series_equal(distinct.spread(distinct.values.str.len_bytes()), column.str.len_bytes(), check_names=False)
    upper = distinct.spread_strings(value and value.upper() for value in distinct.values)
    assert upper.to_list() == [value and value.upper() for value in some]
