"""The trend of a check: its shares in the runs of a history, as a small line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.reports.figures import percent

__all__ = ["Trend", "trend"]

_WIDTH, _HEIGHT = 100, 16


@dataclass(frozen=True, slots=True)
class Trend:
    """A line in a box of 100 by 16, and the shares of the first and the last earlier run in words."""

    points: str
    words: str


def trend(earlier: Sequence[float], now: float | None) -> Trend | None:
    """Draw the shares of earlier runs and of this one, in percent, from 0 to the highest; None without earlier runs.

    >>> trend([4, 2], 1)
    Trend(points='0,1 50,8 100,11.5', words='4.0 % → 2.0 %')
    """
    if not earlier or now is None:
        return None
    shares = [*earlier, now]
    most = max(shares) or 1
    step = _WIDTH / (len(shares) - 1)
    points = " ".join(f"{n * step:.4g},{_HEIGHT - 1 - (_HEIGHT - 2) * s / most:.4g}" for n, s in enumerate(shares))
    if len(earlier) == 1:
        return Trend(points, f"was {percent(earlier[0])}")
    return Trend(points, f"{percent(earlier[0])} → {percent(earlier[-1])}")
