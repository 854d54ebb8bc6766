from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import orc

from copydesk.errors import CopydeskError, NoArticlesError
from copydesk.testing.strategies import scraped

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]


def _orc(table: pa.Table) -> bytes:
    data = io.BytesIO()
    orc.write_table(table, data)
    return data.getvalue()


@settings(max_examples=8)
@given(scraped())
def test_what_is_written_is_read_back(read_bytes: ReadBytes, found: Any) -> None:
    _, records, articles = found
    table = pa.Table.from_pylist(records, pa.schema([(column, pa.string()) for column in records[0]]))
    for size in (1, 1 << 20):
        assert read_bytes(_orc(table), "a.orc", chunk_bytes=size) == (articles, [])


@settings(max_examples=10)
@given(st.binary(max_size=20), st.integers(0, 400), st.booleans())
def test_no_bytes_crash_it(read_bytes: ReadBytes, junk: bytes, place: int, cut: bool) -> None:
    whole = _orc(pa.table({"id": ["1", "2"], "body": ["One text.", "Another text."]}))
    data = whole[:place] if cut else whole[:place] + junk + whole[place + len(junk) :]
    try:
        rows, rejected = read_bytes(data, "a.orc")
    except CopydeskError as error:
        assert "a.orc" in str(error) or "row" in str(error)
        return
    assert len(rows) + len(rejected) == 2


def test_no_rows_are_no_articles(read_bytes: ReadBytes) -> None:
    with pytest.raises(NoArticlesError, match="holds no articles"):
        read_bytes(_orc(pa.table({"body": pa.array([], pa.string())})), "a.orc")
