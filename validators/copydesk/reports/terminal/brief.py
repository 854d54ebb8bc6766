"""The summary on one screen, for a commit hook: what shuts the gate, with one example each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from copydesk.model.result import Result
from copydesk.reports.examples import examples
from copydesk.reports.failures import counts, names
from copydesk.reports.figures import plural
from copydesk.reports.one_line import cut, printable, quotation, trim
from copydesk.reports.places import place
from copydesk.reports.terminal.summary import COLOURS, headline

__all__ = ["brief"]

#: Expectations with an example: three lines each. Five more lines make 17 of a screen's 24; the program that runs the
#: hook prints around them.
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
    name_of = {id(e): name for name, e in zip(names(result), result.expectations, strict=True)}
    shown_first = result.deciding[:_SHOWN]
    by_check = examples(result, 1)
    for e in shown_first:
        name = cut(name_of[id(e)], width // 2)
        amount = cut(counts(e), width - len(e.severity) - cell_len(name) - 4)
        yield Text.assemble((e.severity, COLOURS[e.severity]), "  ", (name, "bold"), f"  {amount}")
        for example in by_check.get(e.check or "", []):
            yield from _example(example, width)
    rest = [name_of[id(e)] for e in result.failed if not any(e is other for other in shown_first)]
    if rest:
        also = "also failed" if shown_first else "failed, but shut no gate"
        yield Text(cut(f"{also} ({len(rest):,}): {', '.join(rest)}", width), style="dim")
    read = str(result.baseline) if result.baseline else f"{plural(result.collection.articles, 'article')} read"
    read += f"; {result.accepted}" if result.accepted else ""
    yield Text(cut(f"{read}; in full: {printable(result.command)}", width), style="dim")


def _example(finding: Mapping[str, Any], width: int) -> Iterator[Text]:
    where = trim(place(finding["file"] or "", finding["row"], finding["line"]), width - 30)
    text = quotation(finding["text"], width - cell_len(where) - 4) if finding["text"] else ""
    yield Text(f"  {where}{': ' if text else ''}{text}")
    yield Text(f"    {trim(finding['reason'] or '', width - 4)}", style="dim")
