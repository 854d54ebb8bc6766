"""The gathering: chunk after chunk goes in, and findings, signals and samples of the whole collection come out."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from copydesk.analysis import MEASURES, Judgement, analyse, collection_findings, rejected_findings
from copydesk.article import FIELDS
from copydesk.baseline import Baseline
from copydesk.batch import Batch
from copydesk.checks import SEVERITIES, CollectionCheck, RowCheck
from copydesk.finding import FINDING
from copydesk.reading import Chunk, Rejected
from copydesk.samples import Samples
from copydesk.spool import Spool
from copydesk.suite import Suite

__all__ = ["Gathering", "findings_of"]

#: How many bytes each spool (findings, keys of a collection check, articles known) holds before it writes to disk.
_SPOOL = 64 << 20


class Gathering:
    """What has been gathered so far: feed it chunks or batches, then `finish`, then `close`.

    Args:
        suite: whose checks are run.
        baseline: findings that are known; they are kept, but neither counted in the signals nor taken as samples.

    Attributes:
        findings: with the columns of FINDING, and `article`, `key` and `new`.
    """

    def __init__(self, suite: Suite, baseline: Baseline | None = None) -> None:
        self.judgements = [
            Judgement(check, min((e.severity for e in suite.entries if e.check == check), key=SEVERITIES.index))
            for check in suite.checks.values()
        ]
        self._columns = sorted(suite.columns.difference(MEASURES))
        self.articles = 0
        self.rejected: list[Rejected] = []
        self.columns: dict[str, str] = {}
        self.findings = Spool(_SPOOL)
        self.samples = Samples()
        self._known = Spool(_SPOOL)
        self._keys: dict[str, Spool] = {}
        self._signals: list[pl.DataFrame] = []
        self._baseline = baseline
        self._unreadable: dict[str, int] = {}

    def add(self, chunk: Chunk) -> None:
        """Analyse a chunk."""
        self.rejected += chunk.rejected
        for field, column in chunk.columns.items():
            self.columns.setdefault(field, column)
        if chunk.articles.is_empty():
            return
        batch = Batch(chunk.articles, first=self.articles)
        self.articles += batch.articles.height
        analysed = analyse(batch, self.judgements, self._columns)
        self._known.put(analysed.known)
        for key, frame in analysed.keys.items():
            self._keys.setdefault(key, Spool(_SPOOL)).put(frame)
        found, new = self._compared(analysed.findings)
        self.samples.add(batch, new)
        self._signals.append(self._counted(batch, analysed.signals, new))
        self.findings.put(found)

    def finish(self) -> None:
        """Run the checks of the collection, and put the rejected rows among the findings."""
        for judgement in self.judgements:
            found = None
            if isinstance(judgement.check, CollectionCheck) and judgement.key in self._keys:
                found = collection_findings(judgement, self._keys[judgement.key].scan(), self._known.scan())
            elif isinstance(judgement.check, RowCheck) and self.rejected:
                found = rejected_findings(judgement, self.rejected)
            if found is not None and found.height:
                found, new = self._compared(found)
                self.findings.put(found)
                self.samples.add_late(new)
                if isinstance(judgement.check, CollectionCheck):
                    self._signals = self._with_counts(judgement.key, new)
                else:
                    self._unreadable[judgement.key] = new.height

    def signals(self) -> pl.DataFrame:
        """Return a row for each article, then a row for each rejected row, in which only row checks count."""
        rows = {j.key: self._unreadable.get(j.key, 0) for j in self.judgements if isinstance(j.check, RowCheck)}
        readable = pl.concat(self._signals, how="diagonal_relaxed") if self._signals else pl.DataFrame()
        ones = {key: [1] * counted + [0] * (len(self.rejected) - counted) for key, counted in rows.items()}
        unreadable = pl.DataFrame(ones, schema=dict.fromkeys(rows, pl.Int32))
        signals = pl.concat([readable, unreadable], how="diagonal_relaxed").drop("article", strict=False)
        keys = [j.key for j in self.judgements]
        missing = [n for n in (*keys, *self._columns) if n not in signals.columns]
        extra = [n for n in self._columns if n in signals.columns and n not in FIELDS]
        signals = signals.with_columns(_numeric(signals[n]) for n in extra)
        return signals.with_columns(pl.lit(None, pl.Int32 if n in keys else pl.String).alias(n) for n in missing)

    def close(self) -> None:
        """Remove what was spilled to disk."""
        for spool in (self.findings, self._known, *self._keys.values()):
            spool.close()

    def _compared(self, found: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return findings with `new` beside them, and those of them that are."""
        if self._baseline is None:
            return found.with_columns(new=pl.lit(True)), found
        found = self._baseline.marked(found)
        return found, found.filter("new")

    def _counted(self, batch: Batch, signals: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
        """Return the signals of a batch, with a column for each check: its findings; null where it does not apply."""
        counts = found.group_by("article", "key").len()
        wide = counts.pivot("key", index="article", values="len") if counts.height else counts.select("article")
        signals = signals.join(wide, on="article", how="left", maintain_order="left")
        return signals.with_columns(
            (pl.col(j.key).fill_null(0) if j.key in signals.columns else pl.lit(0)).cast(pl.Int32).alias(j.key)
            if j.applies(batch)
            else pl.lit(None, pl.Int32).alias(j.key)
            for j in self.judgements
        )

    def _with_counts(self, key: str, found: pl.DataFrame) -> list[pl.DataFrame]:
        counts = found.group_by("article").agg(pl.len().cast(pl.Int32).alias("_found"))
        signals = pl.concat(self._signals, how="diagonal_relaxed")
        joined = signals.join(counts, on="article", how="left", maintain_order="left")
        return [joined.with_columns((pl.col(key) + pl.col("_found").fill_null(0)).alias(key)).drop("_found")]


def _numeric(column: pl.Series) -> pl.Series:
    """Return a text column as numbers, if numbers are all it holds: text formats have no types, suites mean some."""
    if column.dtype != pl.String or column.null_count() == len(column):
        return column
    for kind in (pl.Int64, pl.Float64):
        cast = column.cast(kind, strict=False)
        if cast.null_count() == column.null_count():
            return cast
    return column


def findings_of(articles: Iterable[pl.DataFrame], suite: Suite) -> pl.DataFrame:
    """Return the findings in articles at hand, without judging them: for scores, proofs and tests.

    Args:
        articles: frames as readers give them; together they are the collection.
        suite: whose checks are run.

    Returns:
        A findings frame, see FINDING.
    """
    gathering = Gathering(suite)
    try:
        for frame in articles:
            gathering.add(Chunk(frame))
        gathering.finish()
        return gathering.findings.scan().select(*FINDING).collect()
    finally:
        gathering.close()
