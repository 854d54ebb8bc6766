"""A summary in Markdown, for GitHub's step summary or a comment.

Text of the data stands in code: there Markdown makes no link, no mention and no HTML of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from copydesk.checks import SEVERITIES
from copydesk.model.result import ExpectationResult, Result
from copydesk.outputs import write_text
from copydesk.reports.examples import examples
from copydesk.reports.failures import allowance, counts, detail_lines, names
from copydesk.reports.figures import percent, plural
from copydesk.reports.one_line import cut, printable, trim
from copydesk.reports.regions import Regions
from copydesk.reports.verdict import verdict

__all__ = ["render", "write"]

_ROWS, _SECTIONS, _EXAMPLES = 60, 20, 3
_PUBLISHERS = 20  # rows
_LONGEST = 100  # columns of a name
_BAR = "\\u007c"  # a bar would end the cell

#: The most characters. GitHub takes 65,536 in a comment, and a mark and a link come with it.
_MOST = 64_000


def write(result: Result, path: Path) -> None:
    """Write the summary of a run."""
    write_text(path, render(result))


def render(result: Result) -> str:
    """Return the summary of a run as Markdown."""
    failed = [(name, e) for name, e in zip(names(result), result.expectations, strict=True) if e.success is False]
    failed.sort(key=lambda pair: SEVERITIES.index(pair[1].severity))
    outcome = verdict(result)
    parts = [f"## copydesk: {outcome.word.lower()}", f"**{outcome}.**", _read(result)]
    if result.baseline:
        parts.append(f"Against the baseline: {result.baseline}.")
    if result.accepted:
        parts.append(f"Accepted findings: {result.accepted}.")
    if failed:
        parts.append("\n".join(_table(failed)))
    parts += _new_by_publisher(result)
    by_check, regions = examples(result, _EXAMPLES), Regions()
    for name, e in failed[:_SECTIONS]:
        lines = [counts(e), *detail_lines(e, by_check.get(e.check or "", []), regions)]
        parts.append(_fold(f"{e.severity}: <code>{_html(name)}</code>", "\n".join(lines)))
    for title, state in (("Passed", True), ("Not applicable", None)):
        group = [n for n, e in zip(names(result), result.expectations, strict=True) if e.success is state]
        if group:
            parts.append(_fold(f"{title} ({len(group):,})", "\n".join(_list_names(group))))
    if result.command:
        parts.append(_fold("Repeat it", trim(result.command, 2000)))
    return _fitting(parts)


def _new_by_publisher(result: Result) -> list[str]:
    """Return a table of the publishers with new findings, most articles first; none without a baseline."""
    if result.baseline is None or result.overview is None or not result.baseline.new:
        return []
    rows = sorted(
        (
            (articles, publisher.name, check)
            for publisher in result.overview.publishers
            for check, (articles, _) in zip(result.overview.checks, publisher.by_check, strict=True)
            if articles
        ),
        key=lambda row: (-row[0], *row[1:]),
    )
    lines = [
        f"| {_code(printable(name).replace('|', _BAR))} | {_code(check.replace('|', _BAR))} | {articles:,} |"
        for articles, name, check in rows[:_PUBLISHERS]
    ]
    head = ["| publisher | check | articles with new findings |", "|---|---|---:|"]
    more = [f"| and {len(rows) - _PUBLISHERS:,} more | | |"] if len(rows) > _PUBLISHERS else []
    return ["\n".join([*head, *lines, *more])] if rows else []


def _fitting(parts: list[str]) -> str:
    """Join the parts that fit into a comment of GitHub; say how many were left out."""
    kept, room = [], _MOST
    for part in parts:
        if len(part) + 2 <= room:
            kept.append(part)
            room -= len(part) + 2
    if len(kept) < len(parts):
        kept.append(f"{plural(len(parts) - len(kept), 'section')} did not fit here; the report has them.")
    return "\n\n".join(kept) + "\n"


def _read(result: Result) -> str:
    read = result.collection
    amount = f"{plural(read.articles, 'article')} of {plural(read.files, 'file')}"
    text = f"{amount}, suite {_code(printable(result.suite))}."
    return text + (f" {plural(len(result.rejected), 'row')} could not be read." if result.rejected else "")


def _table(failed: list[tuple[str, ExpectationResult]]) -> Iterator[str]:
    yield "| failed | severity | articles | with findings | share | allowed |"
    yield "|---|---|---:|---:|---:|---:|"
    for name, e in failed[:_ROWS]:
        has_counts = e.articles_checked is not None and e.articles_unexpected is not None
        numbers = (f"{e.articles_checked:,}", f"{e.articles_unexpected:,}") if has_counts else ("", "")
        share = percent(e.unexpected_percent) if has_counts and e.unexpected_percent is not None else ""
        cells = (_code(name.replace("|", _BAR)), e.severity, *numbers, share, allowance(e) if has_counts else "")
        yield f"| {' | '.join(cells)} |"
    if len(failed) > _ROWS:
        yield f"| and {len(failed) - _ROWS:,} more | | | | | |"


def _list_names(names: list[str]) -> Iterator[str]:
    yield from names[:_ROWS]
    if len(names) > _ROWS:
        yield f"and {len(names) - _ROWS:,} more"


def _fold(title: str, text: str) -> str:
    """Return text as a block of code that is folded away. The title is HTML."""
    fence = "`" * max(3, 1 + _longest_run(text))
    return f"<details><summary>{title}</summary>\n\n{fence}text\n{text}\n{fence}\n\n</details>"


def _code(text: str) -> str:
    """Return text as a span of code."""
    ticks = "`" * (1 + _longest_run(text))
    space = " " if ticks != "`" or text != text.strip() or not text else ""
    return f"{ticks}{space}{cut(text, _LONGEST)}{space}{ticks}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def _html(text: str) -> str:
    """Return text for an HTML element, with every character escaped that Markdown would read."""
    return re.sub(r"[^\w\s.()-]", lambda m: f"&#{ord(m[0])};", text)
