"""The entries of a suggested suite: each an expectation with the evidence for it, or what is bad instead."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from copydesk.checks import CollectionCheck, RowCheck, expectation_type
from copydesk.checks.suite import Entry, Suite
from copydesk.lazy import pl
from copydesk.suggestion.evidence import Evidence
from copydesk.suggestion.margins import MOST_ALLOWED, allowed_share, limits

__all__ = ["Suggested", "all_entries", "suite_text"]

#: A field that more articles lack is not expected; values are listed of a column that has at most so many.
_LACKING, _LISTED = 0.05, {"publisher": 200, "language": 40}

#: A section or a publisher has limits of its own if it has so many articles, and a median so much apart from all.
_LARGE, _APART, _GROUPS = 30, 2.0, 12

#: Findings that are quoted of what is bad.
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Suggested:
    """An expectation and its evidence. If it is `bad`, it is no part of the suite: the evidence says why."""

    type: str
    kwargs: dict[str, Any]
    evidence: str
    bad: bool = False
    severity: str | None = None
    examples: Sequence[tuple[str, str]] = ()

    @property
    def name(self) -> str:
        """The check, or the column."""
        column = self.kwargs.get("column")
        return str(column) if column else self.type.removeprefix("expect_news_").replace("_", "-")

    def lines(self) -> Iterator[str]:
        """Yield the lines of the suite's file."""
        entry = {"type": self.type} | ({"severity": self.severity} if self.severity else {}) | {"kwargs": self.kwargs}
        written = json.dumps(entry, ensure_ascii=False)
        if not self.bad:
            yield f"  # {self.evidence}"
            yield f"  - {_escaped(written)}"
            return
        yield f"  # BAD, and left out: {self.evidence}"
        for article, reason in self.examples:
            yield _escaped(f"  #   {' '.join(article.split())}: {' '.join(reason.split())}")
        yield f"  # Repair them, then put this in:  - {_escaped(written)}"


def _escaped(text: str) -> str:
    """Return text without characters that YAML does not take; within quotes, it reads them back."""
    return re.sub(
        "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", text
    )


def all_entries(evidence: Evidence, suite: Suite) -> list[Suggested]:
    """Return the entries: first the checks of a suite, then the columns, then the lengths."""
    found = evidence.with_findings()
    checks = [s for entry in suite.entries for s in _of_check(entry, evidence, found)]
    return [*checks, *_of_fields(evidence), *_of_values(evidence), *_of_years(evidence), *_of_lengths(evidence)]


def _of_check(entry: Entry, evidence: Evidence, found: dict[str, int]) -> Iterator[Suggested]:
    check = entry.check
    if check is None or not set(evidence.run.columns).issuperset(check.needs):
        return
    count = found.get(check.key, 0)
    kwargs = {name: value for name, value in entry.kwargs.items() if name != "mostly"}
    severity = entry.severity if entry.severity != check.severity else None
    kind = expectation_type(check.name)
    examples = evidence.examples(check.key, _EXAMPLES) if count else []
    whole = isinstance(check, RowCheck) or (isinstance(check, CollectionCheck) and "mostly" not in entry.kwargs)
    if whole:
        what = "rows could not be read" if isinstance(check, RowCheck) else "articles have a finding"
        yield Suggested(kind, kwargs, f"observed {count:,} {what}, none is allowed", bool(count), severity, examples)
        return
    most = MOST_ALLOWED[entry.severity]
    allowed = allowed_share(count, evidence.articles, most)
    said = f"observed {_percent(count, evidence.articles)} ({count:,} of {evidence.articles:,})"
    if allowed is None:
        bad = f"{check.name}: {said}; for {entry.severity} no more than {_percent(most, 1)} is ever allowed"
        yield Suggested(kind, kwargs | {"mostly": 1 - most}, bad, True, severity, examples)
    else:
        said += f", allowed {_percent(allowed, 1)}"
        yield Suggested(kind, kwargs | {"mostly": round(1 - allowed, 3)}, said, severity=severity)


def _of_fields(evidence: Evidence) -> Iterator[Suggested]:
    """Yield which columns must be there."""
    kind = "expect_column_values_to_not_be_null"
    for field, count in evidence.filled().items():
        lacking = evidence.articles - count
        allowed = allowed_share(lacking, evidence.articles, _LACKING)
        said = f"{field} is missing in {_percent(lacking, evidence.articles)} ({lacking:,} of {evidence.articles:,})"
        if allowed is not None:
            mostly = round(1 - allowed, 3)
            yield Suggested(
                kind,
                {"column": field, "mostly": mostly},
                f"{said}, allowed {_percent(allowed, 1)}",
                severity="critical",
            )
        elif count and lacking < evidence.articles / 2:
            yield Suggested(kind, {"column": field, "mostly": 1 - _LACKING}, said, True, "warning")


def _of_values(evidence: Evidence) -> Iterator[Suggested]:
    """Yield which publishers and languages are known."""
    for column, most in _LISTED.items():
        values = evidence.values(column)
        if not values or len(values) > most:
            continue
        total = sum(count for _, count in values)
        allowed = allowed_share(0, total, _LACKING) or 0.0
        named = ", ".join(f"{value} {count:,}" for value, count in values[:3])
        said = f"{len(values)} values of {column}; the most frequent: {named}; others allowed {_percent(allowed, 1)}"
        kwargs = {"column": column, "value_set": [value for value, _ in values], "mostly": round(1 - allowed, 3)}
        yield Suggested("expect_column_values_to_be_in_set", kwargs, " ".join(said.split()), severity="warning")


def _of_years(evidence: Evidence) -> Iterator[Suggested]:
    """Yield the range of dates, by years: those between the first and the last that are no outliers."""
    counted = sorted((year, count) for year, count in evidence.values("year"))
    dated = evidence.filled().get("published", 0)
    total = sum(count for _, count in counted)
    if not total or total < 0.95 * dated:  # dates of another form: no range can be said
        return
    years = [int(year) for year, count in counted if count >= 0.001 * total]
    inside = sum(count for year, count in counted if years[0] <= int(year) <= years[-1])
    outside = dated - inside
    allowed = allowed_share(outside, dated, _LACKING)
    if allowed is None or years[-1] - years[0] > 200:
        return
    pattern = rf"^\s*(?:{'|'.join(map(str, range(years[0], years[-1] + 1)))})-"
    said = f"published from {years[0]} to {years[-1]}: {outside:,} of {dated:,} outside, allowed {_percent(allowed, 1)}"
    kwargs = {"column": "published", "regex": pattern, "mostly": round(1 - allowed, 3)}
    yield Suggested("expect_column_values_to_match_regex", kwargs, said, severity="warning")


def _of_lengths(evidence: Evidence) -> Iterator[Suggested]:
    """Yield how many words a body may have; of sections and publishers that differ, by themselves."""
    lengths = evidence.lengths()
    if len(lengths) < 2:
        return
    column = next((c for c in ("section", "publisher") if len(evidence.values(c)) > 1), None)
    apart: list[tuple[str, Sequence[int]]] = []
    for value, count in evidence.values(column)[: _LISTED["publisher"]] if column else []:
        of_value = evidence.lengths(pl.col(column) == value) if column and count >= _LARGE else []
        if of_value and not 1 / _APART < _median(of_value) / max(_median(lengths), 1) < _APART:
            apart.append((value, of_value))
    for value, of_value in apart[:_GROUPS]:
        condition = _condition(column, "==", value)
        yield from _between(of_value, f"words of a body where {column} is {value}", [condition])
    others = [_condition(column, "!=", value) for value, _ in apart[:_GROUPS]]
    if column and others:
        rest = evidence.lengths(~pl.col(column).is_in([value for value, _ in apart[:_GROUPS]]).fill_null(False))
        yield from _between(rest, f"words of a body, of all other {column}s", others)
    else:
        yield from _between(lengths, "words of a body", [])


def _between(lengths: Sequence[int], what: str, conditions: list[dict[str, Any]]) -> Iterator[Suggested]:
    if len(lengths) < 2:
        return
    low, high = limits(lengths)
    outside = sum(not low <= n <= high for n in lengths)
    allowed = allowed_share(outside, len(lengths), _LACKING)
    said = f"{what}: median {_median(lengths):,}; {outside:,} of {len(lengths):,} outside"
    kwargs: dict[str, Any] = {"column": "words", "min_value": low, "max_value": high}
    if len(conditions) == 1:
        kwargs["row_condition"] = conditions[0]
    elif conditions:
        kwargs["row_condition"] = {"type": "and", "conditions": conditions}
    kind = "expect_column_values_to_be_between"
    if allowed is None:
        yield Suggested(kind, kwargs | {"mostly": 1 - _LACKING}, " ".join(said.split()), True, "warning")
    else:
        said = " ".join(f"{said}, allowed {_percent(allowed, 1)}".split())
        yield Suggested(kind, kwargs | {"mostly": round(1 - allowed, 3)}, said, severity="warning")


def _condition(column: str | None, operator: str, value: str) -> dict[str, Any]:
    return {"type": "comparison", "column": {"name": column}, "operator": operator, "parameter": value}


def _median(ordered: Sequence[int]) -> int:
    return ordered[len(ordered) // 2]


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / max(whole, 1):.1f} %"


def suite_text(name: str, head: Sequence[str], entries: Sequence[Suggested]) -> str:
    """Return the file of a suite."""
    lines = [*(_escaped(f"# {line}") for line in head), f"name: {json.dumps(name)}", "expectations:"]
    ordered = sorted(entries, key=lambda entry: entry.bad)
    return "\n".join([*lines, *(_escaped(line) for entry in ordered for line in entry.lines())]) + "\n"
