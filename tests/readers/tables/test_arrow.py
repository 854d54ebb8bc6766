from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import feather

from copydesk.errors import CopydeskError, InputError, NoArticlesError
from copydesk.testing.strategies import scraped

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]


def _ipc(table: pa.Table, *, stream: bool = False, rows: int | None = None) -> bytes:
    data = io.BytesIO()
    new = pa.ipc.new_stream if stream else pa.ipc.new_file
    with new(data, table.schema) as writer:
        writer.write_table(table, max_chunksize=rows)
    return data.getvalue()


def _feather(table: pa.Table) -> bytes:
    data = io.BytesIO()
    feather.write_feather(table, data, compression="lz4")
    return data.getvalue()


@settings(max_examples=8)
@given(scraped(), st.booleans(), st.sampled_from([1, 3, None]))
def test_what_is_written_is_read_back(read_bytes: ReadBytes, found: Any, stream: bool, rows: int | None) -> None:
    _, records, articles = found
    table = pa.Table.from_pylist(records, pa.schema([(column, pa.string()) for column in records[0]]))
    for size in (1, 100, 1 << 20):
        assert read_bytes(_ipc(table, stream=stream, rows=rows), "a.arrow", chunk_bytes=size) == (articles, [])
    assert read_bytes(_feather(table), "a.feather") == (articles, [])


TABLE = pa.table({"id": ["1", "2"], "body": ["One text.", "Another text."]})


@settings(max_examples=30)
@given(st.binary(max_size=40), st.integers(0, 600), st.booleans(), st.booleans())
def test_no_bytes_crash_it(read_bytes: ReadBytes, junk: bytes, place: int, cut: bool, stream: bool) -> None:
    whole = _ipc(TABLE, stream=stream, rows=1)
    data = whole[:place] if cut else whole[:place] + junk + whole[place + len(junk) :]
    try:
        rows, rejected = read_bytes(data, "a.arrow")
    except CopydeskError as error:
        assert "a.arrow" in str(error) or "row" in str(error)
        return
    assert len(rows) + len(rejected) == 2


def test_a_stream_that_is_cut_between_batches_is_an_error(read_bytes: ReadBytes) -> None:
    whole = _ipc(TABLE, stream=True, rows=1)
    reader = pa.ipc.open_stream(whole)
    assert len(list(reader)) == 2
    with pytest.raises(InputError, match="without its end mark"):
        read_bytes(whole.removesuffix(b"\xff\xff\xff\xff\0\0\0\0"), "a.arrow")


def test_no_rows_are_no_articles(read_bytes: ReadBytes) -> None:
    with pytest.raises(NoArticlesError, match="holds no articles"):
        read_bytes(_ipc(TABLE.slice(0, 0)), "a.arrow")
