"""Examples: the words that each failed check finds most often, each shown once."""

from __future__ import annotations

from typing import Any

import polars as pl

from copydesk.model.result import Result

__all__ = ["examples"]


def examples(result: Result, most: int) -> dict[str, list[dict[str, Any]]]:
    """Return the most frequent words of each failed check, then the first of those that are equally frequent.

    An example is the first finding of these words: a row of FINDING with two more columns, `times` (findings with these
    words) and `articles` (articles that have one). There may be millions of findings: this reads them three times, and
    never copies them.

    Args:
        result: the run.
        most: examples of a check, at most.
    """
    failed = {e.check: None for e in result.failed if e.check}
    findings = result.counted.with_row_index("_at").filter(pl.col("check").is_in(list(failed)))
    # A finding without words is an example of its own.
    alone = pl.when(pl.col("text").fill_null("") == "").then("_at")
    first = (
        findings.group_by("check", "text", alone.alias("_alone"))
        .agg(pl.col("_at").min(), times=pl.len())
        .sort("times", "_at", descending=[True, False])
        .group_by("check", maintain_order=True)
        .head(most)
        .select("_at", "times")
        .collect()
    )
    rows = findings.join(first.lazy(), on="_at", how="inner").sort("times", "_at", descending=[True, False]).collect()
    with_words = rows.lazy().filter(pl.col("text") != "").select("check", "text")
    articles = findings.join(with_words, on=["check", "text"], how="semi").group_by("check", "text")
    counts = articles.agg(articles=pl.struct("file", "row").n_unique()).collect()
    by_check: dict[str, list[dict[str, Any]]] = {}
    for row in rows.join(counts, on=["check", "text"], how="left", maintain_order="left").drop("_at").to_dicts():
        by_check.setdefault(row["check"], []).append({**row, "articles": row["articles"] or 1})
    return by_check
