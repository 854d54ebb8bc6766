"""The summary on one screen: what shuts the gate, with one example each, for a commit hook and other narrow places."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from copydesk.reports.examples import examples
from copydesk.reports.figures import plural
from copydesk.reports.one_line import cut, quoted, shown
from copydesk.reports.places import place
from copydesk.reports.terminal import COLOURS, headline
from copydesk.reports.told import counts, names
from copydesk.result import ExpectationResult, Result

__all__ = ["brief"]

#: Expectations shown with an example. With three lines each, and five more, they leave seven of a screen's
#: twenty-four to what a hook's caller prints around them.
_SHOWN = 4
_WIDEST = 100  # columns


def brief(result: Result, console: Console) -> None:
    """Print at most seventeen lines, none of them wider than the console."""
    width = min(console.width, _WIDEST)
    console.print(Text(headline(result), style="bold green" if result.success else "bold red"), width=width)
    for line in _lines(result, width):
        console.print(line, no_wrap=True, crop=True, width=width)


def _lines(result: Result, width: int) -> Iterator[Text]:
    if not result.failed:
        return
    named = {id(e): name for name, e in zip(names(result), result.expectations, strict=True)}
    shown_first = result.deciding[:_SHOWN]
    for e in shown_first:
        name = cut(named[id(e)], width // 2)
        said = cut(counts(e), width - len(e.severity) - len(name) - 4)
        yield Text.assemble((e.severity, COLOURS[e.severity]), "  ", (name, "bold"), f"  {said}")
        yield from _example(e, result, width)
    rest = [named[id(e)] for e in result.failed if not any(e is other for other in shown_first)]
    if rest:
        also = "also failed" if shown_first else "failed, but shut no gate"
        yield Text(cut(f"{also} ({len(rest):,}): {', '.join(rest)}", width), style="dim")
    read = plural(result.collection.articles, "article")
    yield Text(cut(f"{read} read; in full: {shown(result.command)}", width), style="dim")


def _example(e: ExpectationResult, result: Result, width: int) -> Iterator[Text]:
    for found in examples(e, result, 1):
        where = cut(shown(place(found["file"] or "", found["row"], found["line"])), width - 30)
        text = quoted(found["text"], width - len(where) - 4) if found["text"] else ""
        yield Text(f"  {where}{': ' if text else ''}{text}")
        yield Text(f"    {cut(shown(found['reason'] or ''), width - 4)}", style="dim")
