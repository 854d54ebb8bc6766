"""Parquet: the schema, its metadata, the row groups and the compression stay."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.suite import Suite
from copydesk.repair.edits import Edit
from copydesk.repair.fixing import fix
from copydesk.repair.rewriting.parquet import edited_items


def test_the_file_keeps_its_form(tmp_path: Path, suite: Suite) -> None:
    schema = pa.schema(
        [pa.field("text", pa.large_utf8(), metadata={"unit": "words"}), ("n", pa.int8()), ("raw", pa.binary())],
        metadata={"origin": "a test"},
    )
    rows = [{"text": f"It rained on day {n}.\nHide Ad", "n": n, "raw": bytes([n, 255])} for n in range(5)]
    path, out = tmp_path / "a.parquet", tmp_path / "b.parquet"
    pq.write_table(pa.Table.from_pylist([*rows, {}], schema), path, compression={"text": "gzip"}, row_group_size=2)
    assert fix(path, out, suite=suite).changed == 5
    old, new = pq.ParquetFile(path), pq.ParquetFile(out)
    assert new.schema_arrow.equals(old.schema_arrow, check_metadata=True)
    assert [new.metadata.row_group(n).num_rows for n in range(3)] == [2, 2, 2]
    assert new.metadata.row_group(0).column(0).compression == "GZIP"
    assert new.read().column("text").to_pylist() == [*(f"It rained on day {n}." for n in range(5)), None]
    assert new.read(["n", "raw"]).equals(old.read(["n", "raw"]))


@given(
    items=st.lists(st.text("ab", max_size=3), min_size=1, max_size=5), start=st.integers(0, 20), size=st.integers(0, 6)
)
@settings(max_examples=50)
def test_items_are_joined_where_their_break_goes(items: list[str], start: int, size: int) -> None:
    text = "\n".join(items)
    edit = Edit(min(start, len(text)), min(start + size, len(text)), "")
    new = edited_items(items, [edit])
    assert "\n".join(new) == text[: edit.start] + text[edit.end :]
    assert len(new) == len(items) - text[edit.start : edit.end].count("\n")
