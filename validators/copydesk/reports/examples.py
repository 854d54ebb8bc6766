"""Examples of what a check found: the first findings, those of the same words as one."""

from __future__ import annotations

from typing import Any

import polars as pl

from copydesk.result import ExpectationResult, Result

__all__ = ["examples"]


def examples(e: ExpectationResult, result: Result, most: int) -> list[dict[str, Any]]:
    """Return the first findings of an expectation, those of the same words as one.

    Each is a row of FINDING with two more: `times` (how often the words were found) and `articles` (in how many).
    """
    if e.check is None:
        return []
    mine = result.counted.filter(pl.col("check") == e.check)
    # Where nothing stands, each finding is an example of its own.
    same = pl.when(pl.col("text").fill_null("") != "").then("text").otherwise(pl.format("\n{}", pl.int_range(pl.len())))
    return (
        mine.group_by(same.alias("_same"), maintain_order=True)
        .agg(pl.all().first(), times=pl.len(), articles=pl.struct("file", "row").n_unique())
        .head(most)
        .drop("_same")
        .collect()
        .to_dicts()
    )
