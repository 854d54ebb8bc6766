"""`copydesk.fix`: the repairs of a collection, made, written and counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from copydesk.checks.suite import Suite, load_suite
from copydesk.engine.collection import MEMORY
from copydesk.engine.parts import Part
from copydesk.errors import UsageError
from copydesk.lazy import pl
from copydesk.model.chunk import Rejected
from copydesk.outputs import can_be_written, whole
from copydesk.readers import Paths, ReadOptions, Source, find_files, list_paths
from copydesk.readers.files.guard import Guard, Read, suite_file
from copydesk.repair.articles import Repaired
from copydesk.repair.choice import Choice
from copydesk.repair.collection import Findings, repaired_articles, repaired_chunks
from copydesk.repair.files import expect_formats, write_file
from copydesk.repair.placing import can_be_folder, expect_committed, expect_place, goes_into_folder, placed
from copydesk.repair.receipt import Receipt
from copydesk.repair.rewriting.pieces import Queue, Record

__all__ = ["Fixed", "fix"]

#: What stands of a finding in the quarantine.
_SHOWN = ("check", "field", "start", "end", "text", "reason", "repair", "severity", "fingerprint")


@dataclass(slots=True)
class Fixed:
    """What a run of repairs has done.

    articles: how many articles were read.
    changed: how many of them were changed, or would be.
    made, held_back, left: how many repairs were made, how many were not because they would make a new finding, and how
        many findings are left, by check. Those that are left include those that are held back.
    unsafe: how many of those that are left have a repair that only `unsafe` makes, by check.
    unseen: how many of those that are left the checks no longer find, because the lines by which they were told are
        gone.
    refused: how many articles are as they were because their format cannot hold the repair, by reason.
    quarantined: how many articles went into the quarantine.
    rejected: the rows that could not be read, which are as they were.
    written: whether anything was written.
    """

    articles: int = 0
    changed: int = 0
    made: Counter[str] = field(default_factory=Counter)
    held_back: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    unsafe: Counter[str] = field(default_factory=Counter)
    unseen: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    quarantined: int = 0
    rejected: tuple[Rejected, ...] = ()
    written: bool = False
    _frames: Callable[[], Iterator[pl.DataFrame]] | None = field(default=None, repr=False)

    def repaired(self) -> Iterator[pl.DataFrame]:
        """Yield all articles with their repairs made, as frames that `copydesk.read` gives."""
        if self._frames is None:
            raise UsageError("the files were repaired in place: read them with copydesk.read.")
        return self._frames()


def fix(
    paths: Paths,
    output: str | Path | None = None,
    *,
    in_place: bool = False,
    force: bool = False,
    suite: str | Path | Suite = "news",
    mapped: Mapping[str, str] | None = None,
    unsafe: bool = False,
    checks: Iterable[str] = (),
    min_severity: str = "info",
    quarantine: str | Path | None = None,
    receipt: str | Path | None = None,
    memory: int = MEMORY,
    progress: Callable[[Part], None] | None = None,
    show: Callable[[Repaired], None] | None = None,
    reads: Iterable[Read] = (),
    options: ReadOptions | None = None,
) -> Fixed:
    """Make the repairs that findings name, and write the collection in its own formats.

    Without `output` and `in_place` nothing is written: the answer says what would be.

    Args:
        paths: one or several files, folders or globs; not standard input, which cannot be read twice.
        output: a file for one file, a folder for several.
        in_place: write over the files that are read. Git must have them as they are.
        force: write over them whether or not git has them.
        suite: the name of an installed suite, a suite file, or a suite.
        mapped: field to column, for columns that are not recognised.
        unsafe: make also the repairs that are not certain.
        checks: repair only the findings of these checks.
        min_severity: repair no findings that are milder.
        quarantine: a file of JSON lines for the articles with findings that are left. They stay in the output, too.
        receipt: a file from which `undo_repairs` takes the repairs back.
        memory: how many bytes of findings and keys are held in memory before they are written to disk.
        progress: called with each part of the collection after its analysis.
        show: called with each article that is repaired, in order.
        reads: what else is read, so that no output takes its place.
        options: how files are read, where more must be said than which column is which.

    Raises:
        UsageError: the call cannot be done, or an output would take the place of what is read.
        InputError: a file cannot be read, or changes meanwhile.
        OutputError: something cannot be written; then nothing was.
    """
    paths = list_paths(paths)
    given = suite
    suite = suite if isinstance(suite, Suite) else load_suite(suite)
    choice = Choice(unsafe, frozenset(checks), min_severity)
    choice.must_fit({check.name for check in suite.checks.values()})
    sources = find_files(paths, options)
    expect_formats(sources)
    out, aside, slip = (None if path is None else Path(path) for path in (output, quarantine, receipt))
    _expect_outputs(out, slip, in_place)
    folder = {"-o": can_be_folder} if out is not None and goes_into_folder(sources, out) else None
    named = suite_file(str(given)) if not isinstance(given, Suite) else []
    outputs = {"-o": out, "--quarantine": aside, "--receipt": slip}
    Guard(outputs, reads=[*named, *reads], paths=paths, folders=folder)(sources, suite)
    if out is not None:
        expect_place(sources, out)
    if in_place and not force:
        expect_committed(sources)
    findings = Findings(sources, suite, mapped=mapped, memory=memory, progress=progress)
    fixed = Fixed(findings.articles, rejected=findings.rejected, written=out is not None or in_place)
    with ExitStack() as stack:
        stack.push(lambda raised, *_: findings.close() if raised else None)
        place = stack.enter_context(placed(sources, out, in_place=in_place))
        notes = Receipt(stack.enter_context(_open(stack, slip))) if slip is not None else None
        tray = stack.enter_context(_open(stack, aside)) if aside is not None else None
        chunks = repaired_articles(sources, findings.all, suite, choice, mapped=mapped)
        articles = _counted((r for _, some in chunks for r in some), fixed, choice, tray)
        for source, queue in _queues(sources, articles):
            target = None if in_place and queue.is_empty else place(source)
            where = source.path if in_place else _output_of(source, out, folder is not None)
            for record in write_file(source, queue, target, where if target else None, notes):
                if _is_changed(record, fixed) and show:
                    show(record.repaired)
    if not in_place:
        fixed._frames = lambda: repaired_chunks(sources, findings.all, suite, choice, mapped=mapped)
    else:
        findings.close()
    return fixed


def _expect_outputs(out: Path | None, slip: Path | None, in_place: bool) -> None:
    """Raise a UsageError for outputs that do not go together."""
    if out is not None and in_place:
        raise UsageError("-o and --in-place: name an output, or write over what is read, not both.")
    if slip is not None and out is None and not in_place:
        raise UsageError("--receipt: nothing is written without -o or --in-place, so that there is nothing to undo.")


def _queues(sources: Sequence[Source], articles: Iterable[Repaired]) -> Iterator[tuple[Source, Queue]]:
    """Yield each file with the articles of it that are repaired; these are in the order of the files."""
    by_file = groupby(articles, key=lambda article: article.file)
    following = next(by_file, None)
    for source in sources:
        name, group = following if following is not None else ("", iter(()))
        yield source, Queue(group if name == source.name else iter(()))
        if name == source.name:
            following = next(by_file, None)


def _is_changed(record: Record, fixed: Fixed) -> bool:
    """Count an article that has repairs; return whether its format could hold them."""
    if record.refused is not None:
        fixed.refused[record.refused] += 1
        return False
    fixed.changed += 1
    fixed.made.update(r.check for e in record.repaired.edits.values() for one in e for r in one.repairs)
    return True


def _open(stack: ExitStack, path: Path) -> BinaryIO:
    can_be_written(path)
    return stack.enter_context(whole(path)).open("wb")


def _output_of(source: Source, output: Path | None, in_folder: bool) -> Path | None:
    return output / source.relative if output is not None and in_folder else output


def _counted(articles: Iterable[Repaired], fixed: Fixed, choice: Choice, tray: BinaryIO | None) -> Iterator[Repaired]:
    """Yield the articles that are repaired; count what is left of all, and put it into the quarantine."""
    for article in articles:
        left = [finding for finding in article.left if choice.covers(finding)]
        fixed.held_back.update(repair.check for repair in article.held_back)
        fixed.left.update(finding["check"] for finding in left)
        fixed.unsafe.update(finding["check"] for finding in left if finding["repair"] != "none")
        fixed.unseen += article.unseen
        if tray is not None and left:
            fixed.quarantined += 1
            findings = [{name: finding[name] for name in _SHOWN} for finding in left]
            line = {**article.article, "findings": findings}
            tray.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        if article.edits:
            yield article
