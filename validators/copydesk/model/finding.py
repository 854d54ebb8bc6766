"""The finding: the exact words of the exact article, the reason and the repair."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache

from copydesk.lazy import pl

__all__ = ["FINDING", "LINKS", "SEVERITIES", "as_written", "fingerprints", "flagged", "no_findings", "no_spans"]

#: Severities, worst first. Great Expectations knows the same three.
SEVERITIES = ("critical", "warning", "info")

#: The columns of a findings frame and their polars types. `row` and `line` count from 1; `line` is null where a format
#: has no lines. `start` and `end` count characters (code points) in the field as read, so that
#: `field[start:end] == text`. `repair` is delete, replace or none; `replacement` is what a replace puts there.
FINDING: Mapping[str, str] = {
    "article_id": "String",
    "file": "String",
    "row": "Int64",
    "line": "Int64",
    "check": "String",
    "family": "String",
    "field": "String",
    "start": "Int64",
    "end": "Int64",
    "text": "String",
    "reason": "String",
    "related": "String",
    "repair": "String",
    "replacement": "String",
    "severity": "String",
    "fingerprint": "String",
}


#: Columns beside those of FINDING: what a finding belongs to, for code. Files and reports have it as text in `related`.
#: `twin_id`, `twin_file`, `twin_row` name another article. `related_paragraph` (from 1) is the paragraph of the same
#: field that the words repeat, and `related_start` the character at which it begins. `related_share` is how much of
#: the article stands in the other one too, in whole percent.
LINKS: Mapping[str, str] = {
    "twin_id": "String",
    "twin_file": "String",
    "twin_row": "Int64",
    "related_paragraph": "Int64",
    "related_start": "Int64",
    "related_share": "Int64",
}


def no_findings(*, links: bool = False) -> pl.DataFrame:
    """Return a findings frame without rows; with the columns of LINKS where they are asked for."""
    columns = {**FINDING, **LINKS} if links else FINDING
    return pl.DataFrame(schema={name: getattr(pl, dtype) for name, dtype in columns.items()})


def as_written() -> list[pl.Expr]:
    """Return the columns of FINDING as people read them: `related` says in words what the columns of LINKS hold.

    >>> copy = {"related": None, "twin_id": "story-7", "twin_file": "a.jsonl", "twin_row": 7}
    >>> finding = pl.concat([no_findings(links=True), pl.DataFrame([copy])], how="diagonal_relaxed")
    >>> finding.select(as_written())["related"].item()
    'story-7 (a.jsonl, row 7)'
    """
    twin = pl.format("{} ({}, row {})", "twin_id", "twin_file", "twin_row")
    repeated = pl.format("paragraph {} ({} from character {})", "related_paragraph", "field", "related_start")
    related = pl.coalesce(twin, repeated, "related").alias("related")
    return [related if name == "related" else pl.col(name) for name in FINDING]


def flagged(
    spans: pl.LazyFrame,
    *,
    reason: str | pl.Expr,
    field: str | pl.Expr = "body",
    related: pl.Expr | None = None,
    related_paragraph: pl.Expr | None = None,
    related_start: pl.Expr | None = None,
    related_share: pl.Expr | None = None,
    repair: str | pl.Expr = "none",
    replacement: pl.Expr | None = None,
    text: pl.Expr | None = None,
    twin: pl.Expr | None = None,
    group: pl.Expr | None = None,
    identity: pl.Expr | None = None,
) -> pl.LazyFrame:
    """Turn spans into what a check returns.

    Args:
        spans: a frame with `article`, `start` and `end`, one row a finding.
        reason: why, in a few words.
        field: the field in which the spans lie.
        related: what the words repeat, or belong to, as text.
        related_paragraph: instead, the paragraph of the same field that they repeat, from 1.
        related_start: the character at which that paragraph begins.
        related_share: how much of the article stands in the other one, in whole percent.
        repair: delete, replace or none.
        replacement: what a replace puts there.
        text: the words, where the check has them at hand.
        twin: the number of the other article that the finding is about.
        group: the number of the first article of a group; the findings are in all the others.
        identity: what names the finding (see `fingerprints`) instead of its article and its words.

    Returns:
        `article`, `start`, `end`, `field`, `reason`, `related`, `repair`, `replacement`; and what else was given.
    """
    columns = {
        "field": pl.lit(field) if isinstance(field, str) else field,
        "reason": pl.lit(reason) if isinstance(reason, str) else reason,
        "related": pl.lit(None, pl.String) if related is None else related,
        "repair": pl.lit(repair) if isinstance(repair, str) else repair,
        "replacement": pl.lit(None, pl.String) if replacement is None else replacement,
    }
    if related_paragraph is not None:
        columns["related_paragraph"] = related_paragraph.cast(pl.Int64)
    if related_start is not None:
        columns["related_start"] = related_start.cast(pl.Int64)
    if related_share is not None:
        columns["related_share"] = related_share.cast(pl.Int64)
    if text is not None:
        columns["text"] = text
    if twin is not None:
        columns["twin"] = twin.cast(pl.UInt32)
    if group is not None:
        columns["group"] = group.cast(pl.UInt32)
    if identity is not None:
        columns["identity"] = identity
    return spans.select("article", pl.col("start").cast(pl.Int64), pl.col("end").cast(pl.Int64), **columns)


@cache
def no_spans() -> pl.LazyFrame:
    """Return what a check returns that has found nothing: the columns of `flagged`, and `text`, `twin` and `group`.

    A check that sees at once that there is nothing to look at need not plan a look.
    """
    texts = dict.fromkeys(("field", "reason", "related", "repair", "replacement", "text"), pl.String)
    numbers = {"article": pl.UInt32, "start": pl.Int64, "end": pl.Int64}
    return pl.LazyFrame(schema={**numbers, **texts, "twin": pl.UInt32, "group": pl.UInt32})


def fingerprints(findings: pl.DataFrame, identity: pl.Expr, words: pl.Expr) -> pl.Series:
    """Name each finding so that edits elsewhere in the article and in the collection do not change its name.

    The name is a hash of what the finding belongs to, the check, the field and the words (without regard to case and
    spacing). Where the same words stand in an article more than once, each finding also has its number among them. No
    name changes where a paragraph moves, a file is reordered or split, or another defect is repaired. Two articles of
    one identity may give two findings of one name: who compares names counts them.

    Args:
        findings: a frame with at least article, check, field and key (the check with its options). Those of one
            article and field are in the order of their places.
        identity: what tells the article from all others.
        words: the words; the same for all where the identity says everything.

    Returns:
        16 hexadecimal digits for each finding.
    """
    plain = words.str.to_lowercase().str.replace_all(r"\s{2,}|[^\S ]", " ").str.strip_chars()
    keyed = findings.lazy().with_columns(identity.alias("_key"), plain.alias("_words"))
    same = pl.struct("article", "_key", "key", "field", "_words").hash()
    return (
        keyed.with_columns((same.rank("ordinal") - same.rank("min")).alias("_nth"))
        .select(
            pl.concat_str(
                [pl.col(c).cast(pl.String).fill_null("") for c in ("_key", "check", "field", "_words", "_nth")],
                separator="\x1f",
            ).alias("fingerprint")
        )
        .collect()["fingerprint"]
        .map_elements(_digest, return_dtype=pl.String)
    )


def _digest(name: str) -> str:
    # polars' own hash may change with its version. A baseline lives for years, and its names must not change.
    return hashlib.blake2b(name.encode(), digest_size=8).hexdigest()
