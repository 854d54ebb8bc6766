"""Samples: a few articles of each failed check, kept with their text as evidence for the reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

import polars as pl

from copydesk.model.article import FIELDS
from copydesk.model.finding import FINDING
from copydesk.model.overview import Place
from copydesk.model.result import Sample

__all__ = ["LATE", "SAMPLED", "Samples"]

#: Articles kept for each check, and findings kept of each article.
SAMPLED, _FINDINGS = 8, 40

#: Of a check of the collection, so many findings are looked at.
LATE = SAMPLED * _FINDINGS


class Samples:
    """Keeps the first articles in which each check found something; memory does not grow with the collection."""

    def __init__(self) -> None:
        self._kept: dict[str, list[int | None]] = defaultdict(list)
        self._samples: dict[int, Sample] = {}
        self._late: dict[int, Sample] = {}
        self._rows: list[Sample] = []

    def add(self, texts: pl.DataFrame, findings: pl.DataFrame) -> None:
        """Keep articles of a part.

        Args:
            texts: `article` and the fields of those that may be chosen; one that is not there is kept without them.
            findings: the findings of the part.
        """
        wanted: list[int] = []
        checks = findings["check"].unique(maintain_order=True).to_list()
        rooms = {check: SAMPLED - len(self._kept[check]) for check in checks}
        for check, room in rooms.items():
            if room > 0:
                found = findings["article"].filter(findings["check"] == check)
                articles = found.unique(maintain_order=True).head(room).to_list()
                self._kept[check] += articles
                wanted += articles
        there = texts.filter(pl.col("article").is_in(wanted))
        fields = dict(zip(there["article"], there.select(FIELDS).iter_rows(named=True), strict=True))
        for article, mine in _by_article(findings.filter(pl.col("article").is_in(wanted))):
            if article in fields:
                self._samples[article] = Sample(fields[article], mine)
            else:
                self._late[article] = Sample({"id": mine[0]["article_id"]}, mine)

    def kept(self) -> dict[str, int]:
        """Return how many articles were kept for each check."""
        return {check: len(articles) for check, articles in self._kept.items()}

    def wants(self, others: Mapping[str, int]) -> bool:
        """Say whether there is room for samples of a stretch that follows, of which so many were kept by check."""
        return any(count and len(self._kept[check]) < SAMPLED for check, count in others.items())

    def join(self, other: Samples, first: int) -> None:
        """Keep articles of the stretch that follows, which were numbered as if `first` were 0."""
        for check, articles in other._kept.items():
            for article in articles[: SAMPLED - len(self._kept[check])]:
                assert article is not None  # rows that were rejected come last
                self._kept[check].append(first + article)
                self._samples[first + article] = other._samples[article]

    def add_late(self, findings: pl.DataFrame) -> None:
        """Keep findings of the whole collection: with their articles where those were kept, else alone."""
        for finding in findings.head(LATE).iter_rows(named=True):
            row, article = {c: finding[c] for c in FINDING}, finding["article"]
            sample = self._samples.get(article) or self._late.get(article)
            if sample is not None:
                sample.findings.append(row)
            elif len(self._kept[row["check"]]) < SAMPLED:
                self._kept[row["check"]].append(article)
                alone = Sample({"id": row["article_id"]}, [row])
                if article is None:
                    self._rows.append(alone)
                else:
                    self._late[article] = alone

    def without_text(self) -> dict[int, Place]:
        """Return the articles whose text was not kept, by their numbers, and where they stand."""
        return {article: (s.findings[0]["file"], s.findings[0]["row"]) for article, s in sorted(self._late.items())}

    def complete(self, texts: Mapping[Place, dict[str, str | None]], findings: pl.LazyFrame) -> None:
        """Give such articles their text, where it was read again, and with it all their findings."""
        there = {n: texts[place] for n, place in self.without_text().items() if place in texts}
        found = findings.filter(pl.col("article").is_in(list(there))).collect()
        for article, mine in _by_article(found):
            self._samples[article] = Sample(there[article], mine)
            del self._late[article]

    def chosen(self) -> tuple[Sample, ...]:
        """Return what was kept, in the order of the collection."""
        return (*(self._samples[a] for a in sorted(self._samples)), *self._late.values(), *self._rows)


def _by_article(findings: pl.DataFrame) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Return articles, in the order in which they come, with the first findings of each."""
    first = findings.group_by("article", maintain_order=True).head(_FINDINGS)
    rows = zip(first["article"], first.select(*FINDING).iter_rows(named=True), strict=True)
    for article, some in groupby(rows, itemgetter(0)):
        yield article, [row for _, row in some]
