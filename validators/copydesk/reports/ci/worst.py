"""A choice of findings, for reports that hold a limited number: some of every check, the worst checks first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from copydesk.checks import SEVERITIES
from copydesk.model.finding import FINDING
from copydesk.model.result import Result

__all__ = ["Worst", "shares", "worst_findings"]


@dataclass(frozen=True, slots=True)
class Worst:
    """Findings, worst first, each a row of FINDING; how many of each check were left out; which checks failed."""

    findings: list[dict[str, Any]]
    left_out: dict[str, int]
    failed: frozenset[str]


def worst_findings(result: Result, room: int) -> Worst:
    """Choose at most `room` findings, as evenly from the checks as possible.

    Checks that failed come first, then the severer ones. The findings of a check keep the order of the collection.
    """
    failed = frozenset(e.check for e in result.failed if e.check)
    counts = dict(result.counted.group_by("check").len().sort("check").collect().iter_rows())
    ranks = {c: (c not in failed, len(SEVERITIES)) for c in counts}
    for e in result.expectations:
        if e.check in ranks:
            ranks[e.check] = min(ranks[e.check], (e.check not in failed, SEVERITIES.index(e.severity)))
    quotas = shares(counts, room)
    order = sorted(counts, key=lambda check: (ranks[check], check))
    quota_of = pl.LazyFrame(
        [(check, rank, quotas[check]) for rank, check in enumerate(order)],
        schema={"check": pl.String, "_rank": pl.UInt32, "_quota": pl.UInt32},
        orient="row",
    )
    numbered = result.counted.with_row_index("_at")
    nth = pl.int_range(pl.len()).over("check")
    chosen = (
        numbered.select("_at", "check", _nth=nth).join(quota_of, on="check").filter(pl.col("_nth") < pl.col("_quota"))
    )
    rows = numbered.join(chosen.select("_at", "_rank"), on="_at").sort("_rank", "_at").select(*FINDING).collect()
    left_out = {check: count - quotas[check] for check, count in counts.items() if count > quotas[check]}
    return Worst(rows.to_dicts(), left_out, failed)


def shares(counts: Mapping[str, int], room: int) -> dict[str, int]:
    """Divide the room evenly; a share that one does not need goes to the others.

    >>> shares({"few": 2, "many": 900, "more": 901}, 100)
    {'few': 2, 'many': 49, 'more': 49}
    """
    left = room
    portions = {}
    for at, (name, count) in enumerate(sorted(counts.items(), key=lambda item: (item[1], item[0]))):
        portions[name] = min(count, left // (len(counts) - at))
        left -= portions[name]
    return portions
