"""Samples: a few articles of each failed check with their text, as evidence for the reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

import polars as pl

from copydesk.model.article import FIELDS
from copydesk.model.finding import LINKS, as_written
from copydesk.model.overview import Place
from copydesk.model.result import Sample

__all__ = ["LATE", "SAMPLED", "Samples"]

#: The number of samples of each check, and of findings in each sample.
SAMPLED, _FINDINGS = 8, 40

#: The same for findings that do not count, since they are known.
_SAMPLED_KNOWN, _KNOWN_FINDINGS = 2, 10

#: How many findings of a check of the collection are looked at.
LATE = SAMPLED * _FINDINGS


class Samples:
    """Keeps the first articles with findings of each check; memory does not grow with the collection."""

    def __init__(self) -> None:
        self._articles: dict[str, list[int | None]] = defaultdict(list)
        self._known: dict[str, int] = defaultdict(int)
        self._samples: dict[int, Sample] = {}
        self._late: dict[int, Sample] = {}
        self._rows: list[Sample] = []

    def add(self, texts: pl.DataFrame, findings: pl.DataFrame) -> None:
        """Keep articles of a part.

        Args:
            texts: `article` and the fields of those that may be chosen; an article that is not there has no text yet.
            findings: the findings of the part.
        """
        wanted: list[int] = []
        checks = findings["check"].unique(maintain_order=True).to_list()
        rooms = {check: SAMPLED - len(self._articles[check]) for check in checks}
        for check, room in rooms.items():
            if room > 0:
                numbers = findings["article"].filter(findings["check"] == check)
                articles = numbers.unique(maintain_order=True).head(room).to_list()
                self._articles[check] += articles
                wanted += articles
        texts = texts.filter(pl.col("article").is_in(wanted))
        fields = dict(zip(texts["article"], texts.select(FIELDS).iter_rows(named=True), strict=True))
        for article, mine in _by_article(findings.filter(pl.col("article").is_in(wanted))):
            if article in fields:
                self._samples[article] = Sample(fields[article], mine)
            else:
                self._late[article] = Sample({"id": mine[0]["article_id"]}, mine)

    def add_known(self, texts: pl.DataFrame, findings: pl.DataFrame) -> None:
        """Show findings that do not count: in the articles of a part that are samples, and in a few more articles.

        Args:
            texts: as for `add`, which comes first.
            findings: the findings of the part that do not count.
        """
        at_hand = findings.filter(pl.col("article").is_in(texts["article"].implode()))
        more: set[int] = set()
        for (check,), mine in at_hand.group_by("check", maintain_order=True):
            articles = mine["article"].unique(maintain_order=True).head(_SAMPLED_KNOWN - self._known[str(check)])
            self._known[str(check)] += len(articles)
            more |= {*articles.to_list()} - self._samples.keys()
        chosen = at_hand.filter(pl.col("article").is_in([*more, *self._samples]))
        fields = texts.filter(pl.col("article").is_in([*more]))
        for article, row in zip(fields["article"], fields.select(FIELDS).iter_rows(named=True), strict=True):
            self._samples[article] = Sample(row, [])
        for article, known in _by_article(chosen, _KNOWN_FINDINGS):
            self._samples[article].known.extend(known)

    def sizes(self) -> dict[str, int]:
        """Return how many articles there are for each check."""
        return {check: len(articles) for check, articles in self._articles.items()}

    def wants(self, others: Mapping[str, int]) -> bool:
        """Say whether there is room for samples of the stretch that follows, given its `sizes`."""
        return any(count and len(self._articles[check]) < SAMPLED for check, count in others.items())

    def join(self, other: Samples, first: int) -> None:
        """Add articles of the stretch that follows; it numbers them as if `first` were 0."""
        for check, articles in other._articles.items():
            for article in articles[: SAMPLED - len(self._articles[check])]:
                assert article is not None  # rows that were rejected come last
                self._articles[check].append(first + article)
                self._samples[first + article] = other._samples[article]

    def add_late(self, findings: pl.DataFrame) -> None:
        """Add findings of collection and row checks: to their articles where these are samples, else alone."""
        first = findings.head(LATE)
        for article, row in zip(first["article"], _rows(first), strict=True):
            sample = self._samples.get(article) or self._late.get(article)
            if sample is not None:
                sample.findings.append(row)
            elif len(self._articles[row["check"]]) < SAMPLED:
                self._articles[row["check"]].append(article)
                alone = Sample({"id": row["article_id"]}, [row])
                if article is None:
                    self._rows.append(alone)
                else:
                    self._late[article] = alone

    def without_text(self) -> dict[int, Place]:
        """Return the articles that have no text yet: their numbers and their places."""
        return {article: (s.findings[0]["file"], s.findings[0]["row"]) for article, s in sorted(self._late.items())}

    def complete(
        self, texts: Mapping[Place, dict[str, str | None]], findings: pl.LazyFrame, known: pl.LazyFrame | None = None
    ) -> None:
        """Give such articles their text, where it was read again, and all their findings.

        Args:
            texts: the fields of articles by their places.
            findings: all that count.
            known: all that do not count.
        """
        fields = {n: texts[place] for n, place in self.without_text().items() if place in texts}
        if not fields:
            return
        theirs = findings.filter(pl.col("article").is_in(list(fields))).collect()
        for article, mine in _by_article(theirs):
            self._samples[article] = Sample(fields[article], mine)
            del self._late[article]
        if known is not None:
            theirs = known.filter(pl.col("article").is_in(list(fields))).collect()
            for article, mine in _by_article(theirs, _KNOWN_FINDINGS):
                self._samples[article].known.extend(mine)

    def in_order(self) -> tuple[Sample, ...]:
        """Return the samples in the order of the collection."""
        return (*(self._samples[a] for a in sorted(self._samples)), *self._late.values(), *self._rows)


def _by_article(findings: pl.DataFrame, most: int = _FINDINGS) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Yield articles, in their order in the findings, with the first findings of each."""
    first = findings.group_by("article", maintain_order=True).head(most)
    for article, some in groupby(zip(first["article"], _rows(first), strict=True), itemgetter(0)):
        yield article, [row for _, row in some]


def _rows(findings: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Return findings as dictionaries, as people read them, and what they are linked to."""
    return findings.select(*as_written(), *LINKS).iter_rows(named=True)
