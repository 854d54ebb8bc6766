"""Examples of what checks found: the first findings of each, those of the same words as one."""

from __future__ import annotations

from typing import Any

import polars as pl

from copydesk.model.result import Result

__all__ = ["examples"]


def examples(result: Result, most: int) -> dict[str, list[dict[str, Any]]]:
    """Return the first findings of each failed check, at most so many, those of the same words as one.

    Each is a row of FINDING with two more: `times` (how often the words were found) and `articles` (in how many).
    The findings may be millions: they are gone through three times, whatever the number of checks, and never copied.
    """
    failed = {e.check: None for e in result.failed if e.check}
    findings = result.counted.with_row_index("_at").filter(pl.col("check").is_in(list(failed)))
    # Where nothing stands, each finding is an example of its own.
    alone = pl.when(pl.col("text").fill_null("") == "").then("_at")
    first = (
        findings.group_by("check", "text", alone.alias("_alone"))
        .agg(pl.col("_at").min(), times=pl.len())
        .sort("_at")
        .group_by("check", maintain_order=True)
        .head(most)
        .select("_at", "times")
        .collect()
    )
    rows = findings.join(first.lazy(), on="_at", how="inner", maintain_order="left").collect()
    quoted = rows.lazy().filter(pl.col("text") != "").select("check", "text")
    articles = findings.join(quoted, on=["check", "text"], how="semi").group_by("check", "text")
    counted = articles.agg(articles=pl.struct("file", "row").n_unique()).collect()
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows.join(counted, on=["check", "text"], how="left", maintain_order="left").drop("_at").to_dicts():
        found.setdefault(row["check"], []).append({**row, "articles": row["articles"] or 1})
    return found
