"""What ci/bench reckons with: costs of wall time, CPU time and memory, their medians and ratios."""

from __future__ import annotations

from statistics import median

from measure import Run

MEASURES = ("wall", "cpu", "peak")  # seconds, seconds, bytes


def cost(done: Run) -> dict[str, float]:
    """Return the cost of a whole process."""
    return {measure: getattr(done, measure) for measure in MEASURES}


def less(spent: dict[str, float], part: dict[str, float]) -> dict[str, float]:
    """Take the time of a part off. Memory is not time."""
    return spent | {measure: spent[measure] - part[measure] for measure in ("wall", "cpu")}


def medians(costs: list[dict[str, float]]) -> dict[str, float]:
    """Return the median of each measure."""
    return {measure: median(spent[measure] for spent in costs) for measure in costs[0]}


def total(costs: list[dict[str, float]], key: str) -> float:
    """Add up a figure of all rounds."""
    return sum(spent[key] for spent in costs)


def ratio(spent: float, base: float) -> float | None:
    """Divide; None where so little was measured that the ratio would say nothing."""
    return spent / base if spent > 0 and base > 0 else None
