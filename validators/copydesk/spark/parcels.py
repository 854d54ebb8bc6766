"""Parcels: what travels between the steps of a run on Spark, frames of polars in a binary column.

Spark has no unsigned numbers, and each check has its own columns. So all steps give rows of one schema: the kind of the
frame, and the frame as Arrow IPC.
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
    "collect",
    "column",
    "frame_of_kind",
    "frames_by_check",
    "map_groups",
    "map_numbers",
    "map_parcels",
    "map_partitions",
    "of_kind",
    "pack",
    "persist",
    "send",
    "split_into_buckets",
    "unpack",
]

#: The parcel as a row of Spark; see `Parcel`.
SCHEMA = "kind string, check int, task int, bucket int, data binary"

_ARROW = pa.schema(
    [("kind", pa.string()), ("check", pa.int32()), ("task", pa.int32()), ("bucket", pa.int32()), ("data", pa.binary())]
)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A frame, or any object, that goes from one step to another.

    kind: what it is.
    check: the number, among the judgements, of the check that it is for; or -1.
    task: the number of the task of the analysis that it comes from; or -1.
    bucket: the number of the group in which it meets others.
    """

    kind: str
    data: bytes
    check: int = -1
    task: int = -1
    bucket: int = 0


def pack(frame: pl.DataFrame) -> bytes:
    """Return a frame as bytes."""
    target = io.BytesIO()
    frame.write_ipc(target, compression="lz4")
    return target.getvalue()


def unpack(data: bytes) -> pl.DataFrame:
    """Return the frame of a parcel's data."""
    return pl.read_ipc(io.BytesIO(data))


def frame_of_kind(parcels: Sequence[Parcel], kind: str) -> pl.DataFrame | None:
    """Return the frames of a kind as one, in the order of their tasks; None where there are none."""
    frames = [unpack(p.data) for p in sorted(parcels, key=lambda p: p.task) if p.kind == kind]
    return pl.concat(frames, how="vertical_relaxed") if frames else None


def split_into_buckets(frame: pl.DataFrame, by: pl.Expr, buckets: int) -> Iterator[tuple[int, pl.DataFrame]]:
    """Yield the rows of a frame by bucket: rows equal in `by` have the same one; where it is null, any."""
    place = pl.when(by.is_null()).then(pl.int_range(pl.len()).hash()).otherwise(by.hash()) % buckets
    for (bucket,), rows in frame.with_columns(_bucket=place).partition_by("_bucket", as_dict=True).items():
        yield bucket, rows.drop("_bucket")


def map_partitions(frame: DataFrame, work: Callable[[int, Iterator[pa.RecordBatch]], Iterator[Parcel]]) -> DataFrame:
    """Do some work on each partition, given its number and its rows; return the parcels.

    An error of ours becomes a parcel of the kind "error", so that the driver can raise the same error.
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


def map_numbers(spark: SparkSession, tasks: int, work: Callable[[int], Iterator[Parcel]]) -> DataFrame:
    """Do some work for each number from 0 on; return the parcels."""

    def run(task: int, batches: Iterator[pa.RecordBatch]) -> Iterator[Parcel]:
        for _ in batches:
            yield from work(task)

    return map_partitions(spark.range(0, tasks, 1, tasks), run)


def map_parcels(parcels: DataFrame, work: Callable[[Parcel], Iterator[Parcel]]) -> DataFrame:
    """Do some work on each parcel; return the parcels."""

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for parcel in _parcels(batch):
                yield from (_batch([result]) for result in work(parcel))

    return parcels.mapInArrow(run, SCHEMA)


def map_groups(
    parcels: DataFrame, work: Callable[[int, int, list[Parcel]], Iterable[Parcel]], partitions: int
) -> DataFrame:
    """Do some work on the parcels of each check and bucket, given check, bucket and parcels; return the parcels."""

    def run(table: pa.Table) -> pa.Table:
        group = _parcels(table)
        return pa.Table.from_batches([_batch(work(group[0].check, group[0].bucket, group))], _ARROW)

    # Spark's default is 200 partitions: in a small collection, most would start a worker for nothing.
    return parcels.repartition(partitions, "check", "bucket").groupBy("check", "bucket").applyInArrow(run, SCHEMA)


def column(name: str) -> Column:
    """Return a column of the parcels."""
    from pyspark.sql import functions

    return functions.col(name)


def of_kind(parcels: DataFrame, kind: str) -> DataFrame:
    """Return the parcels of a kind."""
    return parcels.where(column("kind") == kind)


def collect(parcels: DataFrame, *kinds: str) -> list[Parcel]:
    """Bring the parcels of some kinds to the driver, in the order of their tasks.

    Raises:
        CopydeskError: the error of a task; where there are several, the first.
    """
    rows = parcels.where(column("kind").isin(*kinds, "error")).collect()
    ordered = sorted((Parcel(**row.asDict()) for row in rows), key=lambda p: p.task)
    for parcel in ordered:
        if parcel.kind == "error":
            raise pickle.loads(parcel.data)
    return ordered


def send(spark: SparkSession, parcels: Sequence[Parcel]) -> DataFrame:
    """Send parcels from the driver to the executors."""
    rows = [(p.kind, p.check, p.task, p.bucket, bytearray(p.data)) for p in parcels]
    return spark.createDataFrame(rows, SCHEMA)


def persist(parcels: DataFrame) -> DataFrame:
    """Return parcels that are made once, however often they are read, and stay on the executors' disks."""
    from pyspark import StorageLevel

    return parcels.persist(StorageLevel.DISK_ONLY)


def frames_by_check(parcels: Iterable[Parcel]) -> dict[int, pl.DataFrame]:
    """Return the frames of each check that has any, as one frame."""
    frames: dict[int, list[pl.DataFrame]] = {}
    for parcel in parcels:
        frames.setdefault(parcel.check, []).append(unpack(parcel.data))
    return {check: pl.concat(some) for check, some in frames.items()}


def _batch(parcels: Iterable[Parcel]) -> pa.RecordBatch:
    rows: dict[str, list[Any]] = {name: [] for name in _ARROW.names}
    for parcel in parcels:
        for name, column in rows.items():
            column.append(getattr(parcel, name))
    return pa.RecordBatch.from_pydict(rows, schema=_ARROW)


def _parcels(table: pa.Table | pa.RecordBatch) -> list[Parcel]:
    return [Parcel(**row) for row in table.to_pylist()]
