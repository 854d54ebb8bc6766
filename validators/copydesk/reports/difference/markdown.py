"""The difference in Markdown, for a step summary or a comment. Text of the data stands in code, so it is no markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from copydesk.gate.differences import Difference, Version
from copydesk.outputs import write_text
from copydesk.reports.difference.wording import (
    article_lists,
    articles,
    by_check,
    findings,
    measure_lists,
    values,
)
from copydesk.reports.figures import plural
from copydesk.reports.one_line import trim
from copydesk.reports.places import place

__all__ = ["render", "write"]

_LONGEST = 90  # columns of a text


def write(difference: Difference, path: Path) -> None:
    """Write the difference."""
    write_text(path, render(difference))


def render(difference: Difference) -> str:
    """Return the difference as Markdown."""
    d = difference
    parts = [
        "## copydesk: difference",
        f"**{articles(d)}; {findings(d)}.**",
        f"- old: {_read(d.before)}\n- new: {_read(d.after)}",
    ]
    rows = by_check(d)
    if rows:
        parts.append(_table("| check | severity | new | fixed | for example |", "|---|---|---:|---:|---|", (
            [_code(r.check), r.severity, f"{r.new:,}", f"{r.fixed:,}",
             _code(r.examples[0]["text"] or r.examples[0]["reason"]) if r.examples else ""]
            for r in rows
        )))  # fmt: skip
    for some in article_lists(d):
        parts.append(f"### {some.title}")
        if some.title.startswith("Changed"):
            parts.append("By field: " + ", ".join(f"{f} {n:,}" for f, n in d.fields.items()))
        parts.append(_table("| article | headline | where | what |", "|---|---|---|---|", (
            [_code(r["article_id"]), _code(r["headline"] or ""), _code(place(r["file"], r["row"])),
             ", ".join(r["fields"]) if "fields" in r else f"{r['words']:,} words"]
            for r in some.rows
        ), some.more))  # fmt: skip
    for title, measures, more in measure_lists(d):
        body = ([_code(m.name), *values(m)] for m in measures)
        parts += [f"### {title}", _table("| | old | new |", "|---|---:|---:|", body, more)]
    return "\n\n".join(parts) + "\n"


def _table(head: str, rule: str, rows: Iterator[list[str]], more: int = 0) -> str:
    lines = [head, rule, *(f"| {' | '.join(cells)} |" for cells in rows)]
    if more:
        lines.append(f"| and {more:,} more |" + " |" * (head.count("|") - 2))
    return "\n".join(lines)


def _read(version: Version) -> str:
    counts = f"{plural(version.articles, 'article')} of {plural(version.files, 'file')}"
    return f"{_code(version.path)}, {counts}, {plural(version.findings, 'finding')}"


def _code(text: str) -> str:
    """Return text as a span of code in a table; empty for empty text."""
    one = trim(text.replace("|", "¦").strip(), _LONGEST)
    if not one:
        return ""
    ticks = "`" * (1 + max(map(len, re.findall("`+", one)), default=0))
    return f"{ticks} {one} {ticks}" if one[0] == "`" or one[-1] == "`" else f"{ticks}{one}{ticks}"
