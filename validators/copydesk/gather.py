"""The gathering: chunk after chunk goes in, and findings, signals and samples of the whole collection come out."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from copydesk.analysis import MEASURES, analyse, collection_findings, judgements_of, rejected_findings
from copydesk.batch import Batch
from copydesk.checks import CollectionCheck, RowCheck
from copydesk.finding import FINDING
from copydesk.reading import Chunk, Rejected
from copydesk.samples import Samples
from copydesk.signals import Signals
from copydesk.spool import Spool
from copydesk.suite import Suite

__all__ = ["Gathering", "findings_of"]

#: How many bytes each spool (findings, keys of a collection check, articles known) holds before it writes to disk.
_SPOOL = 64 << 20


class Gathering:
    """What has been gathered so far: feed it chunks or batches, then `finish`, then `close`."""

    def __init__(self, suite: Suite) -> None:
        self.judgements = judgements_of(suite)
        self._columns = sorted(suite.columns.difference(MEASURES))
        self.articles = 0
        self.rejected: list[Rejected] = []
        self.columns: dict[str, str] = {}
        self.findings = Spool(_SPOOL)
        self.samples = Samples()
        self._known = Spool(_SPOOL)
        self._keys: dict[str, Spool] = {}
        self.signals = Signals(self.judgements, suite)

    def add(self, chunk: Chunk) -> None:
        """Analyse a chunk."""
        self.rejected += chunk.rejected
        self.signals.add_rejected(len(chunk.rejected))
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
        self.samples.add(batch, analysed.findings)
        self.signals.add(batch, analysed)
        self.findings.put(analysed.findings)

    def finish(self) -> None:
        """Run the checks of the collection, and put the rejected rows among the findings."""
        for judgement in self.judgements:
            found = None
            if isinstance(judgement.check, CollectionCheck) and judgement.key in self._keys:
                found = collection_findings(judgement, self._keys[judgement.key].scan(), self._known.scan())
            elif isinstance(judgement.check, RowCheck) and self.rejected:
                found = rejected_findings(judgement, self.rejected)
            if found is not None and found.height:
                self.findings.put(found)
                self.samples.add_late(found)
                if isinstance(judgement.check, CollectionCheck):
                    self.signals.add_found(judgement.key, found.group_by("article").len("findings"))

    def close(self) -> None:
        """Remove what was spilled to disk."""
        for spool in (self.findings, self._known, *self._keys.values()):
            spool.close()


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
