"""The costs of checks on the terminal: the dearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.engine.costs import Costs

__all__ = ["costs_table"]

#: The name of what is no check.
_REST = "(reading, writing and all else)"


def costs_table(costs: Costs) -> str:
    """Return lines with the CPU seconds of each check, and its share of those of the whole run."""
    total = max(costs.total(), 1e-9)
    rows = sorted(costs.seconds.items(), key=lambda row: -row[1])
    rows += [(_REST, max(total - sum(costs.seconds.values()), 0.0)), ("all", total)]
    width = max(len(name) for name, _ in rows)
    lines = [f"{'CPU seconds of':<{width}}  {'seconds':>9}  share"]
    lines += [f"{name:<{width}}  {seconds:>9.3f}  {seconds / total:>5.1%}" for name, seconds in rows]
    return "\n".join(lines)
