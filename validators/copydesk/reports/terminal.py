"""The summary on the terminal: the verdict first, then what failed with its words, then what was read."""

from __future__ import annotations

import re
from typing import Any

import polars as pl
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from copydesk.result import ExpectationResult, Result

__all__ = ["summary", "verdict"]

_COLOURS = {"critical": "bold red", "warning": "yellow", "info": "blue"}
_EXAMPLES, _QUOTED = 3, 100
#: Characters that a terminal would act on, or that turn the reading direction of the rest of the line.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def verdict(result: Result) -> str:
    """Say in one sentence whether the collection passed, and by which rule."""
    count = len([e for e in result.expectations if e.success is not None])
    if result.deciding:
        rule = f"{_expectations(len(result.deciding))} of severity {result.fail_on}"
        rule += " or worse" if result.fail_on != "critical" else ""
        return f"FAILED: {rule} of {count} did not hold"
    failed = len(result.failed)
    milder = f"; {failed} milder did not hold" if failed else ""
    never = f"; {failed} did not hold, and the gate never fails" if failed and result.fail_on == "never" else milder
    return f"PASSED: {_expectations(count)} judged{never}"


def summary(result: Result, console: Console, *, report: str | None = None) -> None:
    """Print the summary."""
    colour = "bold green" if result.success else "bold red"
    read = result.collection
    parts: list[RenderableType] = [
        Text(verdict(result), style=colour),
        Text(
            f"{read.articles:,} articles of {read.files:,} file{'s' * (read.files != 1)}, suite {result.suite},"
            f" fails on {result.fail_on}"
        ),
    ]
    for expectation in result.failed:
        parts += [Text(), *_failed(expectation, result)]
    parts += [Text(), _table(result)]
    if result.rejected:
        parts.append(Text(f"\n{len(result.rejected):,} rows could not be read:", style="bold"))
        for rejected in result.rejected[:_EXAMPLES]:
            place = f"{rejected.file}, line {rejected.line}" if rejected.line else rejected.file
            parts.append(Padding(Text(_shown(f"{place}: {rejected.reason}", 200)), (0, 0, 0, 2)))
        if len(result.rejected) > _EXAMPLES:
            parts.append(Padding(Text(f"and {len(result.rejected) - _EXAMPLES:,} more in --result"), (0, 0, 0, 2)))
    recognised = ", ".join(f"{field} ← {column}" for field, column in read.columns.items())
    parts += [Text(), Text(f"Columns: {recognised}", style="dim")]
    if report:
        parts.append(Text(f"Report:  {report}"))
    console.print(Group(*parts), soft_wrap=False)


def _failed(expectation: ExpectationResult, result: Result) -> list[RenderableType]:
    name = expectation.check or expectation.type
    share = ""
    if expectation.articles_checked:
        share = f"  {expectation.articles_unexpected:,} of {expectation.articles_checked:,} articles"
    head = Text.assemble((f"{expectation.severity}", _COLOURS[expectation.severity]), "  ", (name, "bold"), share)
    lines: list[RenderableType] = [head]
    if expectation.message:
        lines.append(Padding(Text(_shown(expectation.message, 300)), (0, 0, 0, 2)))
    lines += [Padding(Text(_shown(value, _QUOTED)), (0, 0, 0, 2)) for value in expectation.values[:_EXAMPLES]]
    for finding in _examples(expectation, result):
        place = f"{finding['file']}" + (f", row {finding['row']}" if finding["row"] else "")
        if finding["line"]:
            place += f" (line {finding['line']})"
        quoted = (
            Text(_shown(f"“{finding['text']}”", _QUOTED), style="reverse")
            if finding["text"]
            else Text("(nothing there)")
        )
        lines.append(Padding(quoted, (0, 0, 0, 2)))
        related = f" → {finding['related']}" if finding["related"] else ""
        lines.append(Padding(Text(_shown(f"{finding['reason']}{related} · {place}", 300), style="dim"), (0, 0, 0, 4)))
    more = expectation.findings - _EXAMPLES
    if more > 0:
        lines.append(Padding(Text(f"and {more:,} more", style="dim"), (0, 0, 0, 4)))
    return lines


def _examples(expectation: ExpectationResult, result: Result) -> list[dict[str, Any]]:
    if expectation.check is None:
        return []
    mine = result.findings.filter(pl.col("check") == expectation.check).head(_EXAMPLES)
    return mine.collect().to_dicts()


def _table(result: Result) -> Table:
    table = Table(box=None, pad_edge=False, show_header=True, header_style="dim")
    for column in ("", "check", "severity"):
        table.add_column(column, no_wrap=True)
    for column in ("articles", "with findings", "share"):
        table.add_column(column, justify="right", no_wrap=True)
    order = {False: 0, True: 1, None: 2}
    for e in sorted(result.expectations, key=lambda e: order[e.success]):
        state = {
            True: Text("passed", "green"),
            False: Text("failed", _COLOURS[e.severity]),
            None: Text("n/a", "dim"),
        }
        counted = e.success is not None and e.articles_checked is not None
        table.add_row(
            state[e.success],
            e.check or f"{e.type}({e.kwargs.get('column', '')})",
            e.severity,
            f"{e.articles_checked:,}" if counted else "",
            f"{e.articles_unexpected:,}" if counted else "",
            f"{e.unexpected_percent:.2f} %" if counted and e.unexpected_percent is not None else "",
        )
    return table


def _expectations(count: int) -> str:
    return f"{count} expectation{'s' * (count != 1)}"


def _shown(text: str, limit: int) -> str:
    """Return text fit for one place on a terminal: on one line, cut, control characters shown and not obeyed."""
    visible = _UNSEEN.sub(lambda m: f"\\u{ord(m[0]):04x}", text.replace("\n", "⏎").replace("\t", " "))
    return visible if len(visible) <= limit else visible[: limit - 1] + "…"
