"""Sorted arrays of whole numbers: what stands in them, how often, and where each begins."""

from __future__ import annotations

from typing import Any

from copydesk.lazy import np

__all__ = ["among", "firsts", "halves", "in_order", "repeated"]


def repeated(ordered: Any, least: int) -> Any:
    """Return the values, each once, that stand in a sorted array at least so many times."""
    again = ordered[least - 1 :]
    again = again[again == ordered[: len(again)]]
    return again[firsts(again)]


def firsts(ordered: Any) -> Any:
    """Return where in a sorted array each value comes first."""
    if not len(ordered):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))


def in_order(values: Any) -> Any:
    """Return whole numbers that are not negative in order, of 64 bits."""
    copy = np.array(values, np.uint64)
    copy.sort()
    return copy


def halves(keys: Any) -> tuple[Any, Any]:
    """Return the upper and the lower half of numbers of 64 bits."""
    return (keys >> np.uint64(32)).astype(np.uint32), keys.astype(np.uint32)


def among(values: Any, ordered: Any) -> Any:
    """Say which values stand in a sorted array."""
    if not len(ordered):
        return np.zeros(len(values), bool)
    return ordered[np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)] == values
