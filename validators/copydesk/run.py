"""A run: from files to a result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from copydesk.checks.suite import Suite, load_suite
from copydesk.engine.cache import Storage
from copydesk.engine.collection import MEMORY
from copydesk.engine.costs import Costs
from copydesk.engine.parts import Part
from copydesk.engine.threads import CORES
from copydesk.errors import ArgumentError, UsageError
from copydesk.gate.accepted import load_accepted
from copydesk.gate.baseline import judged_without_tolerance
from copydesk.gate.outcome import Clock, expect_articles, expect_fail_on, result_of
from copydesk.gate.run import Run
from copydesk.judge.process import Judge
from copydesk.judge.warm import ready_judge
from copydesk.lazy import pl
from copydesk.model.article import FIELDS, MEASURES, parse_map
from copydesk.model.result import Result
from copydesk.readers import (
    Frame,
    Paths,
    ReadOptions,
    Source,
    even_chunks,
    find,
    is_frame,
    list_paths,
    read_files,
    with_layout,
)
from copydesk.repair.choice import Choice
from copydesk.repair.collection import repaired_chunks
from copydesk.temporary import sweep

__all__ = ["check"]


def check(
    paths: Paths | Frame,
    *,
    suite: str | Path | Suite = "news",
    mapped: Mapping[str, str] | Iterable[str] | None = None,
    map: Mapping[str, str] | Iterable[str] | None = None,
    fail_on: str = "critical",
    stdin: BinaryIO | None = None,
    progress: Callable[[Part], None] | None = None,
    costs: Costs | None = None,
    checked: Callable[[int, int], object] | None = None,
    command: str = "",
    baseline: str | Path | None = None,
    accepted: str | Path | None = None,
    memory: int = MEMORY,
    cache: Path | Storage | None = None,
    judge: Judge | None = None,
    meanwhile: Callable[[], object] | None = None,
    guard: Callable[[Sequence[Source], Suite], None] | None = None,
    options: ReadOptions | None = None,
    layout: str | None = None,
) -> Result:
    """Hold a collection against a suite.

    Args:
        paths: one or several: files, folders, globs, or "-" for JSON lines on standard input. Or a frame: of pandas,
            polars (lazy or not) or Arrow, a `datasets.Dataset`, or a list of dictionaries.
        suite: the name of an installed suite, a suite file, or a suite.
        mapped: field to column, for columns that are not recognised; or entries as on the command line, "body=text".
        map: another name of `mapped`, that of the command line.
        fail_on: the mildest severity whose failure shuts the gate: critical, warning, info, or never.
        stdin: where "-" is read from; standard input if None.
        progress: called with each part of the collection after its analysis, in order, from any thread.
        costs: CPU seconds of each check are added there. Nothing runs side by side then, and there is no cache.
        checked: called after each check of the collection: how many have ended, of how many.
        command: how to repeat the run, for the report.
        baseline: a file of known findings, so that only new ones count; see `copydesk.gate.baseline`.
        accepted: a file of accepted findings, which do not count; see `copydesk.gate.accepted`.
        memory: how many bytes of findings and keys are held in memory before they are written to disk.
        cache: a folder for parts of unchanged files, or one and how it is used, see `copydesk.engine.cache`; None to do
            without.
        judge: one that is starting already; its maker ends it. By default the one of this process, which stays ready.
        meanwhile: called once after all files were read, from any thread: for other work of the caller.
        options: how files are read, where more must be said than which column is which.
        layout: the name of a layout of a well-known set, as "mind": what neither options nor map say.
        guard: called with the files and the suite before any work; it raises where the run must not go on.

    Raises:
        UsageError: the suite, the map, the layout or the baseline is wrong.
        ArgumentError: the paths are neither paths nor a frame, or another argument has a wrong type; a TypeError, too.
        InputError: a file cannot be read at all, or there are no articles.
    """
    mapped = _map_of(mapped, map)
    options = with_layout(options, layout)
    listed = [] if is_frame(paths) else list_paths(paths)
    given: Paths | Frame = listed or paths
    named = listed or [type(paths).__name__]
    sweep()
    with ExitStack() as stack:
        judge = judge or stack.enter_context(ready_judge())
        if not isinstance(suite, Suite):
            suite = load_suite(suite)
        clock = Clock()
        found = find(given, options)
        sources = found.sources
        if guard:
            guard(sources, suite)
        expect_fail_on(fail_on)
        if baseline is not None:
            suite = judged_without_tolerance(suite)
        judge.expect(suite)
        if any(entry.check is None for entry in suite.entries):  # a slip in one of its own shows before the work
            judge.ready()
        storage = None if costs else Storage(cache) if isinstance(cache, Path) else cache
        extra = suite.columns.difference(FIELDS, MEASURES)
        chunk_bytes = even_chunks(sources, CORES)
        reading = partial(read_files, mapped=mapped, extra=extra, stdin=stdin, chunk_bytes=chunk_bytes)

        entries = load_accepted(Path(accepted)) if accepted is not None else None
        made = Run(
            stack=stack,
            clock=clock,
            suite=suite,
            sources=sources,
            reading=reading,
            mapped=mapped,
            entries=entries,
            baseline=baseline,
            memory=memory,
            costs=costs,
            progress=progress,
            meanwhile=meanwhile,
        )
        run, before, known = made.gather(storage)
        expect_articles(run.articles, named, run.rejected)
        run.finish(checked)
        clock.stop("collection")
        results = judge.judge(run.signals())
        overview = run.overview(sources, mapped)
        clock.stop("overview")
        judge.ready()
        clock.stop("wait")
        expectations = results()
        clock.stop("judge")
        result = result_of(
            run,
            suite=suite,
            sources=sources,
            passed_over=found.passed_over,
            expectations=expectations,
            fail_on=fail_on,
            timing=clock.seconds,
            command=command,
            overview=overview,
            baseline=before,
            known=known,
            kept=run.findings,
        )
        if is_frame(paths):
            result = replace(result, index=getattr(given, "index", None))
        if any(s.frame is None and (s.path is None or not s.regular) for s in sources) or _is_read_once(given):
            return result
        return _repairable(result, sources, suite, mapped)


def _repairable(result: Result, sources: Sequence[Source], suite: Suite, mapped: Mapping[str, str] | None) -> Result:
    """Return a result whose articles can be read again, with their repairs."""

    def repairs(unsafe: bool) -> Iterator[pl.DataFrame]:
        return repaired_chunks(sources, result.findings, suite, Choice(unsafe), mapped=mapped)

    return replace(result, repairs=repairs)


def _is_read_once(given: object) -> bool:
    """Say whether a frame gives its rows but once."""
    return type(given).__name__ in ("RecordBatchReader", "IterableDataset")


def _map_of(
    mapped: Mapping[str, str] | Iterable[str] | None, other: Mapping[str, str] | Iterable[str] | None
) -> Mapping[str, str] | None:
    """Return the columns that the caller named, by their fields.

    Raises:
        MappingError: an entry is none.
        UsageError: it is given under both names.
        ArgumentError: it is of another type.
    """
    if mapped is not None and other is not None:
        raise UsageError("map and mapped are one argument. Give one of them.")
    given = mapped if other is None else other
    if given is None or isinstance(given, Mapping):
        return given
    entries = [given] if isinstance(given, str) else list(given) if isinstance(given, Iterable) else [given]
    if not all(isinstance(entry, str) for entry in entries):
        raise ArgumentError(f"map: expected {{'body': 'text'}} or ['body=text'], got {type(given).__name__}.")
    return parse_map(entries)
