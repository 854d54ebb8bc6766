from __future__ import annotations

from collections.abc import Callable
from typing import Any

import datasets
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings

import copydesk
from copydesk.errors import ArgumentError, InputError, MappingError, NoArticlesError
from copydesk.readers import read
from copydesk.testing.strategies import scraped

#: Each kind of frame, made from records.
FRAMES: dict[str, Callable[[list[dict[str, Any]]], Any]] = {
    "pandas": pd.DataFrame,
    "polars": lambda records: pl.DataFrame(records, infer_schema_length=None),
    "lazy polars": lambda records: pl.LazyFrame(records, infer_schema_length=None),
    "table": pa.Table.from_pylist,
    "batch": pa.RecordBatch.from_pylist,
    "reader": lambda records: pa.Table.from_pylist(records).to_reader(),
    "dataset": datasets.Dataset.from_list,
    "iterable dataset": lambda records: datasets.Dataset.from_list(records).to_iterable_dataset(),
    "list": list,
}
RECORDS = [{"title": f"Story {n}", "text": f"It rained {n} times."} for n in range(5)]


def _rows(frame: Any, **options: Any) -> list[dict[str, Any]]:
    chunks = list(read(frame, **options))
    assert not any(chunk.rejected for chunk in chunks)
    rows = [row for chunk in chunks for row in chunk.articles.iter_rows(named=True)]
    assert [row["row"] for row in rows] == list(range(1, len(rows) + 1))
    return [{key: row[key] for key in row if key not in ("file", "row", "line")} for row in rows]


@pytest.mark.parametrize("kind", ["pandas", "polars", "table", "list"])
@settings(max_examples=8)
@given(scraped())
def test_what_is_in_a_frame_is_read(kind: str, found: Any) -> None:
    _, records, articles = found
    for size in (1, 1 << 20):
        assert _rows(FRAMES[kind](records), chunk_bytes=size) == articles


@pytest.mark.parametrize("kind", FRAMES)
def test_every_kind_of_frame_is_read(kind: str) -> None:
    expected = [{"headline": record["title"], "body": record["text"]} for record in RECORDS]
    assert _rows(FRAMES[kind](RECORDS)) == expected
    assert _rows(FRAMES[kind](RECORDS), mapped={"headline": "text", "body": "title"})[0]["body"] == "Story 0"
    with pytest.raises(MappingError, match="--map body=COLUMN"):
        list(read(FRAMES[kind]([{"title": "x"}])))


def test_values_of_several_types_in_one_column_are_text() -> None:
    frame = pd.DataFrame({"text": ["one", 2, None, float("nan"), ["a", "b"]], "n": [1, "x", 2, 3, 4]})
    assert [row["body"] for row in _rows(frame)] == ["one", "2", None, None, "a, b"]


def test_the_order_of_a_selected_dataset_is_kept() -> None:
    rows = _rows(datasets.Dataset.from_list(RECORDS).select([3, 1]))
    assert [row["headline"] for row in rows] == ["Story 3", "Story 1"]


def test_findings_lead_back_to_the_index_of_the_frame() -> None:
    frame = pd.DataFrame({"title": ["A", "B"], "text": ["It rained. " * 60, "It rained.\n\nAdvertisement\n\n"]})
    for index in (["x", "y"], [7, 9]):
        result = copydesk.check(frame.set_axis(index), map=["headline=title"])
        found = result.by_index()
        assert set(frame.set_axis(index).loc[found[found["check"] == "ad-residue"].index]["title"]) == {"B"}
        assert set(found["article_id"]) <= set(map(str, index)) | {None}
    result = copydesk.check(pl.from_pandas(frame))
    found = result.by_index()
    assert list(found[found["check"] == "ad-residue"].index) == [1]


def test_a_column_for_the_id_goes_before_the_index() -> None:
    frame = pd.DataFrame({"id": ["n1"], "text": ["It rained."]}, index=["x"])
    assert _rows(frame) == [{"id": "n1", "body": "It rained."}]
    levels = pd.DataFrame({"text": ["x"]}, index=pd.MultiIndex.from_tuples([("a", 1)]))
    assert _rows(levels) == [{"id": "a/1", "body": "x"}]


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (3, "got int"),
        (None, "got NoneType"),
        ({"text": "x"}, "got dict"),
        ([3], "got 3, which is int"),
        (pd.Series(["x"]), "give the whole frame"),
        (pl.Series(["x"]), "give the whole frame"),
        (datasets.DatasetDict({"train": datasets.Dataset.from_list(RECORDS)}), "one of its splits \\(train\\)"),
    ],
    ids=str,
)
def test_other_types_are_a_type_error(paths: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said) as caught:
        copydesk.check(paths)
    assert isinstance(caught.value, ArgumentError)


def test_what_cannot_be_read_is_said() -> None:
    with pytest.raises(InputError, match="'body' is there 2 times"):
        list(read(pd.DataFrame([["x", "y"]], columns=["body", "body"])))
    with pytest.raises(NoArticlesError, match="expected rows"):
        list(read(pd.DataFrame({"body": []})))
    [chunk] = read([{"body": "x"}, 3])
    assert chunk.rejected[0].reason == "row 2: expected a dictionary, got int"
