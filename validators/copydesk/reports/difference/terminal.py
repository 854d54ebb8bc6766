"""The difference on the terminal: one line about all of it, then findings, articles and measures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.text import Text

from copydesk.gate.differences import Difference, Version
from copydesk.reports.difference.wording import article_lists, by_check, headline, measure_lists, values
from copydesk.reports.figures import plural
from copydesk.reports.one_line import quotation, trim
from copydesk.reports.places import place

__all__ = ["summary"]

_COLOURS = {"critical": "bold red", "warning": "yellow", "info": "blue"}
_WIDEST = 100  # columns
_NAME = 60


def summary(difference: Difference, console: Console, *, report: str | None = None) -> None:
    """Print the summary."""
    for line in _lines(difference, min(console.width, _WIDEST)):
        console.print(line, soft_wrap=True)
    if report:
        console.print(Text(f"Report: {trim(report, 200)}"))


def _lines(d: Difference, width: int) -> Iterator[Text]:
    sentence = headline(d)
    yield Text(sentence[0].upper() + sentence[1:], style="bold")
    yield Text(f"old: {_read(d.before)}")
    yield Text(f"new: {_read(d.after)}")
    changed = by_check(d)
    if changed:
        yield Text("\nFindings", style="bold")
    for row in changed:
        counts = f"  {row.new:,} new, {row.fixed:,} fixed"
        yield Text.assemble((row.severity, _COLOURS[row.severity]), "  ", (row.check, "bold"), counts)
        for example in row.examples:
            times = f" ×{example['times']:,}" if example["times"] > 1 else ""
            words = (
                quotation(example["text"], width - 2 - len(times))
                if example["text"]
                else trim(example["reason"], width)
            )
            yield Text.assemble("  ", (words, "reverse"), times)
            yield Text(f"    {_place(example)}", style="dim")
    for articles in article_lists(d):
        yield Text(f"\n{articles.title}", style="bold")
        if articles.title.startswith("Changed"):
            yield Text("  by field: " + ", ".join(f"{f} {n:,}" for f, n in d.fields.items()), style="dim")
        for row_ in articles.rows:
            yield Text(f"  {_article(row_, width)}")
        if articles.more:
            yield Text(f"  and {articles.more:,} more", style="dim")
    for title, measures, more in measure_lists(d):
        yield Text(f"\n{title}", style="bold")
        for measure in measures:
            old, new = values(measure)
            yield Text(f"  {trim(measure.name, _NAME)}: {old} → {new}")
        if more:
            yield Text(f"  and {more:,} more", style="dim")


def _read(version: Version) -> str:
    counts = f"{plural(version.articles, 'article')} of {plural(version.files, 'file')}"
    rejected = f", {plural(version.rejected, 'row')} could not be read" if version.rejected else ""
    return f"{trim(version.path, _WIDEST)}: {counts}{rejected}, {plural(version.findings, 'finding')}"


def _place(finding: dict[str, Any]) -> str:
    return trim(place(finding["file"] or "", finding["row"], finding["line"]), _WIDEST)


def _article(row: dict[str, Any], width: int) -> str:
    words = f"{row['words']:,} words"
    if "fields" in row:
        words = f"{', '.join(row['fields'])}" + (
            f"; {row['words_before']:,} → {words}" if row["words_before"] != row["words"] else ""
        )
    where = trim(place(row["file"], row["row"]), _NAME)
    name = quotation(row["headline"], width // 2) if row["headline"] else trim(row["article_id"], width // 2)
    return f"{name}  {where} ({words})"
