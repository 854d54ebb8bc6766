"""Run: the findings of a collection, gathered on all cores, with what of them was known before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from copydesk.checks.suite import Suite
from copydesk.engine.cache import Cache, DamagedError, Storage
from copydesk.engine.collection import Gathering
from copydesk.engine.costs import Costs
from copydesk.engine.parts import Part
from copydesk.engine.pipeline import each_part
from copydesk.engine.threads import CORES
from copydesk.engine.workers import Workers
from copydesk.errors import InputError
from copydesk.gate.accepted import Known
from copydesk.gate.baseline import Baseline
from copydesk.gate.baseline_file import load_baseline
from copydesk.gate.outcome import Clock
from copydesk.model.chunk import Chunk
from copydesk.model.result import AcceptedEntry
from copydesk.readers import Source

__all__ = ["Run"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What the findings of a collection are gathered with; most are arguments of `copydesk.check`.

    Attributes:
        stack: closes at its end what the run has opened.
        clock: measures how long each stage takes.
        reading: reads files, see `each_part`.
        entries: the findings that are accepted.
    """

    stack: ExitStack
    clock: Clock
    suite: Suite
    sources: Sequence[Source]
    reading: Callable[[Sequence[Source]], Iterator[Chunk]]
    mapped: Mapping[str, str] | None
    entries: Sequence[AcceptedEntry] | None
    baseline: str | Path | None
    memory: int
    costs: Costs | None
    progress: Callable[[Part], None] | None
    meanwhile: Callable[[], object] | None

    def gather(self, storage: Storage | None) -> tuple[Gathering, Baseline | None, Known | None]:
        """Gather the findings; return them, what of them was known before, and what is accepted.

        Args:
            storage: the cache, if there is one. If it changes meanwhile, all is done again without it.

        Raises:
            InputError: a file cannot be read, or cannot be read again.
        """
        try:
            return self._gather(storage)
        except DamagedError as error:  # an entry was whole, and has changed while its parts were taken
            if any(source.path is None for source in self.sources):
                raise InputError(
                    "The cache has changed while it was read, and standard input cannot be read again. Run again with"
                    " --no-cache."
                ) from error
            return self._gather(None)

    def _gather(self, storage: Storage | None) -> tuple[Gathering, Baseline | None, Known | None]:
        before = load_baseline(Path(self.baseline)) if self.baseline is not None else None
        known = Known(self.entries, before) if self.entries is not None else None
        run = Gathering(self.suite, known or before, memory=self.memory, costs=self.costs)
        self.stack.callback(run.close)
        self.stack.push(lambda raised, *_: run.findings.close() if raised else None)
        kept = Cache(storage, run, self.mapped) if storage else None
        self.clock.stop("start")

        def take(part: Part) -> None:
            run.add(part)
            if self.progress:
                self.progress(part)

        count = 1 if self.costs else CORES
        with Workers(self.suite, run.extra_columns, run.analyse, count) as workers:
            each_part(
                self.sources,
                self.reading,
                workers.analyse,
                kept,
                take,
                before=run.prepare,
                after=self.meanwhile,
                workers=count,
            )
        if kept:
            kept.prune()
        self.clock.stop("analyse")
        return run, before, known
