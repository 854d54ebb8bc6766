"""Which columns are read, in which order, and what is said of one that is not there."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import MappingError
from copydesk.model.article import FIELDS
from copydesk.readers.fields.columns import RESERVED, Columns, Wanted


@pytest.mark.parametrize(
    ("mapped", "extra", "message"),
    [
        ({"boddy": "text"}, (), "'boddy' is not a field. Did you mean 'body'?"),
        ({"qqq": "text"}, (), f"'qqq' is not a field. The fields are {', '.join(FIELDS)}."),
        *(({}, (name,), f"{name!r} is a column of copydesk itself") for name in RESERVED),
    ],
)
def test_what_cannot_be_wanted_is_named(mapped: dict[str, str], extra: tuple[str, ...], message: str) -> None:
    with pytest.raises(MappingError) as caught:
        Wanted(mapped, extra)
    assert str(caught.value).startswith(message)


def test_a_column_of_the_suite_that_is_not_there_is_named_with_what_there_is() -> None:
    with pytest.raises(MappingError) as caught:
        Wanted(extra=["desks"]).find(["text", "desk"], "a.csv")
    assert str(caught.value) == (
        "a.csv: has no column 'desks', which the suite uses. Did you mean 'desk'? The columns are text, desk."
    )


def test_an_extra_column_of_a_fields_name_is_that_field() -> None:
    columns = Wanted({"headline": "t"}, ["headline", "mood", "mood"]).find(["text", "t", "headline", "mood"], "a.csv")
    assert columns.fields == {"headline": "t", "body": "text"}
    assert columns.extra == ("mood",)


@given(st.dictionaries(st.sampled_from(FIELDS), st.sampled_from("abc")), st.lists(st.sampled_from("abcd"), max_size=4))
def test_a_column_is_read_once_and_joined_in_one_way(fields: dict[str, str], extra: list[str]) -> None:
    columns = Columns("a.json", fields, tuple(extra))
    assert sorted(columns.needed) == sorted({*fields.values(), *extra})
    separators = columns.separators()
    assert list(separators) == columns.needed
    of_text = {fields.get("body"), fields.get("standfirst")}
    assert all((joined == "\n") == (column in of_text) for column, joined in separators.items())


def test_a_frame_has_the_place_of_each_record_and_then_its_values() -> None:
    columns = Columns("a.parquet", {"body": "text"}, ("views",))
    text = pl.DataFrame({"text": ["Rain.", None], "views": ["7", "8"]})
    frame = columns.frame(text, pl.Series([1, 3]), None, own=pl.DataFrame({"text": ["", ""], "views": [7, 8]}))
    assert frame.rows() == [("a.parquet", 1, None, "Rain.", 7), ("a.parquet", 3, None, None, 8)]
    assert frame.columns == [*RESERVED, "body", "views"]
    assert frame.schema["line"] == pl.Int64


def test_a_frame_of_nothing_has_the_same_columns() -> None:
    columns = Columns("a.jsonl", {"body": "text"})
    nothing = columns.frame(pl.DataFrame({"text": []}, schema={"text": pl.String}), pl.Series([], dtype=pl.Int64), None)
    assert nothing.columns == [*RESERVED, "body"] and nothing.is_empty()
