"""Workers: processes that analyse chunks beside this one.

Python runs one thread at a time, and what most checks do with real text is Python. On two cores 100,000 real articles
kept 1.1 of them busy. A process takes a second to start, so that one starts only where there is a chunk for it.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from queue import LifoQueue
from typing import BinaryIO

from copydesk.checks.suite import Suite, judgements_of
from copydesk.engine.analysis import FAULTS
from copydesk.engine.parts import Part, part_of, prepare
from copydesk.model.chunk import Chunk
from copydesk.processes import Process, serve, write

__all__ = ["Workers"]

#: So many processes at most. Each takes some 200 MB beside its chunk.
_MOST = 8

#: A process starts for a chunk of so many bytes of text, which takes about as long as its start.
_WORTH = 8 << 20


class Workers:
    """Analyses chunks, one of them in this process and the others in processes of their own.

    What a process cannot do is done in this one: it may lack a check that is defined here, fail, or be killed. So every
    part is the same, and every error is raised as without processes. When the `with` block ends, all of them end.

    Args:
        suite: what the chunks are analysed for.
        columns: columns that the suite names, see `part_of`.
        analyse: analyses a chunk in this process.
        count: how many chunks are analysed at once.
    """

    def __init__(self, suite: Suite, columns: Iterable[str], analyse: Callable[[Chunk], Part], count: int) -> None:
        self._task = suite, tuple(columns)
        self._analyse = analyse
        self._workers = [_Worker(self._task) for _ in range(min(count - 1, _MOST))]
        self._free: LifoQueue[_Worker | None] = LifoQueue()  # None: this process, which comes first
        for worker in (*[None] * (count - 1 - len(self._workers)), *self._workers, None):
            self._free.put(worker)
        self._has_ended = False

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._has_ended = True
        for worker in self._workers:
            worker.end()

    def analyse(self, chunk: Chunk) -> Part:
        """Analyse a chunk; as many threads may do so at once as there are workers."""
        worker = self._free.get()
        try:
            part = worker.analyse(chunk) if worker else None
            if self._has_ended:
                raise EOFError("the run was interrupted")
            return self._analyse(chunk) if part is None else part
        finally:
            self._free.put(worker)


class _Worker:
    """A process, from its first chunk on."""

    def __init__(self, task: tuple[Suite, tuple[str, ...]]) -> None:
        self._task = task
        self._process: Process | None = None
        self._has_ended = False

    def analyse(self, chunk: Chunk) -> Part | None:
        """Return what the process makes of a chunk; None where it cannot, or need not."""
        if self._has_ended:
            return None
        try:
            if self._process is None:
                if chunk.articles.estimated_size() < _WORTH:
                    return None
                self._process = Process("copydesk.engine.workers", {"POLARS_MAX_THREADS": "1"})
                self._process.send(self._task)
            self._process.send(chunk)
            part: Part | None = self._process.receive()
        except (OSError, EOFError, pickle.PicklingError, AttributeError, TypeError):
            self.end()  # it cannot start, was killed, or what it needs cannot be sent
            return None
        return part

    def end(self) -> None:
        """End the process, if there is one."""
        self._has_ended = True
        if self._process is not None:
            self._process.close()


def _answer(questions: BinaryIO, answers: BinaryIO) -> None:
    """Read a suite with its columns, then chunks; write the part of each, or None where that cannot be made here."""
    try:
        suite, columns = pickle.load(questions)
        judgements = judgements_of(suite)
        prepare(judgements)
    except FAULTS:
        return
    while True:
        chunk = pickle.load(questions)
        try:
            part = part_of(chunk, judgements, columns)
        except FAULTS:
            write(None, answers)
        else:
            write(None if part.failed else part, answers)


if __name__ == "__main__":
    serve(_answer)
