"""A run: from files to a result."""

from __future__ import annotations

import contextlib
import gc
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

import copydesk
from copydesk.analysis import (
    MEASURES,
)
from copydesk.article import FIELDS
from copydesk.checks import SEVERITIES
from copydesk.errors import InputError, UsageError
from copydesk.finding import FINDING
from copydesk.gather import Gathering
from copydesk.readers import find_files, read
from copydesk.reading import Chunk, Rejected
from copydesk.result import Collection, Result
from copydesk.suite import Suite, load_suite

__all__ = ["check", "nothing_read"]


def check(
    paths: Sequence[str | Path],
    *,
    suite: str | Path | Suite = "news",
    mapped: Mapping[str, str] | None = None,
    fail_on: str = "critical",
    stdin: BinaryIO | None = None,
    progress: Callable[[Chunk], None] | None = None,
    command: str = "",
) -> Result:
    """Hold a collection against a suite.

    Args:
        paths: files, folders, globs, or "-" for JSON lines on standard input.
        suite: the name of an installed suite, a suite file, or a suite.
        mapped: field to column, for columns that are not recognised.
        fail_on: the mildest severity whose failure shuts the gate: critical, warning, info, or never.
        stdin: where "-" is read from; standard input if None.
        progress: called with each chunk once it was analysed.
        command: how to repeat the run, for the report.

    Raises:
        UsageError: the suite or the map is wrong.
        InputError: a file cannot be read at all, or there are no articles.
    """
    if not isinstance(suite, Suite):
        suite = load_suite(suite)
    clock = _Clock()
    sources = find_files(paths)
    if fail_on not in (*SEVERITIES, "never"):
        raise UsageError(f"fail_on: expected one of {', '.join(SEVERITIES)} or never, got {fail_on!r}.")
    # Great Expectations takes seconds to import: let it, while the files are read.
    importing = _Import("copydesk.judge")
    expectations = None
    if any(entry.check is None for entry in suite.entries):  # a slip in one of its own shows before the work
        expectations = importing.module().expectations_of(suite)
        clock.stop("import")
    run = Gathering(suite)
    try:
        extra = suite.columns.difference(FIELDS, MEASURES)
        for chunk in read(paths, mapped=mapped, extra=extra, stdin=stdin):
            clock.stop("read")
            run.add(chunk)
            clock.stop("analyse")
            if progress:
                progress(chunk)
        if not run.articles:
            raise InputError(nothing_read(paths, run.rejected))
        run.finish()
        clock.stop("collection")
        judging = importing.module()
        clock.stop("import")
        judged = judging.judge(run.signals, suite, expectations or judging.expectations_of(suite))
        clock.stop("judge")
        findings = run.findings.scan().select(*FINDING).collect()
    finally:
        run.close()
    return Result(
        version=copydesk.__version__,
        suite=suite.name,
        fail_on=fail_on,
        collection=Collection(
            articles=run.articles,
            files=len(sources),
            bytes=sum(s.bytes for s in sources),
            columns=run.columns,
        ),
        expectations=judged,
        rejected=tuple(run.rejected),
        findings=findings.lazy(),
        samples=run.samples.chosen(),
        timing=clock.seconds,
        command=command,
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


class _Import:
    """A module that is imported in the background."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._thread = threading.Thread(target=self._load, daemon=True)
        self._thread.start()

    def _load(self) -> None:
        # The many small objects of an import are all here to stay: looking for garbage among them takes a tenth of it.
        collecting = gc.isenabled()
        gc.disable()
        try:
            with contextlib.suppress(BaseException):  # `module` raises it again, where it can be seen
                import_module(self._name)
        finally:
            if collecting:
                gc.enable()

    def module(self) -> Any:
        """Return the module once it is there."""
        self._thread.join()
        return import_module(self._name)


class _Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def stop(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now
