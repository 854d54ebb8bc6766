"""The five category scores: how well a collection keeps what is expected of it, in numbers to be added up by hand.

This is the one place that says how they are made; the page prints the same rules beside the numbers.

- A check's score depends on the share of articles in which it found something, and on the share that its threshold
  (`mostly`) allows. Nothing found is 100. Up to the allowed share it falls in a straight line to 90. Beyond, every
  doubling costs 15, down to 0. So 90 and more means that the expectation holds, less that it does not.
- Where no article may have a finding, the allowed share is taken as one in a thousand, to have something to double.
- A category's score is the mean of its checks' scores, weighted by severity, rounded down: 100 means that nothing at
  all was found. What is not applicable, or has looked at no article, has no weight.
- A check that failed without a share, because it could not be judged, is 0. Expectations that are Great Expectations'
  own belong to no category.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2

from copydesk.checks import FAMILIES
from copydesk.model.result import ExpectationResult, Result
from copydesk.reports.html.check_tables import allowed_share, share_found

__all__ = ["DOUBLING", "HOLDS", "WEIGHTS", "Category", "Scored", "categories", "check_score"]

#: What a check weighs in the mean of its category.
WEIGHTS = {"critical": 10, "warning": 3, "info": 1}

#: The score of a check whose share is exactly what is allowed; what each doubling of that share costs.
HOLDS, DOUBLING = 90, 15

_LEAST_ALLOWED = 0.1  # percent
_MOST_LISTED = 40  # checks of a category


@dataclass(frozen=True, slots=True)
class Scored:
    """A check's part in its category: share and allowed in percent, None where there is none."""

    name: str
    severity: str
    share: float | None
    allowed: float
    score: int
    weight: int

    @property
    def points(self) -> int:
        """What it brings."""
        return self.score * self.weight


@dataclass(frozen=True, slots=True)
class Category:
    """A category: its score, None where nothing in it applies, and what the score is made of, the costliest first."""

    name: str
    score: int | None
    checks: list[Scored]
    unlisted: int
    apart: int
    points: int
    weight: int

    @property
    def band(self) -> str:
        """Which of three colours the score has, or none."""
        if self.score is None:
            return "none"
        return "good" if self.score >= HOLDS else "fair" if self.score >= HOLDS - 40 else "poor"


def check_score(*, success: bool, share: float | None, allowed: float) -> int:
    """Return the score of a check.

    >>> [check_score(success=s <= 1, share=s, allowed=1) for s in (0, 0.5, 1, 2, 4, 100)]
    [100, 95, 90, 75, 60, 0]

    Args:
        success: whether the expectation holds.
        share: of the articles that have findings, in percent.
        allowed: of the articles that may have them, in percent.
    """
    if not share:
        return 100 if success else 0
    ratio = share / max(allowed, _LEAST_ALLOWED)
    if success:
        return min(99, max(HOLDS, round(100 - (100 - HOLDS) * ratio)))
    return min(HOLDS - 1, max(0, round(HOLDS - DOUBLING * log2(ratio))))


def categories(result: Result) -> list[Category]:
    """Return the categories in their order."""
    return [_category(name, [e for e in result.expectations if e.family == name]) for name in FAMILIES]


def _category(name: str, expectations: list[ExpectationResult]) -> Category:
    judged = [e for e in expectations if e.success is not None and e.articles_checked != 0]
    checks = sorted((_scored(e) for e in judged), key=lambda s: (s.points - 100 * s.weight, -s.weight, s.name))
    points, weight = sum(s.points for s in checks), sum(s.weight for s in checks)
    return Category(
        name=name,
        score=points // weight if weight else None,
        checks=checks[:_MOST_LISTED],
        unlisted=max(0, len(checks) - _MOST_LISTED),
        apart=len(expectations) - len(judged),
        points=points,
        weight=weight,
    )


def _scored(e: ExpectationResult) -> Scored:
    share, allowed = share_found(e), allowed_share(e) or 0.0
    return Scored(
        name=e.check or e.type,
        severity=e.severity,
        share=share,
        allowed=allowed,
        score=check_score(success=bool(e.success), share=share, allowed=allowed),
        weight=WEIGHTS[e.severity],
    )
