"""How many threads work side by side, and how an interruption ends them."""

from __future__ import annotations

import signal
from threading import current_thread, main_thread

import polars as pl

__all__ = ["CORES", "end_when_interrupted"]

#: How many chunks are analysed at once: one a core, unless POLARS_MAX_THREADS says otherwise.
CORES = pl.thread_pool_size()


def end_when_interrupted() -> None:
    """Let an interruption (Ctrl-C) raise KeyboardInterrupt at once in this process, for a command.

    When polars is imported, it installs a handler of its own, which waits until a query of polars has ended. Then an
    interruption is not seen while the main thread waits for something else, such as standard input. This function
    puts Python's handler back. It does nothing outside the main thread, where Python allows no handler.
    """
    if current_thread() is main_thread():
        signal.signal(signal.SIGINT, signal.getsignal(signal.SIGINT) or signal.default_int_handler)
