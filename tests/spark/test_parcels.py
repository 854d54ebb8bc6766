"""Parcels: frames come out as they went in, and equal keys meet in one bucket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import InputError
from copydesk.spark import parcels
from copydesk.spark.parcels import Parcel, frame_of_kind, frames_by_check, pack, split_into_buckets, unpack

FRAMES = st.lists(st.tuples(st.integers(0, 2**64 - 1), st.none() | st.text(max_size=5)), max_size=9).map(
    lambda rows: pl.DataFrame(rows, {"key": pl.UInt64, "text": pl.String}, orient="row")
)


@settings(deadline=None)
@given(FRAMES)
def test_a_frame_comes_out_as_it_went_in(frame: pl.DataFrame) -> None:
    assert unpack(pack(frame)).equals(frame) and unpack(pack(frame)).schema == frame.schema


@settings(deadline=None)
@given(FRAMES, st.integers(1, 5))
def test_equal_rows_meet_and_none_is_lost(frame: pl.DataFrame, buckets: int) -> None:
    frame = pl.concat([frame, frame])
    shares = dict(split_into_buckets(frame, pl.col("text"), buckets))
    assert all(0 <= bucket < buckets for bucket in shares)
    assert sum(share.height for share in shares.values()) == frame.height
    places: dict[Any, set[int]] = {}
    for bucket, share in shares.items():
        for text in share["text"].drop_nulls():
            places.setdefault(text, set()).add(bucket)
    assert all(len(buckets) == 1 for buckets in places.values())


def test_frames_are_joined_in_the_order_of_their_tasks() -> None:
    some = [Parcel("keys", pack(pl.DataFrame({"n": [task]})), check=task % 2, task=task) for task in (2, 0, 1)]
    joined = frame_of_kind([*some, Parcel("known", b"")], "keys")
    assert joined is not None and joined["n"].to_list() == [0, 1, 2]
    assert frame_of_kind(some, "marks") is None
    assert {check: frame["n"].to_list() for check, frame in frames_by_check(some).items()} == {0: [2, 0], 1: [1]}


def test_steps_pass_parcels_on_and_an_error_of_ours_reaches_the_driver(spark: Any) -> None:
    def count(task: int) -> Iterator[Parcel]:
        yield Parcel("number", pack(pl.DataFrame({"n": [task]})), check=task % 2, task=task)

    def fail(task: int) -> Iterator[Parcel]:
        yield from count(task)
        if task:
            raise InputError(f"task {task}")

    def total(check: int, bucket: int, some: list[Parcel]) -> Iterator[Parcel]:
        frame = frame_of_kind(some, "number")
        assert frame is not None
        yield Parcel("sum", pack(frame.sum()), check)

    numbers = parcels.map_numbers(spark, 4, count)
    assert [p.task for p in parcels.collect(numbers, "number")] == [0, 1, 2, 3]
    sums = frames_by_check(parcels.collect(parcels.map_groups(numbers, total, 2), "sum"))
    assert {check: frame["n"].item() for check, frame in sums.items()} == {0: 2, 1: 4}
    again = parcels.send(spark, parcels.collect(numbers, "number"))
    copies = parcels.map_parcels(again, lambda parcel: iter([parcel, parcel]))
    assert len(parcels.collect(parcels.of_kind(copies, "number"), "number")) == 8
    with pytest.raises(InputError, match="task 1"):
        parcels.collect(parcels.map_numbers(spark, 3, fail), "number")
