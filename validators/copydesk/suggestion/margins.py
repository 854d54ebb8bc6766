"""Margins: how much more than was observed a suite allows, so that the next good collection passes too."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = ["MOST_ALLOWED", "Limits", "allowed_share", "limits"]

#: Whatever a collection has more of is said to be bad, and not allowed: the share of its articles, by severity.
MOST_ALLOWED = {"critical": 0.02, "warning": 0.05, "info": 0.20}

#: So many standard errors above what was observed: a collection of the same quality fails one time in 700.
_ERRORS = 3.0

#: Limits of lengths lie so many robust standard deviations from the median, of logarithms.
_DEVIATIONS = 4.0
#: A standard deviation, in median absolute deviations of a normal distribution; and the least one, for equal lengths.
_NORMAL, _LEAST_DEVIATION = 1.4826, 0.1

Limits = tuple[int, int]


def allowed_share(observed: int, of: int, most: float) -> float | None:
    """Return the share of articles that a suite allows: the upper end of Wilson's interval, in thousandths.

    Args:
        observed: how many articles have it.
        of: how many articles there are.
        most: no more than this is ever allowed.

    Returns:
        The share; None where so many have it that it is not allowed but bad.

    >>> allowed_share(2, 1000, 0.05), allowed_share(0, 1000, 0.05), allowed_share(90, 1000, 0.05)
    (0.013, 0.009, None)
    """
    if not of:
        return None
    share, square = observed / of, _ERRORS**2
    if share > most:
        return None
    spread = _ERRORS * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    upper = (share + square / (2 * of) + spread) / (1 + square / of)
    return max(min(_up(upper), most), _up(share))


def _up(share: float) -> float:
    return math.ceil(round(share * 1000, 6)) / 1000


def limits(lengths: Sequence[int]) -> Limits:
    """Return the least and the greatest length that are plausible, given some that are mostly good.

    They lie around the median, by the median absolute deviation of the logarithms, so that a few articles that are far
    too long or too short change nothing.

    >>> low, high = limits([400] * 50 + [500] * 50 + [90_000])
    >>> low < 400 and 500 < high < 5_000
    True
    """
    logs = sorted(math.log(max(length, 1)) for length in lengths)
    middle = logs[len(logs) // 2]
    deviations = sorted(abs(value - middle) for value in logs)
    spread = max(_NORMAL * deviations[len(deviations) // 2], _LEAST_DEVIATION) * _DEVIATIONS
    return _two_digits(math.exp(middle - spread), math.floor), _two_digits(math.exp(middle + spread), math.ceil)


def _two_digits(value: float, rounded: object) -> int:
    unit = 10 ** max(len(str(int(value))) - 2, 0)
    return int(math.floor(value / unit) * unit if rounded is math.floor else math.ceil(value / unit) * unit)
