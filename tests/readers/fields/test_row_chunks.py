from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import MappingError, NoArticlesError
from copydesk.model.chunk import Chunk
from copydesk.readers.fields.columns import Wanted
from copydesk.readers.fields.json_values import UnreadableError
from copydesk.readers.fields.row_chunks import Record, chunks_of, with_all_bytes
from copydesk.readers.files.compression import Stream
from copydesk.readers.files.source import Source


def _chunks(records: list[Record], size: int) -> list[Chunk]:
    stream = Stream(Source("a.x", None, ".x", bytes=7), BytesIO())
    return list(with_all_bytes(chunks_of(iter(records), stream, Wanted(), size, expected="rows"), stream))


@given(st.lists(st.none() | st.text(st.characters(codec="utf-8"), max_size=9), min_size=1), st.integers(1, 300))
def test_every_record_is_an_article_or_rejected(texts: list[str | None], size: int) -> None:
    no_record = UnreadableError("no record")
    records = [Record({"body": t} if t is not None else no_record, None, len(t or "")) for t in texts]
    chunks = _chunks(records, size)
    rows: dict[int, Any] = {
        row: body for c in chunks if c.columns for row, body in c.articles.select("row", "body").rows()
    }
    assert rows == {n: t for n, t in enumerate(texts, 1) if t is not None}
    rejected = [row.reason for chunk in chunks for row in chunk.rejected]
    assert rejected == [f"row {n}: no record" for n, t in enumerate(texts, 1) if t is None]
    assert sum(chunk.bytes for chunk in chunks) == 7


def test_what_is_missing_is_said() -> None:
    with pytest.raises(NoArticlesError, match="expected rows, got none"):
        _chunks([], 1)
    with pytest.raises(MappingError, match="--map body=COLUMN"):
        _chunks([Record({"title": "x"})], 1)
