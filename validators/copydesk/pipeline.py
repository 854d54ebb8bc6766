"""The pipeline: files are read in turn, their chunks analysed by all cores at once, and the parts come out in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from copydesk.cache import Cache, Entry
from copydesk.part import Part
from copydesk.readers import Source
from copydesk.reading import Chunk

__all__ = ["parts"]

#: Chunks that are read ahead of the analysis, beside one for each core.
_AHEAD = 0


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
    workers = os.cpu_count() or 1
    # Polars and numpy let go of the interpreter while they work.
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[tuple[Future[Part], Entry | None, bool]] = deque()
        try:
            for some, name in _stretches(sources, cache):
                known = cache.get(name) if cache and name else None
                if known is not None:
                    while waiting:
                        yield _taken(waiting)
                    yield from known
                    continue
                entry = cache.entry(name) if cache and name else None
                previous = None
                for chunk in read(some):
                    if previous is not None:
                        waiting.append((pool.submit(analysed, previous), entry, False))
                    previous = chunk
                    while len(waiting) > workers + _AHEAD:
                        yield _taken(waiting)
                if previous is not None:
                    waiting.append((pool.submit(analysed, previous), entry, True))
            while waiting:
                yield _taken(waiting)
        finally:
            for future, entry, _ in waiting:
                future.cancel()
                if entry:
                    entry.drop()


def _taken(waiting: deque[tuple[Future[Part], Entry | None, bool]]) -> Part:
    future, entry, last = waiting[0]
    part = future.result()
    waiting.popleft()
    if entry:
        entry.add(part)
        if last:
            entry.finish()
    return part


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
