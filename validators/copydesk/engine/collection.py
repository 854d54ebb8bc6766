"""The gathering: takes one chunk after the other, and gives findings, signals and samples of the collection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import count
from typing import Protocol

import polars as pl

from copydesk.checks import CollectionCheck, RowCheck
from copydesk.checks.suite import Judgement, Suite, judgements_of
from copydesk.engine.analysis import FAULTS, collection_findings, rejected_findings
from copydesk.engine.costs import Costs
from copydesk.engine.ledger import Ledger
from copydesk.engine.parts import Part, part_of, prepare
from copydesk.engine.rereading import Rereading, with_texts, worth_reading
from copydesk.engine.samples import Samples
from copydesk.engine.spool import Memory, Spool, copy_texts
from copydesk.judge.signals import Signals, count_findings
from copydesk.model.article import MEASURES
from copydesk.model.chunk import Chunk, Note, Rejected
from copydesk.model.finding import LINKS, as_written
from copydesk.model.overview import Overview
from copydesk.native.functions import release_memory
from copydesk.readers import Source

__all__ = ["MEMORY", "Gathering", "findings_of"]

#: How many checks of the collection run side by side. Of a collection with more than _FEW articles, one: the keys of
#: two would take too much memory.
_BESIDE, _FEW = 2, 250_000

#: How many bytes of findings, keys and known articles are held in memory before they are written to disk.
MEMORY = 32_000_000

#: Articles whose signals are read at once.
_ROWS = 200_000


class KnownFindings(Protocol):
    """Findings that are known, such as a baseline."""

    def mark_new(self, findings: pl.DataFrame) -> pl.DataFrame:
        """Add the column `new` to findings: whether each counts. More columns are kept beside them."""

    def add_articles(self, first: int, publishers: pl.Series) -> None:
        """Take the publishers of the next articles, whose numbers begin with `first`; before their findings."""


class Gathering:
    """The results so far: `add` parts, then `finish`, then `close`.

    Args:
        suite: its checks are run.
        baseline: findings that are known; they are kept, but not counted in the signals. Samples hold a few apart.
        memory: how many bytes of findings and keys are held in memory before they are written to disk.
        costs: what each check takes is added there; then checks run one by one.

    Attributes:
        failed: the checks that raised an exception, see `copydesk.engine.analysis.Analysis`. They are not judged.
        findings: with the columns of FINDING and LINKS, and `article`, `twin`, `key` and `new`.
        judgements: the checks.
        extra_columns: the columns of articles that the suite names.
    """

    def __init__(
        self,
        suite: Suite,
        baseline: KnownFindings | None = None,
        *,
        memory: int = MEMORY,
        costs: Costs | None = None,
    ) -> None:
        self._costs = costs
        self.judgements = judgements_of(suite)
        self._suite = suite
        self.extra_columns = tuple(sorted(suite.columns.difference(MEASURES)))
        self.articles = 0
        self.rejected: list[Rejected] = []
        self.columns: dict[str, str] = {}
        self.notes: list[Note] = []
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
        self.failed: dict[str, BaseException] = {}

    def prepare(self) -> None:
        """Load what the checks need before the first chunk is there."""
        prepare(self.judgements)

    def analyse(self, chunk: Chunk) -> Part:
        """Analyse a chunk; any number of threads may do so at once."""
        return part_of(chunk, self.judgements, self.extra_columns, self._costs)

    def add(self, part: Part) -> None:
        """Add a part; parts come in the order of the collection."""
        self.rejected += part.rejected
        self.notes += part.notes
        for field, column in part.columns.items():
            self.columns.setdefault(field, column)
        if part.frames is None:
            return
        self.failed.update(part.failed)
        frames = part.frames.numbered(self.articles)
        self.articles += part.height
        self._known.put(frames.known)
        for key, keys in frames.keys.items():
            self._keys[key].put(keys)
        if self._baseline is not None:
            self._baseline.add_articles(self.articles - part.height, frames.entries["name"])
        findings, new = self._compare(frames.findings)
        self.samples.add(frames.texts, new)
        if new.height < findings.height:
            self.samples.add_known(frames.texts, findings.filter(~pl.col("new")))
        self.ledger.add(frames.entries)
        self._signals.put(count_findings(frames.signals, new, part.fields, self.judgements))
        self.findings.put(findings)

    def finish(self, progress: Callable[[int, int], object] | None = None) -> None:
        """Run the checks of the collection, and put the rejected rows among the findings.

        Args:
            progress: called after each check of the collection: how many have ended, of how many.
        """
        release_memory()  # they need memory of their own
        with ThreadPoolExecutor(_BESIDE if self.articles <= _FEW and not self._costs else 1) as pool:
            longest = sorted(self.judgements, key=lambda j: self._keys[j.key].bytes if j.key in self._keys else 0)
            running = {j.key: pool.submit(self._run, j) for j in reversed(longest)}
            if progress:
                _tell_of_ends([running[key] for key in self._keys], progress)
            for judgement in self.judgements:
                findings = running.pop(judgement.key).result()
                if findings is None or findings.is_empty():
                    continue
                findings, new = self._compare(copy_texts(findings))  # their texts are parts of the keys
                self.findings.put(findings)
                self.samples.add_late(new)
                if isinstance(judgement.check, CollectionCheck):
                    self._late[judgement.key] = new.group_by("article").agg(_findings=pl.len().cast(pl.Int32))
                else:
                    self._unreadable[judgement.key] = new.height

    def expect_all(self) -> None:
        """Raise what a check has raised, where its findings are needed and nobody judges."""
        for error in self.failed.values():
            raise error

    @property
    def hash(self) -> str:
        """The hash over all articles, see `Ledger.hash`."""
        return self.ledger.hash

    def linked(self) -> pl.LazyFrame:
        """Return all findings: the columns of FINDING as they are written, those of LINKS, `new`, and `accepted`."""
        findings = self.findings.scan()
        more = [name for name in ("new", "accepted") if name in findings.collect_schema().names()]
        return findings.select(*as_written(), *LINKS, *more)

    def signals(self) -> Signals:
        """Return the signals: of the articles, and of the rejected rows, in which only row checks count."""
        signals = Signals(self.judgements, self._suite)
        for part in self._all_signals():
            signals.add(part)
        rows = {j.key: self._unreadable.get(j.key, 0) for j in self.judgements if isinstance(j.check, RowCheck)}
        signals.add_rejected(len(self.rejected), rows)
        signals.add_failed(self.failed)
        signals.add_fields(self.columns)
        return signals

    def overview(self, sources: Sequence[Source], mapped: Mapping[str, str] | None = None) -> Overview:
        """Return the overview of the collection; give the samples the texts that they lack.

        Args:
            sources: the files that were read.
            mapped: which columns the user has named.
        """
        known, findings = self._known.scan(), self.findings.scan()
        checks = {j.key: j.check for j in self.judgements}
        overview = self.ledger.overview(self._all_signals(), findings, known, checks)
        lacking = list(self.samples.without_text().values())
        files = {file for file, _ in (*lacking, *overview.places())}
        rows = known.filter(pl.col("file").is_in(sorted(files))).group_by("file").agg(pl.col("row").max())
        again = Rereading(sources, dict(rows.collect().iter_rows()), mapped)
        for place in lacking:
            again.ask([place])
        overview = worth_reading(overview, again)
        texts = again.read()
        self.samples.complete(texts, findings.filter("new"), findings.filter(~pl.col("new")))
        return with_texts(overview, texts)

    def close(self) -> None:
        """Remove what was written to disk, but the findings: these go when nobody holds them any more."""
        for spool in (self._known, self._signals, *self._keys.values()):
            spool.close()

    def _run(self, judgement: Judgement) -> pl.DataFrame | None:
        """Return the findings of a check of the collection or of rows; None if it is neither, or has no keys."""
        if isinstance(judgement.check, CollectionCheck) and judgement.key in self._keys:
            if judgement.key in self.failed:  # the keys of some articles are missing
                return None
            try:
                find = partial(collection_findings, judgement, self._keys[judgement.key].scan(), self._known.scan())
                return self._costs.measure(judgement.check.name, find) if self._costs else find()
            except FAULTS as error:
                self.failed[judgement.key] = error
                return None
        if isinstance(judgement.check, RowCheck) and self.rejected:
            return rejected_findings(judgement, self.rejected)
        return None

    def _compare(self, findings: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return findings with the column `new`, and the new ones alone."""
        if self._baseline is None:
            return findings.with_columns(new=pl.lit(True)), findings
        findings = self._baseline.mark_new(findings)
        return findings, findings.filter("new")

    def _all_signals(self) -> Iterator[pl.DataFrame]:
        """Yield the signals part by part; the findings of collection checks are counted in."""
        for part in self._signals.slices(_ROWS):
            for key, counts in self._late.items():
                part = part.join(counts, on="article", how="left", maintain_order="left")
                part = part.with_columns(pl.col(key) + pl.col("_findings").fill_null(0)).drop("_findings")
            yield part


def _tell_of_ends(running: Sequence[Future[pl.DataFrame | None]], progress: Callable[[int, int], object]) -> None:
    """Call a function now, and when each of some calls has ended: how many have, of how many."""
    numbers = count(1)
    progress(0, len(running))
    for call in running:
        call.add_done_callback(lambda _: progress(next(numbers), len(running)))


def findings_of(articles: Iterable[pl.DataFrame], suite: Suite) -> pl.DataFrame:
    """Return the findings in articles at hand, without a judgement: for scores, proofs and tests.

    Args:
        articles: frames as readers give them; together they are the collection.
        suite: its checks are run.

    Returns:
        A findings frame, see FINDING.
    """
    gathering = Gathering(suite)
    try:
        for frame in articles:
            gathering.add(gathering.analyse(Chunk(frame)))
        gathering.finish()
        gathering.expect_all()
        return gathering.findings.scan().select(as_written()).collect()
    finally:
        gathering.close()
