"""A run: from files to a result."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import BinaryIO

import copydesk
from copydesk.checks import SEVERITIES
from copydesk.checks.suite import Suite, load_suite
from copydesk.engine.cache import Cache, DamagedError, Storage
from copydesk.engine.collection import MEMORY, Gathering
from copydesk.engine.parts import Part
from copydesk.engine.pipeline import each_part
from copydesk.engine.threads import CORES
from copydesk.errors import InputError, UsageError
from copydesk.gate.baseline import judged_without_tolerance, load_baseline
from copydesk.judge.process import Judge
from copydesk.model.article import FIELDS, MEASURES
from copydesk.model.chunk import Rejected
from copydesk.model.finding import FINDING
from copydesk.model.result import Collection, Result
from copydesk.readers import Source, even_chunks, find_files, read_files

__all__ = ["check", "nothing_read"]


def check(
    paths: Sequence[str | Path],
    *,
    suite: str | Path | Suite = "news",
    mapped: Mapping[str, str] | None = None,
    fail_on: str = "critical",
    stdin: BinaryIO | None = None,
    progress: Callable[[Part], None] | None = None,
    command: str = "",
    baseline: str | Path | None = None,
    memory: int = MEMORY,
    cache: Path | Storage | None = None,
    judge: Judge | None = None,
    meanwhile: Callable[[], object] | None = None,
    guard: Callable[[Sequence[Source], Suite], None] | None = None,
) -> Result:
    """Hold a collection against a suite.

    Args:
        paths: files, folders, globs, or "-" for JSON lines on standard input.
        suite: the name of an installed suite, a suite file, or a suite.
        mapped: field to column, for columns that are not recognised.
        fail_on: the mildest severity whose failure shuts the gate: critical, warning, info, or never.
        stdin: where "-" is read from; standard input if None.
        progress: called with each part of the collection once it was analysed, in order, from whatever thread.
        command: how to repeat the run, for the report.
        baseline: a file of findings that are known, so that only new ones count; see `copydesk.gate.baseline`.
        memory: how many bytes of findings and keys are held before they are written to disk.
        cache: a folder for parts of unchanged files, or one and how it is used, see `copydesk.engine.cache`; None to do
            without.
        judge: one that gets ready already, who made it ends it; by default one that is made here.
        meanwhile: called once all is read, from whatever thread: for what the caller must do anyhow.
        guard: called with the files and the suite before any work; it raises where the run must not go on.

    Raises:
        UsageError: the suite, the map or the baseline is wrong.
        InputError: a file cannot be read at all, or there are no articles.
    """
    with ExitStack() as stack:
        judge = judge or stack.enter_context(Judge())
        if not isinstance(suite, Suite):
            suite = load_suite(suite)
        clock = _Clock()
        sources = find_files(paths)
        if guard:
            guard(sources, suite)
        if fail_on not in (*SEVERITIES, "never"):
            raise UsageError(f"fail_on: expected one of {', '.join(SEVERITIES)} or never, got {fail_on!r}.")
        known = None
        if baseline is not None:
            known, suite = load_baseline(Path(baseline)), judged_without_tolerance(suite)
        judge.expect(suite)
        if any(entry.check is None for entry in suite.entries):  # a slip in one of its own shows before the work
            judge.wait()
        storage = Storage(cache) if isinstance(cache, Path) else cache
        extra = suite.columns.difference(FIELDS, MEASURES)
        chunk_bytes = even_chunks(sources, CORES)
        reading = partial(read_files, mapped=mapped, extra=extra, stdin=stdin, chunk_bytes=chunk_bytes)

        def gather(storage: Storage | None) -> Gathering:
            run = Gathering(suite, known, memory=memory)
            stack.callback(run.close)
            stack.push(lambda raised, *_: run.findings.close() if raised else None)
            kept = Cache(storage, run, mapped) if storage else None
            clock.stop("start")

            def take(part: Part) -> None:
                run.add(part)
                if progress:
                    progress(part)

            each_part(sources, reading, run.analysed, kept, take, before=run.prepare, after=meanwhile)
            if kept:
                kept.prune()
            clock.stop("analyse")
            return run

        try:
            run = gather(storage)
        except DamagedError as error:  # an entry was whole, and has changed while its parts were taken
            if any(source.path is None for source in sources):
                raise InputError(
                    "The cache has changed while it was read, and standard input cannot be read again. Run again with"
                    " --no-cache."
                ) from error
            run = gather(None)
        if not run.articles:
            raise InputError(nothing_read(paths, run.rejected))
        run.finish()
        clock.stop("collection")
        judge.judge(run.signals())
        overview = run.overview(sources, mapped)
        clock.stop("overview")
        judge.wait()
        clock.stop("wait")
        expectations = judge.results()
        clock.stop("judge")
        findings = run.findings.scan().select(*FINDING, "new")
    return Result(
        version=copydesk.__version__,
        suite=suite.name,
        fail_on=fail_on,
        collection=Collection(
            articles=run.articles,
            files=len(sources),
            bytes=sum(s.bytes for s in sources),
            columns=run.columns,
            hash=run.ledger.hash,
        ),
        expectations=expectations,
        rejected=tuple(run.rejected),
        findings=findings.select(*FINDING),
        kept=run.findings,
        samples=run.samples.chosen(),
        overview=overview,
        timing=clock.seconds,
        command=command,
        baseline=None
        if known is None
        else known.comparison(
            [c for c in suite.checks.values() if run.columns.keys() >= set(c.needs)],
            [s.name for s in sources],
            findings.filter("new").select(*FINDING),
        ),
    )


def nothing_read(paths: Sequence[str | Path], rejected: Sequence[Rejected]) -> str:
    """Say that there was not one article, and why."""
    names = ", ".join(str(p) for p in paths)
    if not rejected:
        return f"{names}: holds no articles."
    first = rejected[0]
    return (
        f"{names}: none of {len(rejected):,} rows could be read. The first: {first.file}, line {first.line}:"
        f" {first.reason}"
    )


class _Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def stop(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now
