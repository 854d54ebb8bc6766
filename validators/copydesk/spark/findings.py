"""The findings of a run on Spark: they stay with the executors, which also write them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa
from polars.io.plugins import register_io_source

from copydesk.errors import UsageError
from copydesk.model.finding import FINDING, LINKS, as_written, no_findings
from copydesk.spark.parcels import unpack

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["Findings", "can_be_written"]

_TYPES = {"String": ("string", pa.string()), "Int64": ("bigint", pa.int64())}


@dataclass(frozen=True, slots=True)
class Findings:
    """Parcels of findings.

    parcels: of the kind "findings".
    """

    parcels: DataFrame

    def lazy(self) -> pl.LazyFrame:
        """Return the findings as a lazy frame: the columns of FINDING as they are written, and those of LINKS.

        To collect it brings the findings to the driver.
        """

        def frames(
            with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, _: int | None
        ) -> Iterator[pl.DataFrame]:
            left = n_rows
            for row in self.parcels.select("data").toLocalIterator():
                frame = unpack(row.data).select(*as_written(), *LINKS)
                if predicate is not None:
                    frame = frame.filter(predicate)
                if left is not None:
                    frame = frame.head(left)
                    left -= frame.height
                yield frame if with_columns is None else frame.select(with_columns)
                if left == 0:
                    return

        return register_io_source(frames, schema=no_findings(links=True).schema)

    def write(self, path: Path) -> None:
        """Have the executors write the findings as a folder of Parquet files, whole or not at all.

        An earlier such folder is replaced; of a link to one, the folder at its end.
        """
        target = Path(os.path.realpath(path))
        schema = ", ".join(f"{name} {_TYPES[kind][0]}" for name, kind in FINDING.items())
        arrow = pa.schema([(name, _TYPES[kind][1]) for name, kind in FINDING.items()])

        def rows(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                for data in batch.column("data").to_pylist():
                    frame = unpack(data).select(as_written())
                    yield from frame.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(arrow).to_batches()

        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.", suffix=".part") as folder:
            made, before = Path(folder, "made"), Path(folder, "before")
            self.parcels.mapInArrow(rows, schema).write.parquet(made.as_uri())
            if target.exists():
                target.rename(before)
            try:
                made.rename(target)
            except OSError:
                if before.exists():
                    before.rename(target)
                raise

    def forget(self) -> None:
        """Let the executors drop the findings."""
        self.parcels.unpersist()


def can_be_written(path: Path) -> None:
    """Check before the work that a folder of findings can be written, or that of an earlier run replaced.

    Raises:
        UsageError: the folder around it does not exist, or the path is something else than findings.
    """
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise UsageError(f"{path}: is a link that leads to itself. Name another folder.")
    if not target.parent.is_dir():
        raise UsageError(f"{path}: there is no folder {target.parent} to write it into. Make it first.")
    if target.exists() and not (target / "_SUCCESS").is_file():
        raise UsageError(f"{path}: is there already, and is no folder of findings that Spark has written. Remove it.")
