"""Columns that stand in for each other, in the frame of a file."""

from __future__ import annotations

import polars as pl

from copydesk.readers.fields.article_columns import Columns


def test_where_a_column_is_empty_the_first_other_that_is_not_stands_in() -> None:
    columns = Columns("a.csv", {"body": "body"}, others={"body": ("text", "plain")})
    values = pl.DataFrame(
        {"body": ["One", "", None, ""], "text": ["x", "Two", None, ""], "plain": ["y", "z", "Three", ""]}
    )
    frame = columns.frame(values, pl.Series(range(4)), None)
    assert frame["body"].to_list() == ["One", "Two", "Three", ""]
    assert columns.needed == ["body", "text", "plain"]


def test_a_path_is_read_by_the_key_at_which_it_starts() -> None:
    columns = Columns("a.parquet", {"body": "doc.text", "url": "a.b"}, paths=frozenset({"doc.text"}))
    assert columns.keys == ["doc", "a.b"]
    assert columns.forms()["doc.text"] == ("\n", "text") and columns.forms()["a.b"] == (", ", "name")
