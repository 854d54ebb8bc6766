"""The five category scores: how well a collection meets what is expected of it. Anyone can add them up by hand.

The rules stand here, and the page prints the same rules beside the numbers.

- A check's score depends on two shares of articles: those with findings, and those that may have them (`mostly`). No
  finding scores 100. Up to the allowed share the score falls in a straight line to 90. Beyond it, each doubling costs
  15, down to 0. So the expectation holds from 90 on, and fails below.
- Where no article may have a finding, the allowed share counts as one in a thousand, so that it can be doubled.
- A category's score is the mean of its checks' scores, weighted by severity and rounded down. So 100 means no finding
  at all. A check that does not apply, or that looked at no article, has no weight.
- A check that could not be judged scores 0. Expectations of Great Expectations' own belong to no category.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2

from copydesk.checks import FAMILIES
from copydesk.model.result import ExpectationResult, Result
from copydesk.reports.failures import allowed_share
from copydesk.reports.html.check_tables import share_found

__all__ = ["DOUBLING", "HOLDS", "WEIGHTS", "Category", "CheckScore", "categories", "check_score"]

#: The weight of a check in the mean of its category.
WEIGHTS = {"critical": 10, "warning": 3, "info": 1}

#: The score of a check that has exactly the allowed share, and the cost of each doubling of that share.
HOLDS, DOUBLING = 90, 15

_LEAST_ALLOWED = 0.1  # percent
_MOST_LISTED = 40  # checks of a category


@dataclass(frozen=True, slots=True)
class CheckScore:
    """A check's part in its category; `share` and `allowed` are in percent, and a share may be unknown (None)."""

    name: str
    severity: str
    share: float | None
    allowed: float
    score: int
    weight: int

    @property
    def points(self) -> int:
        """The points that it adds to its category."""
        return self.score * self.weight


@dataclass(frozen=True, slots=True)
class Category:
    """A category: its score (None if none of its checks applies), and its checks, the costliest first."""

    name: str
    score: int | None
    checks: list[CheckScore]
    unlisted: int
    apart: int
    points: int
    weight: int

    @property
    def band(self) -> str:
        """The colour of the score: good, fair, poor or none."""
        if self.score is None:
            return "none"
        return "good" if self.score >= HOLDS else "fair" if self.score >= HOLDS - 40 else "poor"


def check_score(*, success: bool, share: float | None, allowed: float) -> int:
    """Return the score of a check.

    >>> [check_score(success=s <= 1, share=s, allowed=1) for s in (0, 0.5, 1, 2, 4, 100)]
    [100, 95, 90, 75, 60, 0]

    Args:
        success: whether the expectation holds.
        share: the articles that have findings, in percent.
        allowed: the articles that may have them, in percent.
    """
    if not share:
        return 100 if success else 0
    ratio = share / max(allowed, _LEAST_ALLOWED)
    if success:
        return min(99, max(HOLDS, round(100 - (100 - HOLDS) * ratio)))
    return min(HOLDS - 1, max(0, round(HOLDS - DOUBLING * log2(max(ratio, 1)))))


#: The families that a suite names on purpose.
_OPTIONAL = ("privacy",)


def categories(result: Result) -> list[Category]:
    """Return the categories in their order; one that most suites leave out only where the suite has a check of it."""
    by_name = {name: [e for e in result.expectations if e.family == name] for name in FAMILIES}
    return [_category(name, some) for name, some in by_name.items() if some or name not in _OPTIONAL]


def _category(name: str, expectations: list[ExpectationResult]) -> Category:
    applicable = [e for e in expectations if e.success is not None and e.articles_checked != 0]
    checks = sorted((_score_check(e) for e in applicable), key=lambda s: (s.points - 100 * s.weight, -s.weight, s.name))
    points, weight = sum(s.points for s in checks), sum(s.weight for s in checks)
    return Category(
        name=name,
        score=points // weight if weight else None,
        checks=checks[:_MOST_LISTED],
        unlisted=max(0, len(checks) - _MOST_LISTED),
        apart=len(expectations) - len(applicable),
        points=points,
        weight=weight,
    )


def _score_check(e: ExpectationResult) -> CheckScore:
    share, allowed = share_found(e), allowed_share(e) or 0.0
    return CheckScore(
        name=e.check or e.type,
        severity=e.severity,
        share=share,
        allowed=allowed,
        score=check_score(success=bool(e.success), share=share, allowed=allowed),
        weight=WEIGHTS[e.severity],
    )
