"""The words that checks found, counted over all findings: the most frequent, and where they first stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

__all__ = ["COMPARED", "Words", "count_words"]

#: Characters that are compared: words with the same beginning count as equal.
COMPARED = 120

_MOST_WORDS, _MOST_PLACES = 18, 3


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a check, how many findings have them, and the first of these findings, in different articles."""

    text: str
    times: int
    first: list[dict[str, Any]] = field(default_factory=list)


def count_words(findings: pl.LazyFrame, checks: Sequence[str]) -> dict[str, list[Words]]:
    """Return the most frequent words of each check, in the order of frequency, then of the collection.

    There may be millions of findings: this reads them twice, and copies the few that it returns.

    Args:
        findings: with the columns of FINDING.
        checks: the checks to look at.
    """
    words = pl.col("text").fill_null("").str.head(COMPARED).str.strip_chars()
    theirs = findings.filter(pl.col("check").is_in(checks)).with_columns(_words=words).with_row_index("_at")
    most = (
        theirs.group_by("check", "_words")
        .agg(_times=pl.len(), _first=pl.col("_at").min())
        .sort("_times", "_first", descending=[True, False])
        .group_by("check", maintain_order=True)
        .head(_MOST_WORDS)
        .collect()
    )
    rows = (
        theirs.join(most.lazy(), on=["check", "_words"], how="inner")
        .sort("_at")
        .unique(["check", "_words", "file", "row"], keep="first", maintain_order=True)
        .group_by("check", "_words", maintain_order=True)
        .head(_MOST_PLACES)
        .sort("_times", "_first", "_at", descending=[True, False, False])
        .collect()
    )
    found: dict[str, dict[str, Words]] = {}
    for row in rows.iter_rows(named=True):
        own = found.setdefault(row["check"], {})
        own.setdefault(row["_words"], Words(row["_words"], row["_times"])).first.append(row)
    return {check: list(own.values()) for check, own in found.items()}
