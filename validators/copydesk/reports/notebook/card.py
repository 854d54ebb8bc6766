"""A result as a card in a notebook: the verdict, a table of what failed, and its first examples.

The card has no script, no address and no style sheet: a notebook may be shown anywhere. Every text of the data is
escaped. The classes keep MathJax from taking dollar signs for formulas. The colours are those of the notebook.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from copydesk.model.result import ExpectationResult, Result
from copydesk.reports.examples import examples
from copydesk.reports.failures import allowance, names
from copydesk.reports.figures import percent, plural
from copydesk.reports.notebook.plain import MORE
from copydesk.reports.one_line import printable, quotation, trim
from copydesk.reports.places import place
from copydesk.reports.verdict import verdict

__all__ = ["render"]

_ROWS, _EXAMPLES = 12, 3  # failed expectations, and different words of each
_WORDS, _REASON, _PLACE = 120, 160, 80  # columns

_CARD = Markup(
    '<div class="tex2jax_ignore mathjax_ignore" style="border:1px solid currentColor;border-radius:6px;'
    'padding:.6em 1em;max-width:60em;overflow-x:auto">{}</div>'
)
_CELL = Markup('<td style="text-align:{};vertical-align:top;padding:.1em .8em .1em 0">{}</td>')
_HEAD = Markup('<th scope="col" style="text-align:{};padding:.1em .8em .1em 0">{}</th>')
_COLUMNS = (
    ("failed", "left"),
    ("severity", "left"),
    ("articles", "right"),
    ("with findings", "right"),
    ("share", "right"),
    ("allowed", "right"),
)


def render(result: Result) -> str:
    """Return the card as HTML."""
    read = result.collection
    amount = f"{plural(read.articles, 'article')} of {plural(read.files, 'file')}, suite {printable(result.suite)}"
    if result.rejected:
        amount += f"; {plural(len(result.rejected), 'row')} could not be read"
    outcome = verdict(result)
    parts = [Markup("<p><strong>{}</strong>: {}</p><p>{}</p>").format(outcome.word, outcome.sentence, amount)]
    if result.baseline:
        parts.append(Markup("<p>Against the baseline: {}</p>").format(result.baseline))
    if result.failed:
        parts += [_table(result), *_examples(result)]
    parts.append(Markup("<p><small>{}</small></p>").format(MORE))
    return str(_CARD.format(Markup("").join(parts)))


def _table(result: Result) -> Markup:
    name_of = {id(e): name for name, e in zip(names(result), result.expectations, strict=True)}
    rows = [_row(name_of[id(e)], e) for e in result.failed[:_ROWS]]
    more = len(result.failed) - _ROWS
    if more > 0:
        rows.append(Markup('<tr><td colspan="6">and {} more</td></tr>').format(f"{more:,}"))
    head = Markup("").join(_HEAD.format(side, title) for title, side in _COLUMNS)
    return Markup('<table style="border-collapse:collapse"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(
        head, Markup("").join(rows)
    )


def _row(name: str, e: ExpectationResult) -> Markup:
    share = percent(e.unexpected_percent) if e.unexpected_percent is not None else ""
    numbers = ["" if n is None else f"{n:,}" for n in (e.articles_checked, e.articles_unexpected)]
    cells = (name, e.severity, *numbers, share, allowance(e))
    filled = (_CELL.format(side, cell) for cell, (_, side) in zip(cells, _COLUMNS, strict=True))
    return Markup("<tr>{}</tr>").format(Markup("").join(filled))


def _examples(result: Result) -> Iterator[Markup]:
    by_check = examples(result, _EXAMPLES)
    for check in dict.fromkeys(e.check for e in result.failed[:_ROWS] if e.check in by_check):
        items = Markup("").join(map(_example, by_check[check or ""]))
        yield Markup("<details><summary>{}</summary><ul>{}</ul></details>").format(check, items)


def _example(finding: dict[str, Any]) -> Markup:
    words = Markup("<mark>{}</mark> ").format(quotation(finding["text"], _WORDS)) if finding["text"] else Markup("")
    times = f"×{finding['times']:,} " if finding["times"] > 1 else ""
    where = trim(place(finding["file"] or "", finding["row"], finding["line"]), _PLACE)
    return Markup("<li>{}{}{}<br><small>{}</small></li>").format(
        words, times, trim(finding["reason"] or "", _REASON), where
    )
