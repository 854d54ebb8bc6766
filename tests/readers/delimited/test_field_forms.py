"""Lists that Python wrote into fields are read as lists; other texts stay."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import MappingError
from copydesk.readers.delimited.field_forms import Forms, find_forms
from copydesk.readers.fields.article_columns import Columns

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


def test_objects_and_blocks_in_fields_are_read(read_bytes: Callable[..., Any]) -> None:
    def row(body: object) -> dict[str, str]:
        return {"text": json.dumps(body), "by": repr({"name": "A. Writer", "id": None})}

    records = [row({"text": "One.\nTwo."}), row({"blocks": [{"text": "One."}, {"text": "Two."}]})]
    forms = find_forms(COLUMNS, records, quoted=True)
    assert "text holds objects, and their text is read" in forms.told and not forms.escapes
    assert forms.apply("text", pl.Series([r["text"] for r in records])).to_list() == ["One.\nTwo."] * 2
    assert forms.apply("by", pl.Series([records[0]["by"], None])).to_list() == ["A. Writer", None]
    with pytest.raises(MappingError, match="text: expected text, got an object with the keys zzz"):
        find_forms(COLUMNS, [row({"zzz": {"q": 1}})], quoted=True)
    prose = {"text": "{It rained} and [it] snowed]", "by": "{A}"}
    assert not find_forms(COLUMNS, [prose, prose], quoted=True).lists
