"""One judge that stays ready between runs of the same Python, as in a notebook: its start takes seconds.

A run takes the idle judge, or starts one, and gives it back when it ended well. Runs in several threads have a judge
each, of which one is kept. It ends with this Python.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from copydesk.judge.process import Judge, needs_process
from copydesk.processes import module_paths

__all__ = ["ready_judge"]

_lock = threading.Lock()
#: The judge that is idle, with the folders of modules that it knows.
_idle: tuple[Judge, str] | None = None


@contextmanager
def ready_judge() -> Iterator[Judge]:
    """Give a judge for one run; it is kept for the next one unless the run raises."""
    judge = _take() or Judge()
    known = module_paths()
    try:
        yield judge
    except BaseException:  # an answer may still be on its way, which the next run would take for its own
        judge.close()
        raise
    _give_back(judge, known)


def _take() -> Judge | None:
    """Return the idle judge, if it can judge for this Python as it is now."""
    global _idle
    with _lock:
        idle, _idle = _idle, None
    if idle is None:
        return None
    judge, known = idle
    if judge.runs and needs_process() and known == module_paths():
        return judge
    judge.close()
    return None


def _give_back(judge: Judge, known: str) -> None:
    global _idle
    with _lock:
        if _idle is None and judge.runs:
            _idle = judge, known
            return
    judge.close()


def _end() -> None:
    if _idle is not None:
        _idle[0].close()


def _forget() -> None:
    """Leave the judge to the process that this one was forked from."""
    global _idle, _lock
    _idle, _lock = None, threading.Lock()


atexit.register(_end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
