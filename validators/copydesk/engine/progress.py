"""The progress bar: how far a run is, how fast, and how long it will take. It is for terminals only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from copydesk.engine.parts import Part

__all__ = ["Bar", "progress_bar"]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar that is shown.

    advance: to call with each part after its analysis.
    check: to call after each check of the collection, with how many have ended, and how many there are.
    """

    advance: Callable[[Part], None]
    check: Callable[[int, int], None]


@contextmanager
def progress_bar(paths: Sequence[str | Path], *, quiet: bool) -> Iterator[Bar | None]:
    """Show a bar on standard error while the block runs; show nothing if standard error is not a terminal.

    Args:
        paths: the files that are read; the bar shows the share of their bytes, then of the checks of the collection.
        quiet: show nothing.

    Yields:
        The bar; None where nothing is shown.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from copydesk.readers import find_files

    size = sum(source.bytes for source in find_files(paths))
    columns = (
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%" if size else ""),
        TextColumn("{task.fields[articles]:,} articles"),
        TextColumn("{task.fields[stage]}"),
        TimeRemainingColumn() if size else TextColumn(""),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=size or None, articles=0, stage="")
        articles = 0

        def advance(part: Part) -> None:
            nonlocal articles
            articles += part.height
            elapsed = bar.tasks[0].elapsed or 1
            bar.update(task, advance=part.bytes, articles=articles, stage=f"{articles / elapsed:,.0f}/s")

        def check(done: int, of: int) -> None:
            bar.update(task, total=of, completed=done, stage=f"checks of the collection, {done} of {of}")

        yield Bar(advance, check)
