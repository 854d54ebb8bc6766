"""The summary on the terminal: what was read, each failure with its words, then the verdict and the report.

The end is what a reader sees first: the verdict must not scroll out of the window.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from copydesk.model.result import ExpectationResult, Result
from copydesk.readers.files.encodings import remedies
from copydesk.reports.accepted import entries_to_drop
from copydesk.reports.examples import examples
from copydesk.reports.figures import number, percent, plural
from copydesk.reports.one_line import cut, printable, quotation, trim
from copydesk.reports.places import files_with_findings, place, position, shared_folder, twin
from copydesk.reports.reading import notes_on, unread
from copydesk.reports.verdict import verdict

__all__ = ["COLOURS", "headline", "summary"]

#: The style of each severity.
COLOURS = {"critical": "bold red", "warning": "yellow", "info": "blue"}
_EXAMPLES = 3  # different words shown for each failed expectation
_SECTIONS, _ROWS = 30, 60  # failed expectations shown with their words, and in the table
_SENTENCE = 240  # characters of a reason or a message
_NOTE = 400  # characters of what was decided in reading
_WIDEST = 100  # columns; longer lines are hard to read


def headline(result: Result) -> str:
    """Return the verdict with its word in capitals, so that scripts can look for it."""
    outcome = verdict(result)
    return f"{outcome.word.upper()}: {outcome.sentence}"


def summary(result: Result, console: Console, *, report: str | None = None, config: str | None = None) -> None:
    """Print the summary, with the report to open and the config that was used."""
    width = min(console.width, _WIDEST)
    files = files_with_findings(result)
    folder = files[0] if result.collection.files == len(files) == 1 else shared_folder(files)
    parts: list[RenderableType] = [Text(_read(result))]
    if result.baseline:
        parts.append(Text(f"against the baseline: {result.baseline}", style="bold"))
    if result.accepted:
        parts.append(Text(f"accepted findings: {result.accepted}", style="bold"))
        parts += [_list_line(title, [str(e) for e in some]) for title, some in entries_to_drop(result.accepted)]
    if folder:
        parts.append(Text(f"in {printable(folder)}", style="dim"))
    if config:
        parts.append(Text(f"Config: {printable(config)}", style="dim"))
    by_check = examples(result, _EXAMPLES)
    for expectation in result.failed[:_SECTIONS]:
        parts += [Text(), *_failed(expectation, by_check.get(expectation.check or "", []), result, folder, width)]
    if result.failed:
        parts += [Text(), _table(result.failed[:_ROWS])]
        if len(result.failed) > _ROWS:
            parts.append(Text(f"and {len(result.failed) - _ROWS:,} more that failed"))
    parts.append(Text())
    for title, state in (("Passed", True), ("Not applicable", None)):
        group = [_name(e) for e in result.expectations if e.success is state]
        if group:
            parts.append(_list_line(title, group))
    columns = [c if c == f else f"{f} ← {c}" for f, c in result.collection.columns.items()]
    if columns:
        parts.append(_list_line("Columns", columns, counted=False))
    parts += [Text(trim(line, _NOTE)) for line in notes_on(result.collection)]
    if left_out := unread(result.collection):
        parts.append(Text(trim(left_out, _NOTE)))
    console.print(Group(*parts), soft_wrap=False, width=width)
    for advice in remedies(result.rejected):  # on a line each, so that its commands can be copied
        console.print(Text(printable(advice)), soft_wrap=True)
    ending = [Text(), Text(headline(result), style="bold green" if result.success else "bold red")]
    if report:
        ending.append(Text(f"Report: {printable(report)}"))
    console.print(Group(*ending), soft_wrap=False, width=width)


def _read(result: Result) -> str:
    read = result.collection
    text = f"{plural(read.articles, 'article')} of {plural(read.files, 'file')}, suite {printable(result.suite)}"
    return text + (f"; {plural(len(result.rejected), 'row')} could not be read" if result.rejected else "")


def _failed(
    e: ExpectationResult, examples: list[dict[str, Any]], result: Result, folder: str, width: int
) -> Iterator[RenderableType]:
    """Yield the lines about a failed expectation: its name, its counts, and different examples."""
    amount = f"  {e.articles_unexpected:,} of {plural(e.articles_checked or 0, 'article')}" if _has_counts(e) else ""
    if e.findings > (e.articles_unexpected or 0):
        amount += f", {plural(e.findings, 'finding')}"
    yield Text.assemble((e.severity, COLOURS[e.severity]), "  ", (_name(e), "bold"), amount)
    if e.message:
        yield _indent(trim(e.message, _SENTENCE))
    for value in e.values[:_EXAMPLES]:
        yield _indent(quotation(value, width - 2), style="reverse")
    previous = ""
    for finding in examples:
        times = f" ×{finding['times']:,}" if finding["times"] > 1 and finding["text"] else ""
        if finding["text"]:
            words = Text(quotation(finding["text"], width - 2 - len(times)), style="reverse")
            yield _indent(words.append(times, style="not reverse"))
        reason = trim(finding["reason"] or "", _SENTENCE)
        if reason != previous:  # once for examples that share it
            yield _indent(reason, by=4 if finding["text"] else 2)
            previous = reason
        yield _indent(_place(finding, folder), by=4, style="dim")
    more = len(result.rejected) if e.of_rows else 0
    if more > _EXAMPLES:
        yield _indent(f"and {more - _EXAMPLES:,} more rows", style="dim")


def _place(finding: dict[str, Any], folder: str) -> str:
    where = printable(place(finding["file"] or "", finding["row"], finding["line"], folder=folder))
    related = finding["related"]
    other = twin(finding)
    if other:
        twin_place = place(other.file, other.row, folder=folder)
        if other.file == finding["file"]:
            twin_place = position(other.row)
        where += f" → {printable(twin_place)}"
    elif related and finding.get("related_start") is None and related not in (finding["reason"] or ""):
        where += f" → {trim(related, _SENTENCE)}"
    articles = finding["articles"] - 1
    return where + (f", and {plural(articles, 'more article')}" if articles > 0 else "")


def _table(failed: tuple[ExpectationResult, ...]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("failed", no_wrap=True)
    table.add_column("severity", no_wrap=True)
    for column in ("articles", "with findings", "share", "allowed"):
        table.add_column(column, justify="right", no_wrap=True)
    for e in failed:
        mostly = e.kwargs.get("mostly", 1.0)
        allowed = f"{number(100 * (1 - mostly))} %" if isinstance(mostly, int | float) and _has_counts(e) else ""
        counts = (f"{e.articles_checked:,}", f"{e.articles_unexpected:,}") if _has_counts(e) else ("", "")
        share = e.unexpected_percent if _has_counts(e) else None
        table.add_row(
            Text(cut(_name(e), 34), COLOURS[e.severity]),
            e.severity,
            *counts,
            percent(share) if share is not None else "",
            allowed,
        )
    return table


def _list_line(title: str, names: list[str], *, counted: bool = True) -> Text:
    first = ", ".join(trim(n, 60) for n in names[:_ROWS])
    rest = f" and {len(names) - _ROWS:,} more" if len(names) > _ROWS else ""
    return Text(f"{title}{f' ({len(names):,})' if counted else ''}: {first}{rest}", style="dim")


def _has_counts(e: ExpectationResult) -> bool:
    return e.articles_checked is not None and e.articles_unexpected is not None


def _name(e: ExpectationResult) -> str:
    column = e.kwargs.get("column")
    return printable(e.check or (f"{e.type}({column})" if column else e.type))


def _indent(text: str | Text, *, by: int = 2, style: str = "") -> Padding:
    return Padding(Text(text, style=style) if isinstance(text, str) else text, (0, 0, 0, by), expand=False)
