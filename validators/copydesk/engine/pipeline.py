"""The pipeline: read chunks one after the other, analyse them side by side, and take their parts in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass

from copydesk.engine.cache import Cache, Content, EntryWriter
from copydesk.engine.parts import Part
from copydesk.engine.threads import CORES
from copydesk.model.chunk import Chunk
from copydesk.readers import Source

__all__ = ["each_part"]

#: No new part is begun while so many wait for an earlier one.
_MOST_WAITING = 4 * CORES


def each_part(
    sources: Sequence[Source],
    read: Callable[[Sequence[Source]], Iterator[Chunk]],
    analyse: Callable[[Chunk], Part],
    cache: Cache | None,
    take: Callable[[Part], None],
    *,
    before: Callable[[], object] | None = None,
    after: Callable[[], object] | None = None,
    workers: int = CORES,
) -> None:
    """Read files, analyse them on all cores, and call `take` with each part, in the order of the collection.

    The thread that calls this reads the files and takes the parts. Other threads analyse.

    Args:
        sources: the files.
        read: reads some of them.
        analyse: makes a part of a chunk, in any thread.
        cache: has the parts of earlier runs; None to do without.
        take: takes a part in.
        before: is called in another thread while the first chunk is read, if any is. No chunk is analysed until it
            has ended.
        after: is called in another thread once all is read, while the last chunks are analysed.
        workers: how many chunks are analysed at once. With one, nothing is read meanwhile.

    Raises:
        BaseException: what one of the functions raised. No other chunk is begun. Chunks that are being analysed are
            finished first, but after an interruption nothing waits for them.
    """
    with ExitStack() as entries, _Parts(take, workers) as parts:
        ready: Future[object] | None = None

        def analyse_when_ready(chunk: Chunk) -> Part:
            if ready:
                ready.result()
            return analyse(chunk)

        for files, content in _stretches(sources, cache):
            stored = cache.get(content) if cache and content else None
            if stored:
                entries.callback(stored.close)
                for load in stored.parts:
                    parts.make(load)
                parts.then(stored.close)
                continue
            if before and not ready:
                ready = parts.call(before)
            entry = cache.begin(content) if cache and content else None
            if entry:
                entries.callback(entry.close)
            for chunk in read([entry.source] if entry else files):
                parts.make(analyse_when_ready, chunk, entry=entry)
            if entry:
                parts.then(entry.finish)
        if after:
            parts.call(after)
        parts.take_the_rest()


@dataclass(frozen=True, slots=True)
class _Turn:
    """What is done when all before it is done: a part is taken, or a function called.

    part: the part.
    entry: the entry of the cache that keeps it, if any does.
    function: what to call where there is no part.
    """

    part: Future[Part] | None = None
    entry: EntryWriter | None = None
    function: Callable[[], object] | None = None

    @property
    def has_come(self) -> bool:
        """Whether nothing must be waited for."""
        return self.part is None or self.part.done()


class _Parts:
    """Makes parts in other threads, and takes them in the order in which they were asked for.

    When the `with` block ends, no further part is begun.
    """

    def __init__(self, take: Callable[[Part], None], workers: int) -> None:
        self._take = take
        self._workers = workers
        self._pool = ThreadPoolExecutor(workers)
        self._turns: deque[_Turn] = deque()
        self._calls: list[Future[object]] = []

    def __enter__(self) -> _Parts:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # Whoever interrupts a run does not want to wait for the chunks that are being analysed.
        interrupted = kind is not None and not issubclass(kind, Exception)
        self._pool.shutdown(wait=not interrupted, cancel_futures=True)

    def make(self, function: Callable[..., Part], *arguments: object, entry: EntryWriter | None = None) -> None:
        """Make a part in another thread; return once a core is free for the next one."""
        self._turns.append(_Turn(self._pool.submit(function, *arguments), entry))
        self._take_until(busy=self._workers - 1)

    def then(self, function: Callable[[], object]) -> None:
        """Call a function once the parts so far are taken."""
        self._turns.append(_Turn(function=function))

    def call(self, function: Callable[[], object]) -> Future[object]:
        """Call a function in another thread."""
        self._calls.append(self._pool.submit(function))
        return self._calls[-1]

    def take_the_rest(self) -> None:
        """Take all parts that are left, and wait for the functions that were called."""
        while self._turns:
            self._take_until(busy=0)
        for call in self._calls:
            call.result()

    def _take_until(self, *, busy: int) -> None:
        """Take parts in their turn, until at most `busy` are being made and not too many wait for their turn."""
        while True:
            while self._turns and self._turns[0].has_come:
                self._do(self._turns.popleft())
            making = self._being_made()
            if len(making) <= busy and len(self._turns) < _MOST_WAITING:
                return
            wait(making, return_when=FIRST_COMPLETED)

    def _being_made(self) -> list[Future[Part]]:
        """Return the parts that are not ready yet; raise the error of one that failed, before its turn comes."""
        making = []
        for turn in self._turns:
            if turn.part and turn.part.done():
                turn.part.result()
            elif turn.part:
                making.append(turn.part)
        return making

    def _do(self, turn: _Turn) -> None:
        if turn.part:
            part = turn.part.result()
            if turn.entry:
                turn.entry.add(part)
            self._take(part)
        elif turn.function:
            turn.function()


def _stretches(sources: Sequence[Source], cache: Cache | None) -> Iterator[tuple[list[Source], Content | None]]:
    """Yield the files that are read in one go.

    A file that the cache may know stands alone, with what it holds. Others are read together as long as they follow
    each other.
    """
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
