"""The proof: plant each kind of defect in clean articles, and count how many of them a suite finds."""

from __future__ import annotations

import copy
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from copydesk.checks.suite import Suite
from copydesk.engine.collection import findings_of
from copydesk.evaluate.planting import Article, Defect, Planter, all_planters
from copydesk.model.article import FIELDS

__all__ = ["Proof", "false_alarms", "prove"]


@dataclass(frozen=True, slots=True)
class Proof:
    """The result for one kind of defect: how many were planted and found, in all and by the articles' language.

    missed: the articles in which it was not found, by their place in the collection.
    """

    check: str
    kind: str
    planted: int
    found: int
    by_language: dict[str, tuple[int, int]]
    missed: tuple[int, ...]

    @property
    def share(self) -> float:
        """The share of planted defects that was found."""
        return self.found / self.planted


def prove(articles: Sequence[Article], suite: Suite, *, seed: int = 0) -> list[Proof]:
    """Plant every defect that the checks of a suite must find, one kind at a time.

    Args:
        articles: clean articles.
        suite: the checks, with their options.
        seed: decides the random numbers, and so what is planted where.

    Returns:
        A proof for each kind of defect that has a planter and could be planted, in the suite's order.
    """
    planters = all_planters()
    return [
        proof
        for key, check in suite.checks.items()
        for kind, planter in planters.get(check.name, {}).items()
        if (proof := _proof(articles, _only(suite, key), check.name, kind, planter, random.Random(seed))) is not None
    ]


def false_alarms(articles: Sequence[Article], suite: Suite) -> Counter[str]:
    """Return for each check the number of clean articles in which it has a finding."""
    findings = findings_of([_frame(articles)], suite).select("check", "row").unique()
    return Counter(findings["check"].to_list())


def _proof(
    articles: Sequence[Article], suite: Suite, check: str, kind: str, planter: Planter, chance: random.Random
) -> Proof | None:
    before = findings_of([_frame(articles)], suite)
    noisy = set(before["row"].to_list())  # a finding there would prove nothing
    quiet = [n for n in range(len(articles)) if n + 1 not in noisy]
    changed = copy.deepcopy([articles[n] for n in quiet])
    defects = planter(changed, chance)
    if not defects:
        return None
    spans = defaultdict(list)
    for row, field, start, end in (
        findings_of([_frame(changed)], suite).select("row", "field", "start", "end").iter_rows()
    ):
        spans[row - 1].append((field, start, end))
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed = []
    for defect in defects:
        language = changed[defect.article].get("language") or "?"
        planted[language] += 1
        if any(_meets(defect, *span) for span in spans[defect.article]):
            found[language] += 1
        else:
            missed.append(quiet[defect.article] if defect.article < len(quiet) else defect.article)
    return Proof(
        check, kind, planted.total(), found.total(), {k: (found[k], n) for k, n in planted.most_common()}, tuple(missed)
    )


def _meets(defect: Defect, field: str, start: int, end: int) -> bool:
    if defect.start is None or defect.end is None:
        return True
    return field == defect.field and start < defect.end and end > defect.start


def _only(suite: Suite, key: str) -> Suite:
    return replace(suite, entries=tuple(e for e in suite.entries if e.check is not None and e.check.key == key)[:1])


def _frame(articles: Sequence[Article]) -> pl.DataFrame:
    there = [f for f in FIELDS if any(a.get(f) is not None for a in articles)]
    frame = pl.DataFrame({f: [a.get(f) for a in articles] for f in there}, schema=dict.fromkeys(there, pl.String))
    row = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
    return frame.with_columns(file=pl.lit("articles"), row=row, line=row)
