"""Parts are taken in the order of the collection, one at a time, however long each takes to be made."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from threading import Lock

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.engine import pipeline
from copydesk.engine.parts import Part
from copydesk.engine.pipeline import each_part
from copydesk.engine.threads import CORES
from copydesk.model.chunk import Chunk
from copydesk.readers import Source

SOURCE = Source("a.jsonl", None, ".jsonl")


def taken(delays: list[float]) -> tuple[list[int], int]:
    """Return the parts by number as they were taken, and how many were made ahead of the first that was not."""
    numbers: list[int] = []
    ahead, made, taking = 0, 0, Lock()

    def read(sources: Sequence[Source]) -> Iterator[Chunk]:
        yield from (Chunk(pl.DataFrame(), bytes=number) for number in range(len(delays)))

    def analysed(chunk: Chunk) -> Part:
        nonlocal ahead, made
        time.sleep(delays[chunk.bytes])
        made += 1
        ahead = max(ahead, made - len(numbers))
        return Part(bytes=chunk.bytes)

    def take(part: Part) -> None:
        assert taking.acquire(blocking=False), "two at once"
        numbers.append(part.bytes)
        taking.release()

    each_part([SOURCE], read, analysed, None, take)
    return numbers, ahead


@given(st.lists(st.sampled_from([0, 0, 0.0005, 0.002]), max_size=30))
def test_parts_are_taken_in_order(delays: list[float]) -> None:
    assert taken(delays)[0] == list(range(len(delays)))


def test_no_more_than_a_few_wait_for_a_slow_one() -> None:
    many = 40 * CORES
    numbers, ahead = taken([0.5] + [0.0] * many)
    assert numbers == list(range(many + 1))
    assert ahead <= pipeline._AHEAD + CORES + 1


def test_what_is_done_before_and_after_is_done_once() -> None:
    told: list[str] = []

    def read(sources: Sequence[Source]) -> Iterator[Chunk]:
        yield from (Chunk(pl.DataFrame()) for _ in range(5))

    each_part(
        [SOURCE, SOURCE],
        read,
        lambda chunk: Part(),
        None,
        lambda part: told.append("part"),
        before=lambda: told.append("before"),
        after=lambda: told.append("after"),
    )
    assert sorted(told) == ["after", "before"] + ["part"] * 5


def test_nothing_is_analysed_before_all_is_ready() -> None:
    ready = threading.Event()
    early: list[int] = []

    def get_ready() -> None:
        time.sleep(0.05)
        ready.set()

    def analysed(chunk: Chunk) -> Part:
        early.extend([chunk.bytes] if not ready.is_set() else [])
        return Part()

    def read(sources: Sequence[Source]) -> Iterator[Chunk]:
        yield from (Chunk(pl.DataFrame(), bytes=number) for number in range(3))

    each_part([SOURCE], read, analysed, None, lambda part: None, before=get_ready)
    assert not early


def test_what_cannot_be_made_ready_keeps_nobody_waiting() -> None:
    def get_ready() -> None:
        raise OSError("no lexicon")

    def read(sources: Sequence[Source]) -> Iterator[Chunk]:
        yield from (Chunk(pl.DataFrame()) for _ in range(3))

    with pytest.raises(OSError, match="no lexicon"):
        each_part([SOURCE], read, lambda chunk: Part(), None, lambda part: None, before=get_ready)
