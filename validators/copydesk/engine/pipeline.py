"""The pipeline: each core reads the next chunk and analyses it, and the parts are taken in order."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count
from threading import Event, Lock

from copydesk.engine.cache import Cache, Content, EntryReader, EntryWriter
from copydesk.engine.parts import Part
from copydesk.engine.threads import CORES, share
from copydesk.model.chunk import Chunk
from copydesk.readers import Source

__all__ = ["each_part"]

#: How many parts may wait for an earlier one, and how many seconds a core waits where there are as many.
_AHEAD, _PAUSE = 4 * CORES, 0.01


def each_part(
    sources: Sequence[Source],
    read: Callable[[Sequence[Source]], Iterator[Chunk]],
    analysed: Callable[[Chunk], Part],
    cache: Cache | None,
    take: Callable[[Part], None],
    *,
    before: Callable[[], None] | None = None,
    after: Callable[[], object] | None = None,
) -> None:
    """Call `take` with each part of a collection, in order, from whatever thread, but never from two at once.

    Args:
        sources: the files.
        read: reads some of them.
        analysed: makes a part of a chunk, in any thread.
        cache: where parts of earlier runs are; None to do without.
        take: takes a part in.
        before: is called while the first chunk is read, if any is; no chunk is analysed until it has ended.
        after: is called once, by a core for which no chunk is left.
    """
    entries: list[EntryReader | EntryWriter] = []
    steps = _steps(sources, read, analysed, cache, take, entries, before, after)
    numbers = count()
    begin, turns = Lock(), _Turns()

    def step() -> bool:
        if turns.waiting > _AHEAD:
            time.sleep(_PAUSE)
            return True
        with begin:
            make = next(steps, None)
            number = next(numbers)
        if make is None:
            return False
        act = make()
        del make  # and the chunk
        turns.wait(number, act)
        return True

    try:
        share(step)
    finally:
        for entry in entries:
            entry.close()


def _steps(
    sources: Sequence[Source],
    read: Callable[[Sequence[Source]], Iterator[Chunk]],
    analysed: Callable[[Chunk], Part],
    cache: Cache | None,
    take: Callable[[Part], None],
    entries: list[EntryReader | EntryWriter],
    before: Callable[[], None] | None,
    after: Callable[[], object] | None,
) -> Iterator[Callable[[], Callable[[], None]]]:
    """Yield for each part what makes it, and returns what takes it; entries that are opened go into the list."""
    ready = Event()

    def get_ready() -> None:
        try:
            if before:
                before()
        finally:
            ready.set()

    def analyse(chunk: Chunk, entry: EntryWriter | None) -> Callable[[], None]:
        ready.wait()
        part = analysed(chunk)

        def keep_and_take() -> None:
            if entry:
                entry.add(part)
            take(part)

        return keep_and_take

    def recall(kept: Callable[[], Part]) -> Callable[[], None]:
        return partial(take, kept())

    asked = False
    for some, content in _stretches(sources, cache):
        known = cache.get(content) if cache and content else None
        if known is not None:
            entries.append(known)
            yield from (partial(recall, kept) for kept in known.parts)
            yield partial(_in_turn, known.close)
            continue
        entry = cache.begin(content) if cache and content else None
        entries += [entry] if entry else []
        if not asked:
            asked = True
            yield partial(_beside, get_ready)
        for chunk in read([entry.source] if entry else some):
            yield partial(analyse, chunk, entry)
        if entry:
            yield partial(_in_turn, entry.finish)
    if after:
        yield partial(_beside, after)


def _in_turn(act: Callable[[], None]) -> Callable[[], None]:
    return act


def _beside(act: Callable[[], object]) -> Callable[[], None]:
    act()
    return _nothing


def _nothing() -> None:
    pass


class _Turns:
    """Calls functions by their numbers, from 0 on: each when all before it were called.

    waiting: how many are there whose turn it is not.
    """

    def __init__(self) -> None:
        self._there: dict[int, Callable[[], None]] = {}
        self._next = 0
        self._lock = Lock()

    @property
    def waiting(self) -> int:
        return len(self._there)

    def wait(self, number: int, act: Callable[[], None]) -> None:
        """Have it called in its turn, which may be now."""
        with self._lock:
            self._there[number] = act
            while self._next in self._there:
                self._there.pop(self._next)()
                self._next += 1


def _stretches(sources: Sequence[Source], cache: Cache | None) -> Iterator[tuple[list[Source], Content | None]]:
    """Return a file with what it holds, where the cache may know of it, and of others as many as follow each other."""
    together: list[Source] = []
    for source in sources:
        content = cache.look_up(source) if cache else None
        if content is None:
            together.append(source)
            continue
        if together:
            yield together, None
            together = []
        yield [source], content
    if together:
        yield together, None
