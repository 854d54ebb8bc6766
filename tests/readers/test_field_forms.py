"""Lists that Python wrote into fields are read as lists; other texts stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from copydesk.readers.article_columns import Columns
from copydesk.readers.field_forms import Forms, find_forms

COLUMNS = Columns("a.csv", {"body": "text", "byline": "by"})


@given(st.lists(st.lists(st.text(min_size=1), min_size=1), min_size=1))
def test_a_column_of_lists_is_read_as_lists(lists: list[list[str]]) -> None:
    forms = find_forms(COLUMNS, [{"text": repr(items), "by": "A"} for items in lists], quoted=True)
    assert set(forms.lists) == {"text"} and "text holds lists" in forms.told[-1]
    values = pl.Series([repr(items) for items in lists])
    assert Forms(lists=forms.lists).apply("text", values).to_list() == ["\n".join(items) for items in lists]


def test_one_text_that_is_no_list_keeps_the_column_as_it_is(read_bytes: Callable[..., Any]) -> None:
    forms = find_forms(
        COLUMNS, [{"text": "['a']", "by": "[x]"}, {"text": "[Update] It rained", "by": "[1]"}], quoted=True
    )
    assert not forms.lists and not forms.told
    [row, _], _ = read_bytes(b"text,by\n\"['a', 'b']\",x\n['c'],y\n", "a.csv")
    assert row == {"byline": "x", "body": "a\nb"}
