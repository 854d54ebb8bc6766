"""Samples: a few articles of each failed check, kept with their text as evidence for the reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import polars as pl

from copydesk.article import FIELDS
from copydesk.batch import Batch
from copydesk.finding import FINDING
from copydesk.result import Sample

__all__ = ["LATE", "Samples"]

#: Articles kept for each check, and findings kept of each article.
_ARTICLES, _FINDINGS = 8, 40

#: Of a check of the collection, so many findings are looked at.
LATE = _ARTICLES * _FINDINGS


class Samples:
    """Keeps the first articles in which each check found something; memory does not grow with the collection."""

    def __init__(self) -> None:
        self._kept: dict[str, list[int | None]] = defaultdict(list)
        self._samples: dict[int, Sample] = {}
        self._late: list[Sample] = []

    def add(self, batch: Batch, findings: pl.DataFrame) -> None:
        """Keep articles of a batch."""
        wanted: list[int] = []
        for (check,), found in findings.group_by("check", maintain_order=True):
            room = _ARTICLES - len(self._kept[str(check)])
            if room > 0:
                articles = found["article"].unique(maintain_order=True).head(room).to_list()
                self._kept[str(check)] += articles
                wanted += articles
        for article in sorted(set(wanted)):
            fields = batch.articles.row(article - batch.first, named=True)
            mine = findings.filter(pl.col("article") == article).head(_FINDINGS)
            self._samples[article] = Sample({f: fields[f] for f in FIELDS}, mine.select(*FINDING).to_dicts())

    def wants(self, others: Mapping[str, int]) -> bool:
        """Say whether there is room for samples of a stretch that follows, of which so many were kept by check."""
        return any(count and len(self._kept[check]) < _ARTICLES for check, count in others.items())

    def kept(self) -> dict[str, int]:
        """Return how many articles were kept for each check."""
        return {check: len(articles) for check, articles in self._kept.items()}

    def join(self, other: Samples, first: int) -> None:
        """Keep articles of the stretch that follows, which were numbered as if `first` were 0."""
        for check, articles in other._kept.items():
            for article in articles[: max(0, _ARTICLES - len(self._kept[check]))]:
                assert article is not None  # rows that were rejected come last
                self._kept[check].append(first + article)
                self._samples[first + article] = other._samples[article]

    def add_late(self, findings: pl.DataFrame) -> None:
        """Keep findings of the whole collection: with their articles where those were kept, else alone."""
        for finding in findings.head(LATE).iter_rows(named=True):
            row = {c: finding[c] for c in FINDING}
            sample = self._samples.get(finding["article"]) if finding["article"] is not None else None
            if sample is not None:
                sample.findings.append(row)
            elif len(self._kept[row["check"]]) < _ARTICLES:
                self._kept[row["check"]].append(finding["article"])
                self._late.append(Sample({"id": row["article_id"]}, [row]))

    def chosen(self) -> tuple[Sample, ...]:
        """Return what was kept, in the order of the collection."""
        return (*(self._samples[a] for a in sorted(self._samples)), *self._late)
