"""Differences: what two versions of a collection have in common and what not, which every report of them reads."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from copydesk.checks import SEVERITIES
from copydesk.model.article import FIELDS
from copydesk.model.finding import FINDING

__all__ = ["Difference", "Measure", "Version", "worst_first"]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the collection: the path as it was given, and the numbers of what is in it."""

    path: str
    articles: int
    files: int
    bytes: int
    rejected: int
    findings: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure in both versions.

    kind: length (words of an article), language or publisher (articles), or check (articles with findings).
    old_share, new_share: of all articles, 0 to 1; None for a length.
    """

    kind: str
    name: str
    old: int
    new: int
    old_share: float | None = None
    new_share: float | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one version to another.

    added, removed: articles, frames with `article_id`, `file`, `row`, `headline`, `words`.
    changed: articles whose text or metadata differ: the columns of the new version, `words_before`, and `fields`
        (List[String]), the names of the fields that differ.
    unchanged: how many articles are the same.
    new, fixed: findings that only one version has, frames with the columns of FINDING; worst first.
    known: how many findings both have.
    measures: of both versions, by kind; first those whose share moved most.
    """

    version: str
    suite: str
    before: Version
    after: Version
    added: pl.DataFrame
    removed: pl.DataFrame
    changed: pl.DataFrame
    unchanged: int
    new: pl.DataFrame
    fixed: pl.DataFrame
    known: int
    measures: tuple[Measure, ...]
    command: str = ""

    @property
    def fields(self) -> dict[str, int]:
        """How many articles changed in each field, most first."""
        counts = self.changed["fields"].explode().drop_nulls().value_counts(sort=True)
        return dict(sorted(counts.iter_rows(), key=lambda pair: (-pair[1], FIELDS.index(pair[0]))))

    def moved(self, kind: str) -> list[Measure]:
        """Return the measures of a kind that are not the same in both."""
        return [m for m in self.measures if m.kind == kind and m.old != m.new]

    def fails(self, fail_on: str) -> bool:
        """Say whether there is a new finding of that severity, or worse; "never" is none."""
        severe = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
        return bool(self.new["severity"].is_in(severe).any())


def worst_first(findings: pl.DataFrame) -> pl.DataFrame:
    """Return findings with the columns of FINDING, the worst first."""
    rank = pl.col("severity").replace_strict(dict(zip(SEVERITIES, range(3), strict=True)), default=3)
    return findings.select(*FINDING).sort(rank, "check", "file", "row", "start", maintain_order=True, nulls_last=True)
