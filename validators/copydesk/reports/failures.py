"""A failed expectation in plain lines, the same in JUnit XML, Markdown and annotations.

Every line is printable (`one_line.printable`): no text of an article can hide, break the line or give a command.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from copydesk.model.result import ExpectationResult, Result
from copydesk.reports.figures import number, percent, plural
from copydesk.reports.one_line import printable, quotation, trim
from copydesk.reports.regions import Regions

__all__ = ["allowance", "allowed_share", "counts", "detail_lines", "names"]

_WORDS, _SENTENCE, _NAME, _PATH = 200, 240, 120, 400  # columns
_VALUES = 5


def names(result: Result) -> list[str]:
    """Return a name for each expectation, in the order of the suite; no two names are equal.

    Expectations of the same check also have their options in the name, and a number where the options are equal.
    """
    plain = [_name(e) for e in result.expectations]
    occurrences = Counter(plain)
    full = [
        f"{name} ({trim(', '.join(f'{k}={v}' for k, v in e.kwargs.items()), _NAME)})"
        if occurrences[name] > 1 and e.kwargs
        else name
        for name, e in zip(plain, result.expectations, strict=True)
    ]
    unique: dict[str, None] = {}
    for name in full:
        numbered = (f"{name} #{n}" for n in count(2))
        unique[name if name not in unique else next(n for n in numbered if n not in unique)] = None
    return list(unique)


def counts(e: ExpectationResult) -> str:
    """Return how many articles have findings, and how many may; or the message, where articles are not counted."""
    if not _has_counts(e):
        return trim(e.message, _SENTENCE) or "did not hold"
    share = f" ({percent(e.unexpected_percent, allowed_share(e))})" if e.unexpected_percent is not None else ""
    text = f"{e.articles_unexpected:,} of {plural(e.articles_checked or 0, 'article')}{share}"
    return f"{text}, {limit} allowed" if (limit := allowance(e)) else text


def allowance(e: ExpectationResult) -> str:
    """Return the share of articles that may have findings; empty where articles are not counted."""
    allowed = allowed_share(e) if _has_counts(e) else None
    return "" if allowed is None else f"{number(allowed)} %"


def allowed_share(e: ExpectationResult) -> float | None:
    """Return the percentage of articles that may have findings; None where articles are not counted."""
    mostly = e.kwargs.get("mostly", 1.0) if e.articles_checked is not None else None
    return 100 * (1 - mostly) if isinstance(mostly, int | float) and 0 <= mostly <= 1 else None


def detail_lines(e: ExpectationResult, examples: Sequence[Mapping[str, Any]], regions: Regions) -> list[str]:
    """Return the lines below the `counts`: examples with reason, place, article and repair, and how many more.

    Args:
        e: the expectation that failed.
        examples: findings of it, as `copydesk.reports.examples` returns them.
        regions: finds places in files.
    """
    lines = [trim(e.message, _SENTENCE)] if e.message and _has_counts(e) else []
    lines += [quotation(value, _WORDS) for value in e.values[:_VALUES]]
    for row in examples:
        lines += _example(row, regions)
    more = e.findings - sum(row["times"] for row in examples)
    if examples and more > 0:
        lines.append(f"and {plural(more, 'more finding')}")
    return lines


def _has_counts(e: ExpectationResult) -> bool:
    return e.articles_checked is not None and e.articles_unexpected is not None


def _example(row: Mapping[str, Any], regions: Regions) -> Iterator[str]:
    times = f" ×{row['times']:,}" if row["times"] > 1 else ""
    reason = trim(row["reason"] or "", _SENTENCE)
    region = regions.of(row)
    place = trim(region.path, _PATH)
    if region.line is not None:
        place += f":{region.line}"
    elif row["row"] is not None:
        place += f", row {row['row']}"
    about = [place]
    if row["field"]:
        about.append(f"article {trim(row['article_id'] or '', _NAME)}, {printable(row['field'])}")
    if row["related"]:
        about.append(f"see {trim(row['related'], _NAME)}")
    if row["repair"] == "delete":
        about.append("repair: delete")
    elif row["repair"] == "replace":
        about.append(f"repair: replace with {quotation(row['replacement'] or '', _WORDS)}")
    yield f"{quotation(row['text'], _WORDS)}{times}" if row["text"] else reason + times
    if row["text"]:
        yield f"    {reason}"
    yield f"    {'; '.join(about)}"


def _name(e: ExpectationResult) -> str:
    column = e.kwargs.get("column")
    return trim(e.check or (f"{e.type}({column})" if column else e.type), _NAME)
