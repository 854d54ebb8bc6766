"""A result in at most ten lines, for a Python prompt: what `repr(result)` says."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.model.result import Result
from copydesk.reports.examples import examples
from copydesk.reports.failures import counts, names
from copydesk.reports.figures import plural
from copydesk.reports.one_line import cut, printable, quotation, trim
from copydesk.reports.verdict import verdict

__all__ = ["MORE", "lines"]

#: What a result offers, for whoever sees one for the first time.
MORE = ".failed  .expectations  .rejected  .findings.collect() is a polars frame, a row a finding"

_SHOWN = 3  # failed expectations, two lines each: with four other lines these are ten
_WIDEST = 100  # columns


def lines(result: Result) -> list[str]:
    """Return the verdict, what was read, the worst failures with an example each, and what the result offers."""
    read = result.collection
    amount = f"{plural(read.articles, 'article')} of {plural(read.files, 'file')}, suite {printable(result.suite)}"
    if result.rejected:
        amount += f"; {plural(len(result.rejected), 'row')} could not be read"
    shown = [f"copydesk.Result: {verdict(result)}", amount, *_failures(result), MORE]
    return [cut(line, _WIDEST) for line in shown]


def _failures(result: Result) -> Iterator[str]:
    name_of = {id(e): name for name, e in zip(names(result), result.expectations, strict=True)}
    by_check = examples(result, 1) if result.failed else {}
    for e in result.failed[:_SHOWN]:
        yield f"{e.severity:<8}  {name_of[id(e)]}: {counts(e)}"
        for example in by_check.get(e.check or "", []):
            times = f" ×{example['times']:,}" if example["times"] > 1 else ""
            room = _WIDEST - 10 - len(times)
            words = quotation(example["text"], room) if example["text"] else trim(example["reason"] or "", room)
            yield f"          {words}{times}"
    more = len(result.failed) - _SHOWN
    if more > 0:
        yield f"          and {plural(more, 'more expectation')} that did not hold"
