"""The gathering: chunk after chunk goes in, and findings, signals and samples of the whole collection come out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import polars as pl

from copydesk.checks import CollectionCheck, RowCheck
from copydesk.checks.suite import Judgement, Suite, judgements_of
from copydesk.engine.analysis import collection_findings, rejected_findings
from copydesk.engine.ledger import Ledger
from copydesk.engine.parts import Part, part_of, prepare
from copydesk.engine.rereading import Rereading, with_texts, worth_reading
from copydesk.engine.samples import Samples
from copydesk.engine.spool import Memory, Spool
from copydesk.judge.signals import Signals, counted
from copydesk.model.article import MEASURES
from copydesk.model.chunk import Chunk, Rejected
from copydesk.model.finding import FINDING
from copydesk.model.overview import Overview
from copydesk.native.functions import release_memory
from copydesk.readers import Source

__all__ = ["MEMORY", "Gathering", "findings_of"]

#: Checks of the collection that run side by side, while it has so few articles that their keys are no matter.
_BESIDE, _FEW = 2, 250_000

#: How many bytes of findings, keys of collection checks and articles known are held before they are written to disk.
MEMORY = 32_000_000

#: Articles whose signals are read at once.
_ROWS = 200_000


class KnownFindings(Protocol):
    """Findings that are known, such as a baseline."""

    def marked(self, findings: pl.DataFrame) -> pl.DataFrame:
        """Return the findings with the column `new` beside: whether each is not among those known."""


class Gathering:
    """What has been gathered so far: feed it parts, then `finish`, then `close`.

    Args:
        suite: whose checks are run.
        baseline: findings that are known; they are kept, but neither counted in the signals nor taken as samples.
        memory: how many bytes of findings and keys are held, before they are written to disk.

    Attributes:
        findings: with the columns of FINDING, and `article`, `key` and `new`.
        judgements: the checks.
        asked: the columns of articles that the suite asks for.
    """

    def __init__(self, suite: Suite, baseline: KnownFindings | None = None, *, memory: int = MEMORY) -> None:
        self.judgements = judgements_of(suite)
        self._suite = suite
        self.asked = tuple(sorted(suite.columns.difference(MEASURES)))
        self.articles = 0
        self.rejected: list[Rejected] = []
        self.columns: dict[str, str] = {}
        self._memory = Memory(memory)
        self.findings = Spool(self._memory)
        self.samples = Samples()
        self.ledger = Ledger()
        self._known = Spool(self._memory)
        self._keys: dict[str, Spool] = defaultdict(lambda: Spool(self._memory))
        self._signals = Spool(self._memory)
        self._late: dict[str, pl.DataFrame] = {}
        self._baseline = baseline
        self._unreadable: dict[str, int] = {}

    def prepare(self) -> None:
        """Load what the checks need, so that the first chunks need not."""
        prepare(self.judgements)

    def analysed(self, chunk: Chunk) -> Part:
        """Analyse a chunk; any number of threads may."""
        return part_of(chunk, self.judgements, self.asked)

    def add(self, part: Part) -> None:
        """Take a part in; parts come in the order of the collection."""
        self.rejected += part.rejected
        for field, column in part.columns.items():
            self.columns.setdefault(field, column)
        if not part.height:
            return
        frames = part.numbered(self.articles)
        self.articles += part.height
        self._known.put(frames["known"])
        for name, frame in frames.items():
            if name.startswith("keys "):
                self._keys[name.removeprefix("keys ")].put(frame)
        found, new = self._compared(frames["findings"])
        self.samples.add(frames["texts"], new)
        self.ledger.add(frames["entries"])
        self._signals.put(counted(frames["signals"], new, part.fields, self.judgements))
        self.findings.put(found)

    def finish(self) -> None:
        """Run the checks of the collection, and put the rejected rows among the findings."""
        release_memory()  # they need memory of their own
        with ThreadPoolExecutor(_BESIDE if self.articles <= _FEW else 1) as pool:
            longest = sorted(self.judgements, key=lambda j: self._keys[j.key].bytes if j.key in self._keys else 0)
            running = {j.key: pool.submit(self._of_all, j) for j in reversed(longest)}
            for judgement in self.judgements:
                found = running.pop(judgement.key).result()
                if found is None or found.is_empty():
                    continue
                found, new = self._compared(found)
                self.findings.put(found)
                self.samples.add_late(new)
                if isinstance(judgement.check, CollectionCheck):
                    self._late[judgement.key] = new.group_by("article").agg(_found=pl.len().cast(pl.Int32))
                else:
                    self._unreadable[judgement.key] = new.height

    def signals(self) -> Signals:
        """Return what is judged: of the articles, and of the rejected rows, in which only row checks count."""
        signals = Signals(self.judgements, self._suite)
        for part in self._counted():
            signals.add(part)
        rows = {j.key: self._unreadable.get(j.key, 0) for j in self.judgements if isinstance(j.check, RowCheck)}
        signals.add_rejected(len(self.rejected), rows)
        return signals

    def overview(self, sources: Sequence[Source], mapped: Mapping[str, str] | None = None) -> Overview:
        """Return the overview of the collection, and give the samples the texts that they lack.

        Args:
            sources: the files that were read.
            mapped: which columns the user has named.
        """
        known, findings = self._known.scan(), self.findings.scan()
        checks = {j.key: j.check for j in self.judgements}
        overview = self.ledger.overview(self._counted(), findings, known, checks)
        lacking = list(self.samples.without_text().values())
        files = {file for file, _ in (*lacking, *overview.places())}
        rows = known.filter(pl.col("file").is_in(sorted(files))).group_by("file").agg(pl.col("row").max())
        again = Rereading(sources, dict(rows.collect().iter_rows()), mapped)
        for place in lacking:
            again.ask([place])
        overview = worth_reading(overview, again)
        texts = again.read()
        self.samples.complete(texts, findings.filter("new"))
        return with_texts(overview, texts)

    def close(self) -> None:
        """Remove what was spilled to disk, but for the findings: these go when nobody holds them any more."""
        for spool in (self._known, self._signals, *self._keys.values()):
            spool.close()

    def _of_all(self, judgement: Judgement) -> pl.DataFrame | None:
        """Return what a check finds in the whole collection; None if it is a check of articles, or has nothing."""
        if isinstance(judgement.check, CollectionCheck) and judgement.key in self._keys:
            return collection_findings(judgement, self._keys[judgement.key].scan(), self._known.scan())
        if isinstance(judgement.check, RowCheck) and self.rejected:
            return rejected_findings(judgement, self.rejected)
        return None

    def _compared(self, found: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return findings with `new` beside them, and those of them that are."""
        if self._baseline is None:
            return found.with_columns(new=pl.lit(True)), found
        found = self._baseline.marked(found)
        return found, found.filter("new")

    def _counted(self) -> Iterator[pl.DataFrame]:
        """Yield the signals part by part, with what the checks of the collection found counted in."""
        for part in self._signals.scan().collect_batches(chunk_size=_ROWS):
            for key, found in self._late.items():
                part = part.join(found, on="article", how="left", maintain_order="left")
                part = part.with_columns(pl.col(key) + pl.col("_found").fill_null(0)).drop("_found")
            yield part


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
            gathering.add(gathering.analysed(Chunk(frame)))
        gathering.finish()
        return gathering.findings.scan().select(*FINDING).collect()
    finally:
        gathering.close()
