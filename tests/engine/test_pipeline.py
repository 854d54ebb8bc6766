"""Parts are taken in the order of the collection, one at a time; an error or an interruption ends the run."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from threading import Barrier, Lock, Thread

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


class Work:
    """A collection of numbered chunks, and a record of what was done with them.

    Args:
        delays: how long the analysis of each chunk takes, in seconds.
        fails: the number of a chunk whose analysis fails.
    """

    def __init__(self, delays: list[float], fails: int | None = None) -> None:
        self.delays, self.fails = delays, fails
        self.read_chunks, self.most_read_ahead = 0, 0
        self.analysed: list[int] = []
        self.most_waiting = 0
        self.running = 0
        self.taken: list[int] = []
        self.taking, self.counting = Lock(), Lock()

    def read(self, sources: Sequence[Source]) -> Iterator[Chunk]:
        for number in range(len(self.delays)):
            self.read_chunks += 1
            self.most_read_ahead = max(self.most_read_ahead, self.read_chunks - len(self.analysed))
            yield Chunk(pl.DataFrame(), bytes=number)

    def analyse(self, chunk: Chunk) -> Part:
        with self.counting:
            self.running += 1
        time.sleep(self.delays[chunk.bytes])
        with self.counting:
            self.running -= 1
            self.analysed.append(chunk.bytes)
            self.most_waiting = max(self.most_waiting, len(self.analysed) - len(self.taken))
        if chunk.bytes == self.fails:
            raise LookupError(f"chunk {chunk.bytes}")
        return Part(bytes=chunk.bytes)

    def take(self, part: Part) -> None:
        assert self.taking.acquire(blocking=False), "two at once"
        self.taken.append(part.bytes)
        self.taking.release()

    def run(self) -> None:
        each_part([SOURCE], self.read, self.analyse, None, self.take)


@given(st.lists(st.sampled_from([0, 0, 0.0005, 0.002]), max_size=30))
def test_parts_are_taken_in_order(delays: list[float]) -> None:
    work = Work(delays)
    work.run()
    assert work.taken == list(range(len(delays)))


@given(st.lists(st.sampled_from([0, 0, 0.0005, 0.002]), max_size=30))
def test_no_more_chunks_are_in_memory_than_there_are_cores(delays: list[float]) -> None:
    work = Work(delays)
    work.run()
    assert work.most_read_ahead <= CORES


def test_no_more_than_a_few_wait_for_a_slow_one() -> None:
    many = 40 * CORES
    work = Work([0.5] + [0.0] * many)
    work.run()
    assert work.taken == list(range(many + 1))
    assert work.most_waiting <= pipeline._MOST_WAITING


@pytest.mark.skipif(CORES < 2, reason="one core")
def test_two_chunks_are_analysed_at_once() -> None:
    meeting = Barrier(2, timeout=20)
    work = Work([0, 0])

    def analyse(chunk: Chunk) -> Part:
        meeting.wait()
        return Part(bytes=chunk.bytes)

    each_part([SOURCE], work.read, analyse, None, work.take)
    assert work.taken == [0, 1] and not meeting.broken


def test_what_is_done_before_and_after_is_done_once() -> None:
    events: list[str] = []
    each_part(
        [SOURCE, SOURCE],
        Work([0] * 5).read,
        lambda chunk: Part(),
        None,
        lambda part: events.append("part"),
        before=lambda: events.append("before"),
        after=lambda: events.append("after"),
    )
    assert sorted(events) == ["after", "before"] + ["part"] * 5


def test_nothing_is_analysed_before_all_is_ready() -> None:
    ready = threading.Event()
    early: list[int] = []

    def get_ready() -> None:
        time.sleep(0.05)
        ready.set()

    def analyse(chunk: Chunk) -> Part:
        early.extend([chunk.bytes] if not ready.is_set() else [])
        return Part()

    each_part([SOURCE], Work([0] * 3).read, analyse, None, lambda part: None, before=get_ready)
    assert not early


@given(st.lists(st.sampled_from([0, 0, 0.0005]), min_size=1, max_size=20), st.data())
def test_an_error_ends_all(delays: list[float], data: st.DataObject) -> None:
    fails = data.draw(st.integers(0, len(delays) - 1))
    work = Work(delays, fails)
    with pytest.raises(LookupError, match=f"chunk {fails}$"):
        work.run()
    assert work.running == 0  # what was begun has ended
    assert work.taken == list(range(len(work.taken))) and len(work.taken) <= fails
    assert work.read_chunks <= fails + pipeline._MOST_WAITING


def test_an_error_does_not_wait_for_its_turn() -> None:
    work = Work([0.3] + [0.0] * 1000, fails=1)
    with pytest.raises(LookupError):
        work.run()
    assert len(work.analysed) <= 2 * CORES
    assert work.taken in ([], [0])


@pytest.mark.parametrize("where", ["read", "take", "before", "after"])
def test_an_error_anywhere_is_raised_and_keeps_nobody_waiting(where: str) -> None:
    work = Work([0.001] * 5)

    def fail(*_: object) -> None:
        raise OSError(f"no {where}")

    def read(sources: Sequence[Source]) -> Iterator[Chunk]:
        yield from work.read(sources)
        if where == "read":
            fail()

    with pytest.raises(OSError, match=f"no {where}"):
        each_part(
            [SOURCE],
            read,
            work.analyse,
            None,
            fail if where == "take" else work.take,
            before=fail if where == "before" else None,
            after=fail if where == "after" else None,
        )
    assert work.running == 0


def test_several_threads_may_run_one_each() -> None:
    works = [Work([0.0005] * 30) for _ in range(4)]
    threads = [Thread(target=work.run) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert [work.taken for work in works] == [list(range(30))] * 4


ONE_CORE = """
import polars as pl
from copydesk.engine.parts import Part
from copydesk.engine.pipeline import each_part
from copydesk.engine.threads import CORES
from copydesk.model.chunk import Chunk
from copydesk.readers import Source

def analyse(chunk):
    frame = pl.LazyFrame({"n": range(chunk.bytes)}).sort("n", descending=True).collect()
    return Part(height=frame.height)

def read(sources):
    yield from (Chunk(pl.DataFrame(), bytes=number) for number in range(5))

each_part([Source("a.jsonl", None, ".jsonl")], read, analyse, None, lambda part: print(part.height),
          before=lambda: print("before"), after=lambda: None)
print("cores", CORES)
"""


def test_one_core_is_enough() -> None:
    one = {**os.environ, "POLARS_MAX_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", ONE_CORE], env=one, capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split() == ["before", *"01234", "cores", "1"]
