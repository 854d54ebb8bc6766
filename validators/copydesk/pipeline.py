"""The pipeline: files are read in turn, their chunks analysed by all cores at once, and the parts come out in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from copydesk.cache import Cache, Entry
from copydesk.part import Part
from copydesk.readers import Source
from copydesk.reading import Chunk

__all__ = ["WORKERS", "parts"]

#: How many chunks are analysed at once.
WORKERS = os.cpu_count() or 1


def parts(
    sources: Sequence[Source],
    read: Callable[[Sequence[Source]], Iterator[Chunk]],
    analysed: Callable[[Chunk], Part],
    cache: Cache | None,
) -> Iterator[Part]:
    """Return the parts of a collection, in order.

    Args:
        sources: the files.
        read: reads some of them.
        analysed: makes a part of a chunk, in any thread.
        cache: where parts of earlier runs are; None to do without.
    """
    # Polars, numpy and the kernel let go of the interpreter while they work.
    with ThreadPoolExecutor(WORKERS) as pool:
        line = _Line()
        try:
            for some, name in _stretches(sources, cache):
                known = cache.get(name) if cache and name else None
                if known is not None:
                    line.known(known)
                    yield from line.taken()
                    continue
                entry = cache.entry(name) if cache and name else None
                for chunk in read(some):
                    line.waiting(pool.submit(analysed, chunk), entry)
                    yield from line.taken(leave=WORKERS + 1)  # two more are ready for who is done first
                line.end(entry)
            yield from line.taken(leave=0)
        finally:
            line.drop()


class _Line:
    """Parts that are analysed, and those that are known and not yet read, in order."""

    def __init__(self) -> None:
        self._parts: deque[_Waiting | Entry | Iterator[Part]] = deque()
        self._waiting = 0

    def waiting(self, part: Future[Part], entry: Entry | None) -> None:
        """Put a part at the end that is analysed; `entry` is where it is kept."""
        self._parts.append(_Waiting(part, entry))
        self._waiting += 1

    def end(self, entry: Entry | None) -> None:
        """Say that nothing more is kept there."""
        if entry:
            self._parts.append(entry)

    def known(self, parts: Iterator[Part]) -> None:
        """Put parts at the end that need only be read."""
        self._parts.append(parts)

    def taken(self, leave: int | None = None) -> Iterator[Part]:
        """Take the first parts: those that are there, and more until no more than `leave` are analysed."""
        while self._parts:
            first = self._parts[0]
            if isinstance(first, _Waiting):
                if not first.part.done() and (leave is None or self._waiting <= leave):
                    return
                part = first.part.result()
                self._parts.popleft()
                self._waiting -= 1
                if first.entry:
                    first.entry.add(part)
                yield part
            elif isinstance(first, Entry):
                self._parts.popleft()
                first.finish()
            else:
                self._parts.popleft()
                yield from first

    def drop(self) -> None:
        """Forget what was not taken."""
        for each in self._parts:
            if isinstance(each, _Waiting):
                each.part.cancel()
            entry = each.entry if isinstance(each, _Waiting) else each
            if isinstance(entry, Entry):
                entry.drop()


@dataclass(frozen=True, slots=True)
class _Waiting:
    part: Future[Part]
    entry: Entry | None


def _stretches(sources: Sequence[Source], cache: Cache | None) -> Iterator[tuple[list[Source], str | None]]:
    """Return files with the name of their entry in the cache, and without one as many as follow each other."""
    together: list[Source] = []
    for source in sources:
        name = cache.name(source) if cache else None
        if name is None:
            together.append(source)
            continue
        if together:
            yield together, None
            together = []
        yield [source], name
    if together:
        yield together, None
