from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from copydesk.errors import CopydeskError, InputError, MappingError, NoArticlesError
from copydesk.readers import read
from copydesk.readers.tables import parquet
from copydesk.testing.strategies import scraped

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]


def _write(table: pa.Table, **options: Any) -> bytes:
    data = io.BytesIO()
    pq.write_table(table, data, **options)
    return data.getvalue()


@given(scraped(), st.sampled_from([1, 3, 1000]))
def test_what_is_written_is_read_back_whatever_the_chunk(read_bytes: ReadBytes, found: Any, group: int) -> None:
    _, records, articles = found
    schema = pa.schema([(column, pa.string()) for column in records[0]])
    data = _write(pa.Table.from_pylist(records, schema), row_group_size=group)
    for size in (1, 17, 100, 1 << 20):
        assert read_bytes(data, "a.parquet", chunk_bytes=size) == (articles, [])
    rows, _ = read_bytes(data, "a.parquet", bare=False)
    assert [row["row"] for row in rows] == list(range(1, len(records) + 1))
    assert {row["line"] for row in rows} == {None}


@settings(max_examples=150)
@example(b"\x01", 248, False)  # a number of rows below nothing
@example(b"\x06", 248, False)  # and one that the parts do not have
@example(b"\x06", 5, False)  # a page without rows
@example(b"\x15\xe1", 316, False)  # what is said of a column, which ends the process that asks for it
@given(st.binary(max_size=80), st.integers(0, 500), st.booleans())
def test_no_bytes_crash_it(read_bytes: ReadBytes, junk: bytes, place: int, cut: bool) -> None:
    table = pa.table({"id": ["1", "2"], "body": ["One text.", "Another text."]})
    whole = _write(table, write_page_checksum=True)
    data = whole[:place] if cut else whole[:place] + junk + whole[place + len(junk) :]
    try:
        rows, rejected = read_bytes(data, "a.parquet")
    except CopydeskError as error:
        assert "a.parquet" in str(error) or "row" in str(error)
        return
    assert len(rows) + len(rejected) == 2


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([["One.", None, "Two."]]), "One.\nTwo."),
        (pa.array([{"text": "x"}]), "x"),
        (pa.array([[{"text": "x"}, {"text": "y"}]]), "x\ny"),
        (pa.array([7]), "7"),
        (pa.array([1.5]), "1.5"),
        (pa.array([2.0]), "2"),
        (pa.array([True]), "true"),
        (pa.array([None]), None),
        (pa.array([Decimal("1.50")]), "1.50"),
        (pa.array([b"bytes \xc3\xa9"]), "bytes é"),
        (pa.array([b"large"], pa.large_binary()), "large"),
        (pa.array(["dictionary"]).dictionary_encode(), "dictionary"),
        (pa.array([datetime.date(2024, 1, 2)]), "2024-01-02"),
        (pa.array([datetime.datetime(2024, 1, 2, 3, 4, 5)], pa.timestamp("ms")), "2024-01-02T03:04:05.000"),
    ],
)
def test_the_text_of_a_value(read_bytes: ReadBytes, column: pa.Array, expected: str | None) -> None:
    [row], rejected = read_bytes(_write(pa.table({"body": column})), "a.parquet")
    assert row["body"] == expected and not rejected


def test_text_that_is_not_utf_8_rejects_its_row_only(read_bytes: ReadBytes) -> None:
    for kind in (pa.binary(), pa.string()):
        bodies = pa.array([b"one", b"\xff\xfe", b"three"]).view(kind)
        rows, [rejected] = read_bytes(_write(pa.table({"body": bodies, "n": [1, 2, 3]})), "a.parquet", bare=False)
        assert [(row["row"], row["body"]) for row in rows] == [(1, "one"), (3, "three")]
        assert rejected.line is None and rejected.reason.startswith("row 2: ")


def test_extra_columns_keep_their_type(read_bytes: ReadBytes) -> None:
    table = pa.table({"text": ["x"], "score": [1.5], "authors": [["A", "B"]], "unused": [1]})
    [row], _ = read_bytes(_write(table), "a.parquet", extra=["score", "authors"])
    assert row == {"byline": "A, B", "body": "x", "score": 1.5, "authors": ["A", "B"]}


def test_the_rows_of_a_batch_follow_the_size_of_a_chunk(tmp_path: Any) -> None:
    file = tmp_path / "a.parquet"
    pl.DataFrame({"body": ["x" * 10_000] * 500}).write_parquet(file, compression="uncompressed", use_pyarrow=False)
    chunks = list(read([file], chunk_bytes=100_000))
    assert sum(len(chunk.articles) for chunk in chunks) == 500
    assert sum(chunk.bytes for chunk in chunks) == file.stat().st_size


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"", InputError, "expected a Parquet file"),
        (b"PAR1", InputError, "expected a Parquet file"),
        (_write(pa.table({"body": ["x"], "zzzz": ["y"]})).replace(b"zzzz", b"z\x80zz"), InputError, "utf-8"),
        (_write(pa.Table.from_arrays([pa.array(["x"])] * 2, names=["body", "body"])), InputError, "2 times"),
        (_write(pa.table({"body": pa.array([], pa.string())})), NoArticlesError, "holds no articles"),
        (_write(pa.table({"title": ["x"]})), MappingError, "--map body=COLUMN"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    read_bytes: ReadBytes, data: bytes, error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as caught:
        read_bytes(data, "bad.parquet")
    assert "bad.parquet" in str(caught.value) and said in str(caught.value)


def test_an_object_without_a_known_text_is_a_rejected_row(tmp_path: Path) -> None:
    kind = pa.list_(pa.struct({"foo": pa.string()}))
    body = pa.array([[], [], [{"foo": "two words"}]], kind)
    pq.write_table(pa.table({"id": ["a", "b", "c"], "body": body}), tmp_path / "a.parquet")
    [chunk] = read(tmp_path / "a.parquet")
    assert chunk.articles["id"].to_list() == ["a", "b"]
    assert [rejected.reason[:36] for rejected in chunk.rejected] == ["row 3: body: expected text, got an o"]


def test_a_bomb_is_an_error_before_it_is_read(read_bytes: ReadBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "UNWATCHED", 1 << 20)
    table = pa.table({"body": pa.array(["x" * (4 << 20)])})
    with pytest.raises(InputError, match=r"a row group of 4,\d{3},\d{3} bytes, .* 1,000 times larger than its file\."):
        read_bytes(_write(table, compression="zstd"), "a.parquet")
    same = pa.table({"body": pa.array(["It rained on Monday. " * 50] * 200_000)})  # which Parquet writes once
    assert len(read_bytes(_write(same, compression="zstd"), "a.parquet")[0]) == 200_000
    assert read_bytes(_write(table, compression="none"), "a.parquet")[0]
