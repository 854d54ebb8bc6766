"""Findings on Spark: a lazy frame that brings no more than is asked for, and a folder that is written whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from copydesk.errors import UsageError
from copydesk.model.finding import FINDING, LINKS, no_findings
from copydesk.spark.findings import Findings, can_be_written
from copydesk.spark.parcels import Parcel, pack, send


def findings(spark: Any) -> Findings:
    rows = [
        {"check": check, "row": row, "twin_id": "x", "twin_file": "a.jsonl", "twin_row": 7}
        for row, check in enumerate(("mojibake", "ad-residue", "ad-residue"))
    ]
    frame = pl.DataFrame(rows, schema=no_findings(links=True).schema).with_columns(article=pl.lit(0, pl.UInt32))
    return Findings(send(spark, [Parcel("findings", pack(frame[:2])), Parcel("findings", pack(frame[2:]))]))


def test_the_lazy_frame_has_the_columns_as_written_and_the_links(spark: Any) -> None:
    lazy = findings(spark).lazy()
    assert [*lazy.collect_schema()] == [*FINDING, *LINKS]
    some = lazy.filter(pl.col("check") == "ad-residue").select("row", "related").head(1).collect()
    assert some.rows() == [(1, "x (a.jsonl, row 7)")]
    assert lazy.select("twin_row").collect()["twin_row"].to_list() == [7, 7, 7]


def test_the_folder_has_the_public_columns_alone(spark: Any, tmp_path: Path) -> None:
    findings(spark).write(tmp_path / "f.parquet")
    written = pl.read_parquet(tmp_path / "f.parquet" / "*.parquet")
    assert written.columns == [*FINDING] and written["related"].unique().to_list() == ["x (a.jsonl, row 7)"]
    can_be_written(tmp_path / "f.parquet")  # again


def test_a_folder_of_someone_else_is_not_replaced(tmp_path: Path) -> None:
    can_be_written(tmp_path / "new.parquet")
    with pytest.raises(UsageError, match=r"there is no folder .*Make it first"):
        can_be_written(tmp_path / "nowhere" / "f.parquet")
    with pytest.raises(UsageError, match="Remove it"):
        can_be_written(tmp_path)
