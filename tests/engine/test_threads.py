"""Steps of work are done on all cores, each of them once; an error or an interruption ends them all."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from threading import Barrier, Lock, Thread, get_ident

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.engine.threads import CORES, share


class Steps:
    """So many steps, and which thread did which."""

    def __init__(self, steps: int, fails: int | None = None) -> None:
        self.left = iter(range(steps))
        self.fails = fails
        self.lock = Lock()
        self.done: list[tuple[int, int]] = []

    def __call__(self) -> bool:
        with self.lock:
            number = next(self.left, None)
        if number is None:
            return False
        if number == self.fails:
            raise LookupError(str(number))
        pl.DataFrame({"a": range(50), "b": range(50)}).sort("a").filter(pl.col("b") > 7)  # so that threads wait
        self.done.append((number, get_ident()))
        return True


@given(st.integers(0, 40), st.integers(1, 5))
def test_each_step_is_done_once(steps: int, most: int) -> None:
    work = Steps(steps)
    share(work, most)
    assert sorted(number for number, _ in work.done) == list(range(steps))
    assert len({thread for _, thread in work.done}) <= most


@pytest.mark.skipif(CORES < 2, reason="one core")
def test_two_steps_are_done_at_once() -> None:
    meeting = Barrier(2, timeout=20)
    numbers = count()
    share(lambda: next(numbers) < 2 and meeting.wait() >= 0, 2)
    assert not meeting.broken


@given(st.integers(1, 40), st.data())
def test_an_error_ends_all(steps: int, data: st.DataObject) -> None:
    work = Steps(steps, fails=data.draw(st.integers(0, steps - 1)))
    with pytest.raises(LookupError, match=str(work.fails)):
        share(work)
    assert {number for number, _ in work.done} >= set(range(work.fails or 0))  # what was begun is done


def test_where_one_fails_the_others_begin_no_more() -> None:
    numbers = count()

    def step() -> bool:
        if next(numbers) == 5:
            raise LookupError
        return True  # and there is always more to do

    with pytest.raises(LookupError):
        share(step)


def test_a_step_that_shares_its_own_steps_waits_for_nobody() -> None:
    inner: list[Steps] = []

    def step() -> bool:
        if len(inner) == 6:
            return False
        inner.append(work := Steps(5))
        share(work)
        assert len(work.done) == 5
        return True

    share(step)
    assert len(inner) == 6


def test_several_threads_may_share_at_once() -> None:
    works = [Steps(30) for _ in range(4)]
    threads = [Thread(target=share, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert [len(work.done) for work in works] == [30] * 4


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("paths", [["-"], ["many.jsonl"]])
def test_an_interrupted_run_ends_at_once_and_leaves_nothing(tmp_path: Path, paths: list[str]) -> None:
    # Standard input that says nothing; and a file that takes longer to check than the test waits.
    row = '{"headline": "Storm", "body": "' + "The storm came at night, and it rained until morning. " * 400 + '"}\n'
    (tmp_path / "many.jsonl").write_text(row * 10_000)
    command = [sys.executable, "-P", "-m", "copydesk", "check", *paths, "--report", "r.html"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_interruptible, text=True
    )
    while paths != ["-"] and not list(tmp_path.glob(".copydesk/cache/*.part")):
        time.sleep(0.01)
        assert process.poll() is None
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=10)
    assert (process.returncode, said) == (130, "copydesk: interrupted\n")
    assert not (tmp_path / "r.html").exists()
    assert not list(tmp_path.rglob("*.part"))


def _interruptible() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a process in the background ignores it otherwise
