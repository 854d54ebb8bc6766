"""The finding: the exact words of the exact article, the reason and the repair."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from copydesk.lazy import pl

__all__ = ["FINDING", "SEVERITIES", "fingerprints", "flagged", "no_findings"]

#: Severities, worst first. Great Expectations knows the same three.
SEVERITIES = ("critical", "warning", "info")

#: The columns of a findings frame and their polars types. `row` and `line` count from 1, `line` is null where a
#: format has no lines; `start` and `end` count characters (code points) in the field as read, so that
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


def no_findings() -> pl.DataFrame:
    """Return a findings frame without rows."""
    return pl.DataFrame(schema={name: getattr(pl, dtype) for name, dtype in FINDING.items()})


def flagged(
    spans: pl.LazyFrame,
    *,
    reason: str | pl.Expr,
    field: str = "body",
    related: pl.Expr | None = None,
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
        related: what the words repeat, or belong to.
        repair: delete, replace or none.
        replacement: what a replace puts there.
        text: the words, where the check has them at hand.
        twin: the number of another article that is meant.
        group: the number of the first article of those that belong together, of which all others are found.
        identity: what names the finding (see `fingerprints`) instead of its article and its words.

    Returns:
        `article`, `start`, `end`, `field`, `reason`, `related`, `repair`, `replacement`; and what else was given.
    """
    columns = {
        "field": pl.lit(field),
        "reason": pl.lit(reason) if isinstance(reason, str) else reason,
        "related": pl.lit(None, pl.String) if related is None else related,
        "repair": pl.lit(repair) if isinstance(repair, str) else repair,
        "replacement": pl.lit(None, pl.String) if replacement is None else replacement,
    }
    if text is not None:
        columns["text"] = text
    if twin is not None:
        columns["twin"] = twin.cast(pl.UInt32)
    if group is not None:
        columns["group"] = group.cast(pl.UInt32)
    if identity is not None:
        columns["identity"] = identity
    return spans.select("article", pl.col("start").cast(pl.Int64), pl.col("end").cast(pl.Int64), **columns)


def fingerprints(findings: pl.DataFrame, identity: pl.Expr, words: pl.Expr) -> pl.Series:
    """Name each finding so that the name survives edits elsewhere in the article and in the collection.

    The name is a hash of what it is of, the check, the field and the words (without regard to case and spacing); a
    finding whose words stand in its article more than once also has its number among them. A paragraph that moves, a
    file that is reordered or split, or another defect that is mended changes no name. Two articles of one identity
    may give two findings of one name: who compares names counts them.

    Args:
        findings: a frame with at least article, check, field and key (the check with its options), those of one
            article and field in the order of their places.
        identity: what tells the article from all others.
        words: the words; the same for all where the identity says everything.

    Returns:
        16 hexadecimal digits for each finding.
    """
    plain = words.str.to_lowercase().str.replace_all(r"\s{2,}|[^\S ]", " ").str.strip_chars()
    named = findings.lazy().with_columns(identity.alias("_key"), plain.alias("_words"))
    same = pl.struct("article", "_key", "key", "field", "_words").hash()
    return (
        named.with_columns((same.rank("ordinal") - same.rank("min")).alias("_nth"))
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
    # polars' own hash may change between its versions; a baseline that is kept for years must not.
    return hashlib.blake2b(name.encode(), digest_size=8).hexdigest()
