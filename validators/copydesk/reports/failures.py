"""A failed expectation told in plain lines, the same in JUnit XML, Markdown and annotations.

Every line is fit to be shown (`one_line.shown`): nothing of an article is hidden in it, breaks it or commands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from copydesk.model.result import ExpectationResult, Result
from copydesk.reports.figures import number, percent, plural
from copydesk.reports.one_line import quoted, shown, trimmed
from copydesk.reports.regions import Regions

__all__ = ["allowed", "counts", "names", "tell"]

_WORDS, _SENTENCE, _NAME, _PATH = 200, 240, 120, 400  # columns
_VALUES = 5


def names(result: Result) -> list[str]:
    """Name each expectation, in the order of the suite, no two alike.

    An expectation that stands there more than once is named with its options, and by a number where they do not tell.
    """
    plain = [_name(e) for e in result.expectations]
    several = Counter(plain)
    full = [
        f"{name} ({trimmed(', '.join(f'{k}={v}' for k, v in e.kwargs.items()), _NAME)})"
        if several[name] > 1 and e.kwargs
        else name
        for name, e in zip(plain, result.expectations, strict=True)
    ]
    taken: dict[str, None] = {}
    for name in full:
        numbered = (f"{name} #{n}" for n in count(2))
        taken[name if name not in taken else next(n for n in numbered if n not in taken)] = None
    return list(taken)


def counts(e: ExpectationResult) -> str:
    """Say in how many articles something was found, and how many were allowed; or what was observed."""
    if not _counted(e):
        return trimmed(e.message, _SENTENCE) or "did not hold"
    share = f" ({percent(e.unexpected_percent)})" if e.unexpected_percent is not None else ""
    said = f"{e.articles_unexpected:,} of {plural(e.articles_checked or 0, 'article')}{share}"
    return f"{said}, {limit} allowed" if (limit := allowed(e)) else said


def allowed(e: ExpectationResult) -> str:
    """Say how large a share of the articles may be unexpected; nothing where it does not count them."""
    mostly = e.kwargs.get("mostly", 1.0)
    if not _counted(e) or not isinstance(mostly, int | float):
        return ""
    return f"{number(100 * (1 - mostly))} %"


def tell(e: ExpectationResult, found: Sequence[Mapping[str, Any]], regions: Regions) -> list[str]:
    """Tell what was found beyond the `counts`: examples with reason, place, article and repair, and how many more.

    Args:
        e: the expectation that failed.
        found: its `examples`.
        regions: where places in files are looked up.
    """
    lines = [trimmed(e.message, _SENTENCE)] if e.message and _counted(e) else []
    lines += [quoted(value, _WORDS) for value in e.values[:_VALUES]]
    for row in found:
        lines += _example(row, regions)
    more = e.findings - sum(row["times"] for row in found)
    if found and more > 0:
        lines.append(f"and {plural(more, 'more finding')}")
    return lines


def _counted(e: ExpectationResult) -> bool:
    return e.articles_checked is not None and e.articles_unexpected is not None


def _example(row: Mapping[str, Any], regions: Regions) -> Iterator[str]:
    times = f" ×{row['times']:,}" if row["times"] > 1 else ""
    reason = trimmed(row["reason"] or "", _SENTENCE)
    region = regions.of(row)
    place = trimmed(region.path, _PATH)
    if region.line is not None:
        place += f":{region.line}"
    elif row["row"] is not None:
        place += f", row {row['row']}"
    about = [place]
    if row["field"]:
        about.append(f"article {trimmed(row['article_id'] or '', _NAME)}, {shown(row['field'])}")
    if row["related"]:
        about.append(f"see {trimmed(row['related'], _NAME)}")
    if row["repair"] == "delete":
        about.append("repair: delete")
    elif row["repair"] == "replace":
        about.append(f"repair: replace with {quoted(row['replacement'] or '', _WORDS)}")
    yield f"{quoted(row['text'], _WORDS)}{times}" if row["text"] else reason + times
    if row["text"]:
        yield f"    {reason}"
    yield f"    {'; '.join(about)}"


def _name(e: ExpectationResult) -> str:
    column = e.kwargs.get("column")
    return trimmed(e.check or (f"{e.type}({column})" if column else e.type), _NAME)
