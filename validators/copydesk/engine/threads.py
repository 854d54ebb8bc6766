"""All cores at one piece of work, on polars' own threads.

From any other thread, polars hands what it is asked for to its threads and waits until one of them wakes up: with two
threads that ask 250 times a chunk, a fifth of the time of two cores. On its own threads it does it where it is asked.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Lock, Thread, current_thread, get_ident, main_thread
from typing import Any

import polars as pl

__all__ = ["CORES", "interruptible", "share"]

#: How many threads polars has: one a core, unless POLARS_MAX_THREADS says otherwise.
CORES = pl.thread_pool_size()

#: The variable that says which of polars' engines is asked.
_ENGINE = "POLARS_ENGINE_AFFINITY"

#: How many seconds an interrupted run waits for what its threads are doing.
_PATIENCE = 1.0

#: The threads that are at work for `share`. One that waits for others within polars may be given any work meanwhile.
_BUSY: set[int] = set()

#: How many calls of `share` there are, and which engine polars had before the first of them.
_shares, _counting = 0, Lock()
_before: Any = None


def share(step: Callable[[], bool], most: int = CORES) -> None:
    """Do a piece of work in steps, on as many threads at once as there are.

    Meanwhile polars' engine in memory answers what asks for none: that of streams may need the threads that ask it.
    For the same reason, no step may ask for an iterator over batches.

    Args:
        step: does the next step, in any thread; returns False, with nothing done, when none is left.
        most: on no more threads than these.

    Raises:
        BaseException: what a step raised; the others end their steps before, and begin none.
    """
    begun: list[int] = []
    failed: list[BaseException] = []

    def work(column: pl.Series, **_: object) -> pl.Series:
        thread = get_ident()
        if thread not in _BUSY:  # else the step that waits there could have what this one waits for
            _BUSY.add(thread)
            begun.append(thread)
            try:
                _repeat(step, failed)
            finally:
                _BUSY.discard(thread)
        return column

    names = [str(n) for n in range(most)]
    each = [pl.col(name).map_batches(work, return_dtype=pl.Null) for name in names]
    ask = partial(pl.DataFrame({name: [None] for name in names}).select, each)
    with _in_memory():
        if current_thread() is main_thread():  # where an interruption is seen while it waits for a thread
            asking = Thread(target=ask, daemon=True)
            asking.start()
            try:
                asking.join()
            except KeyboardInterrupt as error:
                failed.insert(0, error)  # whatever else has failed by it
                asking.join(_PATIENCE)
        else:
            ask()
        if not begun:
            _repeat(step, failed)
    if failed:
        raise failed[0]


@contextmanager
def _in_memory() -> Iterator[None]:
    global _shares, _before
    with _counting:
        if not _shares:
            _before = os.environ.get(_ENGINE)
            pl.Config.set_engine_affinity("in-memory")
        _shares += 1
    try:
        yield
    finally:
        with _counting:
            _shares -= 1
            if not _shares:
                pl.Config.set_engine_affinity(_before)


def interruptible() -> None:
    """Have this process end at once when it is interrupted, for a command.

    Polars, once imported, keeps an interruption to itself while anything is asked of it, as in `share`: there it would
    not be seen as long as a step waits for something else, like standard input.
    """
    if current_thread() is main_thread():
        signal.signal(signal.SIGINT, signal.getsignal(signal.SIGINT) or signal.default_int_handler)


def _repeat(step: Callable[[], bool], failed: list[BaseException]) -> None:
    """Do step after step, until none is left or one has failed here or elsewhere."""
    try:
        while not failed and step():
            pass
    except BaseException as error:  # of whatever kind: it is raised where it was asked for
        failed.append(error)
