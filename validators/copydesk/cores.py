"""All cores at one piece of work, on polars' own threads.

From any other thread, polars hands what it is asked for to its threads and waits until one of them wakes up: with two
threads that ask 250 times a chunk, a fifth of the time of two cores. On its own threads it does it where it is asked.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from threading import Thread, current_thread, get_ident, main_thread

import polars as pl

__all__ = ["CORES", "interruptible", "share"]

#: How many threads polars has: one a core, unless POLARS_MAX_THREADS says otherwise.
CORES = pl.thread_pool_size()

#: How many seconds an interrupted run waits for what its threads are doing.
_PATIENCE = 1.0

#: The threads that are at work for `share`. One that waits for others within polars may be given any work meanwhile.
_BUSY: set[int] = set()


def share(step: Callable[[], bool], most: int = CORES) -> None:
    """Do a piece of work in steps, on as many threads at once as there are.

    Args:
        step: does the next step, in any thread; returns False, with nothing done, when none is left.
        most: on no more threads than these.

    Raises:
        BaseException: what a step raised; the others end their steps before, and begin none.
    """
    begun: list[int] = []
    failed: list[BaseException] = []

    def work(column: pl.Series) -> pl.Series:
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
    frame = pl.DataFrame({name: [None] for name in names})
    if current_thread() is main_thread():  # where an interruption is seen while it waits for a thread, not for polars
        asking = Thread(target=frame.select, args=each, daemon=True)
        asking.start()
        try:
            asking.join()
        except KeyboardInterrupt as error:
            failed.append(error)
            asking.join(_PATIENCE)
    else:
        frame.select(each)
    if not begun:
        _repeat(step, failed)
    if failed:
        raise failed[0]


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
