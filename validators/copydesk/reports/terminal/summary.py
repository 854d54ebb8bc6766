"""The summary on the terminal: the verdict first, then what failed with its words, then what was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from copydesk.model.result import ExpectationResult, Result
from copydesk.reports.examples import examples
from copydesk.reports.figures import number, percent, plural
from copydesk.reports.one_line import cut, quoted, shown, trimmed
from copydesk.reports.places import files_named, place, position, shared_folder, twin
from copydesk.reports.verdict import verdict

__all__ = ["COLOURS", "headline", "summary"]

#: The style of each severity.
COLOURS = {"critical": "bold red", "warning": "yellow", "info": "blue"}
_EXAMPLES = 3  # different words shown for each failed expectation
_SECTIONS, _ROWS = 30, 60  # failed expectations shown with their words, and in the table
_SENTENCE = 240  # characters of a reason or a message
_WIDEST = 100  # columns; longer lines are hard to read


def headline(result: Result) -> str:
    """Return the verdict with its word in capitals, for scripts to look for."""
    said = verdict(result)
    return f"{said.word.upper()}: {said.said}"


def summary(result: Result, console: Console, *, report: str | None = None, config: str | None = None) -> None:
    """Print the summary, with the report to open and the config that was used."""
    width = min(console.width, _WIDEST)
    files = files_named(result)
    folder = files[0] if result.collection.files == len(files) == 1 else shared_folder(files)
    parts: list[RenderableType] = [Text(headline(result), style="bold green" if result.success else "bold red")]
    parts.append(Text(_read(result)))
    if result.baseline:
        parts.append(Text(f"against the baseline: {result.baseline}", style="bold"))
    if folder:
        parts.append(Text(f"in {shown(folder)}", style="dim"))
    if config:
        parts.append(Text(f"Config: {shown(config)}", style="dim"))
    found = examples(result, _EXAMPLES)
    for expectation in result.failed[:_SECTIONS]:
        parts += [Text(), *_failed(expectation, found.get(expectation.check or "", []), result, folder, width)]
    if result.failed:
        parts += [Text(), _table(result.failed[:_ROWS])]
        if len(result.failed) > _ROWS:
            parts.append(Text(f"and {len(result.failed) - _ROWS:,} more that failed"))
    parts.append(Text())
    for said, state in (("Passed", True), ("Not applicable", None)):
        named = [_name(e) for e in result.expectations if e.success is state]
        if named:
            parts.append(_listed(said, named))
    columns = [c if c == f else f"{f} ← {c}" for f, c in result.collection.columns.items()]
    if columns:
        parts.append(_listed("Columns", columns, counted=False))
    if report:
        parts.append(Text(f"Report: {shown(report)}"))
    console.print(Group(*parts), soft_wrap=False, width=width)


def _read(result: Result) -> str:
    read = result.collection
    said = f"{plural(read.articles, 'article')} of {plural(read.files, 'file')}, suite {shown(result.suite)}"
    return said + (f"; {plural(len(result.rejected), 'row')} could not be read" if result.rejected else "")


def _failed(
    e: ExpectationResult, examples: list[dict[str, Any]], result: Result, folder: str, width: int
) -> Iterator[RenderableType]:
    """Yield the lines about a failed expectation: its name, how much of it, and examples, each of them once."""
    counted = f"  {e.articles_unexpected:,} of {plural(e.articles_checked or 0, 'article')}" if _counted(e) else ""
    if e.findings > (e.articles_unexpected or 0):
        counted += f", {plural(e.findings, 'finding')}"
    yield Text.assemble((e.severity, COLOURS[e.severity]), "  ", (_name(e), "bold"), counted)
    if e.message:
        yield _indented(trimmed(e.message, _SENTENCE))
    for value in e.values[:_EXAMPLES]:
        yield _indented(quoted(value, width - 2), style="reverse")
    said = ""
    for found in examples:
        times = f" ×{found['times']:,}" if found["times"] > 1 and found["text"] else ""
        if found["text"]:
            words = Text(quoted(found["text"], width - 2 - len(times)), style="reverse")
            yield _indented(words.append(times, style="not reverse"))
        reason = trimmed(found["reason"] or "", _SENTENCE)
        if reason != said:  # once for examples that share it
            yield _indented(reason, by=4 if found["text"] else 2)
            said = reason
        yield _indented(_place(found, folder), by=4, style="dim")
    more = len(result.rejected) if e.of_rows else 0
    if more > _EXAMPLES:
        yield _indented(f"and {more - _EXAMPLES:,} more rows", style="dim")


def _place(found: dict[str, Any], folder: str) -> str:
    said = shown(place(found["file"] or "", found["row"], found["line"], folder=folder))
    other = twin(found)
    if other:
        where = place(other.file, other.row, folder=folder)
        if other.file == found["file"]:
            where = position(other.row)
        said += f" → {shown(where)}"
    elif found["related"] and found.get("related_start") is None and found["related"] not in (found["reason"] or ""):
        said += f" → {trimmed(found['related'], _SENTENCE)}"
    articles = found["articles"] - 1
    return said + (f", and {plural(articles, 'more article')}" if articles > 0 else "")


def _table(failed: tuple[ExpectationResult, ...]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("failed", no_wrap=True)
    table.add_column("severity", no_wrap=True)
    for column in ("articles", "with findings", "share", "allowed"):
        table.add_column(column, justify="right", no_wrap=True)
    for e in failed:
        mostly = e.kwargs.get("mostly", 1.0)
        allowed = f"{number(100 * (1 - mostly))} %" if isinstance(mostly, int | float) and _counted(e) else ""
        counts = (f"{e.articles_checked:,}", f"{e.articles_unexpected:,}") if _counted(e) else ("", "")
        share = e.unexpected_percent if _counted(e) else None
        table.add_row(
            Text(cut(_name(e), 34), COLOURS[e.severity]),
            e.severity,
            *counts,
            percent(share) if share is not None else "",
            allowed,
        )
    return table


def _listed(said: str, names: list[str], *, counted: bool = True) -> Text:
    first = ", ".join(trimmed(n, 60) for n in names[:_ROWS])
    rest = f" and {len(names) - _ROWS:,} more" if len(names) > _ROWS else ""
    return Text(f"{said}{f' ({len(names):,})' if counted else ''}: {first}{rest}", style="dim")


def _counted(e: ExpectationResult) -> bool:
    return e.articles_checked is not None and e.articles_unexpected is not None


def _name(e: ExpectationResult) -> str:
    column = e.kwargs.get("column")
    return shown(e.check or (f"{e.type}({column})" if column else e.type))


def _indented(text: str | Text, *, by: int = 2, style: str = "") -> Padding:
    return Padding(Text(text, style=style) if isinstance(text, str) else text, (0, 0, 0, by), expand=False)
