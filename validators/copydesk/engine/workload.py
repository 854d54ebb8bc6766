"""The work that findings give: by publisher, with the words that one rule of its scraper would drop."""

from __future__ import annotations

from collections import defaultdict

import polars as pl

from copydesk.model.overview import Change, Work, Workload

__all__ = ["work_of"]

_MOST_PUBLISHERS, _MOST_CHANGES, _MOST_CHECKS = 30, 20, 40
_LONGEST = 200  # characters of words that count as a line of the page; longer ones are paragraphs of a story
_CONCENTRATED = 0.8

#: Not a publisher's key: it stands for articles without a publisher. Keys are hashes, so any number would do.
_UNKNOWN = 0


def work_of(findings: pl.LazyFrame, owners: pl.DataFrame) -> Work:
    """Return the work.

    Args:
        findings: all findings, with `article` (null for a rejected row). Those that a baseline knows have `new` false.
        owners: for each `article`, the `key` and the `name` of its publisher, null where it is not known.
    """
    columns = set(findings.collect_schema().names())
    if "new" in columns:
        findings = findings.filter("new")
    repairs = pl.col("repair").is_in(["delete", "replace"]) if "repair" in columns else pl.lit(False)
    keyed = owners.lazy().select("article", owner=pl.col("key").fill_null(_UNKNOWN))
    theirs = findings.with_columns(repairable=repairs).join(keyed, on="article", how="left", maintain_order="left")
    counts = _counts(theirs)
    by_publisher = counts.filter(pl.col("owner").is_not_null()).group_by("owner", maintain_order=True)
    totals = by_publisher.agg(pl.col("findings", "repairable").sum()).sort(
        "findings", "owner", descending=[True, False]
    )
    listed = totals.head(_MOST_PUBLISHERS)
    keys = listed["owner"]
    sizes = owners.lazy().select(owner=pl.col("key").fill_null(_UNKNOWN), name="name").group_by("owner")
    known = {k: (name or "", n) for k, name, n in sizes.agg(pl.col("name").first(), pl.len()).collect().iter_rows()}
    affected = theirs.filter(pl.col("owner").is_in(keys.implode())).group_by("owner")
    touched = dict(affected.agg(pl.col("article").n_unique()).collect().iter_rows())
    checks: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    for key, check, number, _, articles in counts.filter(pl.col("owner").is_in(keys.implode())).iter_rows():
        checks[key].append((check, number, articles))
    changes, in_all = _changes(theirs, keys) if "repair" in columns else ({}, {})
    return Work(
        findings=int(counts["findings"].sum()),
        repairable=int(counts["repairable"].sum()),
        publishers=tuple(
            Workload(
                publisher=known[key][0],
                articles=known[key][1],
                affected=touched[key],
                findings=number,
                repairable=repairable,
                checks=tuple(checks[key][:_MOST_CHECKS]),
                changes=tuple(changes.get(key, ())),
                changes_in_all=in_all.get(key, 0),
            )
            for key, number, repairable in listed.iter_rows()
        ),
        publishers_in_all=totals.height,
        concentrated=_concentrated(totals["findings"]),
    )


def _counts(findings: pl.LazyFrame) -> pl.DataFrame:
    """Return the findings of each publisher and check: `findings`, `repairable`, `articles`; the most first."""
    counts = findings.group_by("owner", "check").agg(
        findings=pl.len(), repairable=pl.col("repairable").sum(), articles=pl.col("article").n_unique()
    )
    return counts.sort("findings", "check", "owner", descending=[True, False, False]).collect()


def _concentrated(findings: pl.Series) -> int:
    """Return how many of the first counts make 80 % of all, given counts in descending order."""
    if findings.is_empty():
        return 0
    return int((findings.cum_sum() < _CONCENTRATED * int(findings.sum())).sum()) + 1


def _changes(findings: pl.LazyFrame, keys: pl.Series) -> tuple[dict[int, list[Change]], dict[int, int]]:
    """Return the words that publishers repeat, the most frequent first, and how many each has."""
    text = pl.col("text").str.strip_chars()
    short = (text.str.len_chars().is_between(1, _LONGEST)) & ~text.str.contains("\n", literal=True)
    lines = (
        findings.filter(pl.col("owner").is_in(keys.implode()) & (pl.col("repair") == "delete") & short)
        .select("owner", "check", "field", "article", text=text)
        .group_by("owner", "check", "field", "text")
        .agg(findings=pl.len(), articles=pl.col("article").n_unique())
        .filter(pl.col("articles") > 1)
        .sort("findings", "text", "check", "field", descending=[True, False, False, False])
        .collect()
    )
    in_all = dict(lines.group_by("owner").len().iter_rows())
    changes: dict[int, list[Change]] = defaultdict(list)
    for key, check, field, words, number, articles in (
        lines.group_by("owner", maintain_order=True).head(_MOST_CHANGES).iter_rows()
    ):
        changes[key].append(Change(check, field, words, number, articles))
    return changes, in_all
