"""Paths into records."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from copydesk.readers.fields.paths import dotted_paths, follow, key_of, value_of

_keys = st.text("ab", min_size=1, max_size=2)
_values: Any = st.recursive(st.integers(), lambda inner: st.dictionaries(_keys, inner, max_size=3), max_leaves=6)


@given(st.dictionaries(_keys, _values, max_size=3))
def test_every_listed_path_leads_to_a_value(record: dict[str, Any]) -> None:
    for path in dotted_paths([record]):
        assert value_of(record, path) is not None and key_of(path) in record


@given(st.dictionaries(_keys, _values, max_size=3), st.text("ab.[]0", max_size=8))
def test_no_path_raises(record: dict[str, Any], path: str) -> None:
    value_of(record, path)
    follow(record, path)


def test_a_literal_key_goes_before_a_path() -> None:
    assert value_of({"a.b": 1, "a": {"b": 2}}, "a.b") == 1
    assert value_of({"a": [{"b": 1}, {"c": 2}, {"b": 3}]}, "a.b") == value_of({"a": [{"b": 1}, {"b": 3}]}, "a[].b")
