"""Parcels: what travels between the steps of a run on Spark, frames of polars in a binary column.

Spark has no unsigned numbers, and a schema for each step would tie it to what single checks keep of an article. So a
step gives rows of one schema: which frame it is, and the frame as Arrow IPC.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa

from copydesk.errors import CopydeskError

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

__all__ = [
    "Parcel",
    "collected",
    "column",
    "each",
    "frame_of",
    "frames_of",
    "grouped",
    "kept",
    "mapped",
    "of",
    "opened",
    "sealed",
    "sent",
    "shared_out",
    "worked",
]

#: The parcel as a row of Spark; see `Parcel`.
SCHEMA = "kind string, check int, task int, bucket int, data binary"

_ARROW = pa.schema(
    [("kind", pa.string()), ("check", pa.int32()), ("task", pa.int32()), ("bucket", pa.int32()), ("data", pa.binary())]
)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A frame, or any object, on its way.

    kind: what it is.
    check: the number of the check among the judgements that it is for, or -1.
    task: the number of the task of the analysis that it came from.
    bucket: where it meets others.
    """

    kind: str
    data: bytes
    check: int = -1
    task: int = -1
    bucket: int = 0


def sealed(frame: pl.DataFrame) -> bytes:
    """Return a frame as bytes."""
    target = io.BytesIO()
    frame.write_ipc(target, compression="lz4")
    return target.getvalue()


def opened(data: bytes) -> pl.DataFrame:
    """Return the frame of a parcel's data."""
    return pl.read_ipc(io.BytesIO(data))


def frame_of(parcels: Sequence[Parcel], kind: str) -> pl.DataFrame | None:
    """Return the frames of a kind as one, in the order of their tasks; None where there are none."""
    frames = [opened(p.data) for p in sorted(parcels, key=lambda p: p.task) if p.kind == kind]
    return pl.concat(frames, how="vertical_relaxed") if frames else None


def shared_out(frame: pl.DataFrame, by: pl.Expr, buckets: int) -> Iterator[tuple[int, pl.DataFrame]]:
    """Share the rows of a frame out to buckets, those equal in `by` to the same one; where it is null, to any."""
    place = pl.when(by.is_null()).then(pl.int_range(pl.len()).hash()).otherwise(by.hash()) % buckets
    for (bucket,), rows in frame.with_columns(_bucket=place).partition_by("_bucket", as_dict=True).items():
        yield bucket, rows.drop("_bucket")


def mapped(frame: DataFrame, work: Callable[[int, Iterator[pa.RecordBatch]], Iterator[Parcel]]) -> DataFrame:
    """Do some work on each partition, given its number and its rows; return the parcels.

    An error of the data is a parcel of the kind "error", so that it reaches the driver as what it is.
    """

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from pyspark import TaskContext

        context = TaskContext.get()
        task = context.partitionId() if context else 0
        try:
            for parcel in work(task, batches):
                yield _batch([parcel])
        except CopydeskError as error:
            yield _batch([Parcel("error", pickle.dumps(error), task=task)])

    return frame.mapInArrow(run, SCHEMA)


def each(spark: SparkSession, tasks: int, work: Callable[[int], Iterator[Parcel]]) -> DataFrame:
    """Do some work for each number from 0 on; return the parcels."""

    def run(task: int, batches: Iterator[pa.RecordBatch]) -> Iterator[Parcel]:
        for _ in batches:
            yield from work(task)

    return mapped(spark.range(0, tasks, 1, tasks), run)


def worked(parcels: DataFrame, work: Callable[[Parcel], Iterator[Parcel]]) -> DataFrame:
    """Do some work on each parcel; return the parcels."""

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for parcel in _parcels(batch):
                yield from (_batch([made]) for made in work(parcel))

    return parcels.mapInArrow(run, SCHEMA)


def grouped(
    parcels: DataFrame, work: Callable[[int, int, list[Parcel]], Iterable[Parcel]], partitions: int
) -> DataFrame:
    """Do some work on the parcels of each check and bucket, given check, bucket and parcels; return the parcels."""

    def run(table: pa.Table) -> pa.Table:
        found = _parcels(table)
        return pa.Table.from_batches([_batch(work(found[0].check, found[0].bucket, found))], _ARROW)

    # Said here, as Spark's default is 200, each of which would start a worker to do nothing in a small collection.
    placed = parcels.repartition(partitions, "check", "bucket")
    return placed.groupBy("check", "bucket").applyInArrow(run, SCHEMA)


def column(name: str) -> Column:
    """Return a column of the parcels."""
    from pyspark.sql import functions

    return functions.col(name)


def of(parcels: DataFrame, kind: str) -> DataFrame:
    """Return the parcels of a kind."""
    return parcels.where(column("kind") == kind)


def collected(parcels: DataFrame, kind: str) -> list[Parcel]:
    """Bring the parcels of a kind to the driver, in the order of their tasks.

    Raises:
        CopydeskError: one that a task met; where several did, the first.
    """
    rows = parcels.where(column("kind").isin(kind, "error")).collect()
    found = sorted((Parcel(**row.asDict()) for row in rows), key=lambda p: p.task)
    for parcel in found:
        if parcel.kind == "error":
            raise pickle.loads(parcel.data)
    return found


def sent(spark: SparkSession, parcels: Sequence[Parcel]) -> DataFrame:
    """Send parcels from the driver to the executors."""
    rows = [(p.kind, p.check, p.task, p.bucket, bytearray(p.data)) for p in parcels]
    return spark.createDataFrame(rows, SCHEMA)


def kept(parcels: DataFrame) -> DataFrame:
    """Have parcels made once, however often they are asked for; they are kept on the executors' disks."""
    from pyspark import StorageLevel

    return parcels.persist(StorageLevel.DISK_ONLY)


def frames_of(parcels: Iterable[Parcel]) -> dict[int, pl.DataFrame]:
    """Return the frames for each check, of those that have any."""
    frames: dict[int, list[pl.DataFrame]] = {}
    for parcel in parcels:
        frames.setdefault(parcel.check, []).append(opened(parcel.data))
    return {check: pl.concat(some) for check, some in frames.items()}


def _batch(parcels: Iterable[Parcel]) -> pa.RecordBatch:
    rows: dict[str, list[Any]] = {name: [] for name in _ARROW.names}
    for parcel in parcels:
        for name, column in rows.items():
            column.append(getattr(parcel, name))
    return pa.RecordBatch.from_pydict(rows, schema=_ARROW)


def _parcels(table: pa.Table | pa.RecordBatch) -> list[Parcel]:
    return [Parcel(**row) for row in table.to_pylist()]
