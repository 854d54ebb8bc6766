"""Repairs on the terminal: what changes in an article as a unified diff, and what a run of repairs has done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from copydesk.repair.articles import Repaired
from copydesk.repair.edits import Edit, apply
from copydesk.repair.fixing import Fixed
from copydesk.reports.figures import plural
from copydesk.reports.one_line import printable, trim

__all__ = ["diff_of", "show_diff", "show_fixed"]

_CONTEXT = 1  # lines shown around a change
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]*(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]|$)")
_STYLES = {"-": "red", "+": "green", "@": "cyan"}
_REASONS = 5  # refusals that are shown


def show_diff(article: Repaired, console: Console) -> None:
    """Print the diff of an article; coloured on a terminal."""
    for line in diff_of(article):
        style = "bold" if line.startswith(("---", "+++")) else _STYLES.get(line[:1], "")
        console.print(Text(line, style), soft_wrap=True)


def diff_of(article: Repaired) -> Iterator[str]:
    """Yield the lines of a unified diff of the fields that change, control characters made visible.

    The edits are known, so that nothing is compared: it takes no longer than to read the text.
    """
    for field, edits in article.edits.items():
        text = article.before[field]
        where = printable(f"{article.file}:{article.line or article.row}  {article.article_id}  {field}")
        yield f"--- {where}"
        yield f"+++ {where}"
        yield from _hunks(text, edits)


def _hunks(text: str, edits: Sequence[Edit]) -> Iterator[str]:
    lines = [m.span() for m in _LINE.finditer(text) if m.end() > m.start()]
    moved = 0
    for first, last, own in _groups(lines, edits):
        begin, end = (lines[first][0], lines[last][1]) if lines else (0, 0)
        new = apply(text[begin:end], [Edit(e.start - begin, e.end - begin, e.new) for e in own])
        after = [m[0] for m in _LINE.finditer(new) if m[0]]
        above, below = lines[max(0, first - _CONTEXT) : first], lines[last + 1 : last + 1 + _CONTEXT]
        around = len(above) + len(below)
        start, old = first - len(above) + 1, last - first + 1
        yield f"@@ -{start},{old + around} +{start + moved},{len(after) + around} @@"
        yield from (f" {_shown(text[a:b])}" for a, b in above)
        yield from (f"-{_shown(text[a:b])}" for a, b in lines[first : last + 1])
        yield from (f"+{_shown(line)}" for line in after)
        yield from (f" {_shown(text[a:b])}" for a, b in below)
        moved += len(after) - old


def _groups(lines: Sequence[tuple[int, int]], edits: Sequence[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """Yield the lines, from the first to the last, that change together, with their edits."""
    at = 0
    group: tuple[int, int, list[Edit]] | None = None
    for edit in edits:
        while at < len(lines) - 1 and lines[at][1] <= edit.start:
            at += 1
        last = at
        while last < len(lines) - 1 and lines[last][1] < edit.end:
            last += 1
        whole = edit.start == lines[at][0] and (not edit.new or edit.new.endswith("\n")) if lines else True
        if not whole and last < len(lines) - 1 and edit.end == lines[last][1]:
            last += 1  # the line break goes, so that the next line is joined
        if group and at <= group[1] + 1:
            group = group[0], max(last, group[1]), [*group[2], edit]
            continue
        if group:
            yield group
        group = at, last, [edit]
    if group:
        yield group


def _shown(line: str) -> str:
    return printable(line.rstrip("\r\n")) if line.endswith("\n") else printable(line)


def show_fixed(fixed: Fixed, console: Console, *, output: str | None = None) -> None:
    """Print what a run of repairs has done, or would do."""
    done = "repaired" if fixed.written else "would be repaired"
    made = fixed.made.total()
    console.print(
        Text(f"{plural(fixed.changed, 'article')} of {fixed.articles:,} {done}: {plural(made, 'finding')}", "bold")
    )
    checks = sorted({*fixed.made, *fixed.left}, key=lambda c: (-fixed.made[c], -fixed.left[c], c))
    if checks:
        console.print(_table(fixed, checks))
    for line in _notes(fixed, output):
        console.print(Text(line), soft_wrap=True)


def _table(fixed: Fixed, checks: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("check", no_wrap=True)
    for name in ("repaired" if fixed.written else "to repair", "left", "of these unsafe", "held back"):
        table.add_column(name, justify="right", no_wrap=True)
    for check in checks:
        safe_left = fixed.unsafe[check] - fixed.held_back[check]
        counts = (fixed.made[check], fixed.left[check], max(0, safe_left), fixed.held_back[check])
        table.add_row(Text(printable(check)), *(f"{count:,}" if count else "" for count in counts))
    return table


def _notes(fixed: Fixed, output: str | None) -> Iterator[str]:
    if fixed.unsafe.total() > fixed.held_back.total():
        yield "Unsafe repairs are not made: look at them with --unsafe --diff."
    if fixed.held_back:
        yield f"Held back: {plural(fixed.held_back.total(), 'repair')} would make a finding that was not there before."
    if fixed.unseen:
        yield (
            f"{plural(fixed.unseen, 'finding')} of those left will not be found again: the lines around them are gone"
            " by which they were told."
        )
    yield from _refusals(fixed.refused)
    if fixed.rejected:
        yield f"{plural(len(fixed.rejected), 'row')} could not be read, and {_stays(len(fixed.rejected))}."
    if fixed.quarantined:
        yield f"Quarantine: {plural(fixed.quarantined, 'article')}."
    if fixed.written:
        yield f"Written: {printable(output or 'in place')}"
    else:
        yield "Nothing was written. Name an output with -o, or say --in-place; --diff shows each change."


def _refusals(reasons: Mapping[str, int]) -> Iterator[str]:
    for reason, count in sorted(reasons.items(), key=lambda item: -item[1])[:_REASONS]:
        yield f"{plural(count, 'article')} cannot be written back, and {_stays(count)}: {trim(reason, 120)}."


def _stays(count: int) -> str:
    return "stays as it is" if count == 1 else "stay as they are"
