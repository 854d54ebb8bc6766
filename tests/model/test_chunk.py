"""Chunks: two of them share nothing, and none can be changed by accident."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import polars as pl
import pytest

from copydesk.model.chunk import Chunk, Rejected


def test_chunks_share_no_list_and_no_mapping() -> None:
    one, other = Chunk(pl.DataFrame()), Chunk(pl.DataFrame())
    one.rejected.append(Rejected("a.jsonl", None, "cut short"))
    one.columns["body"] = "text"
    assert other.rejected == [] and other.columns == {} and other.bytes == 0


def test_a_rejected_row_is_a_value() -> None:
    row = Rejected("a.jsonl", 7, "not JSON")
    assert row == Rejected("a.jsonl", 7, "not JSON") and len({row, Rejected("a.jsonl", 7, "not JSON")}) == 1
    with pytest.raises(FrozenInstanceError):
        row.line = 8  # type: ignore[misc]
