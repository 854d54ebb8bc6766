"""The score: findings compared with paragraphs that people labelled.

A labelled file is JSON lines: articles, each with `labels`, a list of {`paragraph`: index into body.split("\\n"),
`kind`: clean, residue, meta or unsure, and perhaps `ctx` (the name of the place in the page's markup) and `conf`}.

The score counts paragraphs labelled clean or residue, without those of `conf: low`. A paragraph is flagged if a finding
of the family lies in it. Several rows may be one article (`source_id`, from several extractors). The totals count each
of its paragraphs once, and as flagged if it was flagged in any row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from copydesk.checks.suite import Suite
from copydesk.engine.collection import findings_of
from copydesk.errors import InputError, UsageError, did_you_mean
from copydesk.readers import read
from copydesk.text.expressions import normalised

__all__ = ["DIMENSIONS", "Score", "filter_rows", "paragraph_labels", "score", "scores"]

#: The columns by which the figures are broken down, where the file has them.
DIMENSIONS = ("subset", "language", "extractor", "publisher", "ctx")

_LABEL = pl.Struct({"paragraph": pl.Int64, "kind": pl.String, "reason": pl.String, "ctx": pl.String, "conf": pl.String})


@dataclass(frozen=True, slots=True)
class Score:
    """Numbers of paragraphs, and the figures that follow from them.

    residue, clean: labelled paragraphs of each kind; hits, alarms: the flagged ones of each kind.
    """

    name: str
    residue: int
    clean: int
    hits: int
    alarms: int

    @property
    def precision(self) -> float | None:
        """The share of flagged paragraphs that are residue; None if none was flagged."""
        flagged = self.hits + self.alarms
        return self.hits / flagged if flagged else None

    @property
    def recall(self) -> float | None:
        """The share of residue that was flagged; None if there is no residue."""
        return self.hits / self.residue if self.residue else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None if there is none."""
        if self.precision is None or self.recall is None or not self.hits:
            return None
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def paragraph_labels(path: str | Path) -> pl.DataFrame:
    """Read the labelled paragraphs of a file.

    Returns:
        A row a paragraph: `row` (of the article, from 1), `paragraph`, `kind`, `reason`, `ctx`, `conf`, `text`, `start`
        and `end` (characters in the body), `article` (the same for rows of one article), and those of DIMENSIONS that
        the file has.

    Raises:
        InputError: no row has labels.
    """
    path = Path(path)
    columns: dict[str, pl.DataType | type[pl.DataType]] = {
        "body": pl.String,
        "id": pl.String,
        "source_id": pl.String,
        "labels": pl.List(_LABEL),
    }
    dimensions = [d for d in DIMENSIONS if d != "ctx"]
    rows = pl.read_ndjson(path, schema={**columns, **dict.fromkeys(dimensions, pl.String)}, ignore_errors=True)
    if rows["labels"].list.len().sum() == 0:
        raise InputError(f"{path}: no row has labels. Expected a list 'labels' of {{paragraph, kind}} in each article.")
    lines = (
        rows.lazy()
        .with_row_index("row", offset=1)
        .select("row", line=pl.col("body").str.split("\n"))
        .explode("line")
        .with_columns(
            paragraph=pl.int_range(pl.len()).over("row"),
            end=(pl.col("line").str.len_chars() + 1).cum_sum().over("row").cast(pl.Int64) - 1,
        )
        .with_columns(start=pl.col("end") - pl.col("line").str.len_chars())
        .rename({"line": "text"})
    )
    labels = (
        rows.lazy()
        .with_row_index("row", offset=1)
        .select("row", *dimensions, article=pl.coalesce("source_id", "id"), label="labels")
        .explode("label")
        .unnest("label")
        .filter(pl.col("paragraph").is_not_null())
    )
    return labels.join(lines, on=["row", "paragraph"], how="inner", maintain_order="left").collect()


def score(path: str | Path, suite: Suite, *, family: str = "residue") -> pl.DataFrame:
    """Compare a suite's findings with a labelled file.

    Args:
        path: a labelled file, see above.
        suite: its findings are scored.
        family: the family of checks that must find paragraphs labelled residue.

    Returns:
        The paragraphs that count, see `paragraph_labels`, with `flagged` (Boolean) and `by` (the checks that flagged).
    """
    findings = findings_of((chunk.articles for chunk in read([path])), suite)
    mine = (pl.col("family") == family) & (pl.col("field") == "body")
    spans = findings.filter(mine).select("row", "check", "start", "end")
    counts = pl.col("kind").is_in(["clean", "residue"]) & (pl.col("conf").fill_null("") != "low")
    return _flag(paragraph_labels(path).filter(counts), spans)


def filter_rows(paragraphs: pl.DataFrame, where: Iterable[str]) -> pl.DataFrame:
    """Return the paragraphs of rows that have every COLUMN=VALUE.

    Raises:
        UsageError: an unknown column, or an entry without '='.
    """
    for entry in where:
        column, sign, value = entry.partition("=")
        if not sign or column not in DIMENSIONS:
            hint = did_you_mean(column, DIMENSIONS) if sign else ""
            raise UsageError(f"--where {entry}: expected COLUMN=VALUE; COLUMN is one of {', '.join(DIMENSIONS)}.{hint}")
        paragraphs = paragraphs.filter(pl.col(column) == value)
    return paragraphs


def scores(paragraphs: pl.DataFrame) -> list[Score]:
    """Return the figures of all paragraphs, then of each of DIMENSIONS, then of each check alone."""
    checks = sorted(paragraphs["by"].explode().drop_nulls().unique())
    alone = (paragraphs.with_columns(flagged=pl.col("by").list.contains(check)) for check in checks)
    return [
        _count("all", paragraphs),
        *(s for d in DIMENSIONS for s in _by(d, paragraphs)),
        *(_count(f"check={check}", rows) for check, rows in zip(checks, alone, strict=True)),
    ]


def _flag(paragraphs: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Mark the paragraphs in which a span lies."""
    keyed = paragraphs.with_row_index("_n")
    pairs = keyed.select("_n", "row", p_start="start", p_end="end").join(
        spans.with_columns(pl.col("row").cast(pl.UInt32)), on="row"
    )
    inside = pairs.filter((pl.col("start") < pl.col("p_end")) & (pl.col("end") > pl.col("p_start")))
    by = inside.group_by("_n").agg(by=pl.col("check").unique().sort())
    flagged = keyed.join(by, on="_n", how="left", maintain_order="left").drop("_n")
    return flagged.with_columns(flagged=pl.col("by").is_not_null(), by=pl.col("by").fill_null([]))


def _by(dimension: str, paragraphs: pl.DataFrame) -> list[Score]:
    if paragraphs[dimension].null_count() == paragraphs.height:
        return []
    groups = paragraphs.filter(pl.col(dimension).is_not_null()).group_by(dimension, maintain_order=True)
    return sorted(
        (_count(f"{dimension}={value}", rows) for (value,), rows in groups), key=lambda s: -(s.residue + s.clean)
    )


def _count(name: str, paragraphs: pl.DataFrame) -> Score:
    once = paragraphs.group_by("article", normalised(pl.col("text")).alias("line"), "kind").agg(pl.col("flagged").any())
    counts: dict[Any, Any] = {
        (kind, flagged): n for kind, flagged, n in once.group_by("kind", "flagged").len().iter_rows()
    }
    hits, alarms = counts.get(("residue", True), 0), counts.get(("clean", True), 0)
    return Score(name, hits + counts.get(("residue", False), 0), alarms + counts.get(("clean", False), 0), hits, alarms)
