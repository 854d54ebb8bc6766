"""An audit of a collection: what checks of single articles cannot see, because it is about splits and labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import BinaryIO

from copydesk.auditing.copies import copy_keys, copy_spans, id_conflicts
from copydesk.auditing.giveaways import feature_keys, giveaway_spans, label_counts
from copydesk.auditing.kinds import judgement
from copydesk.auditing.outcome import Audit
from copydesk.checks.batch import Batch
from copydesk.checks.suite import Suite
from copydesk.engine.analysis import as_findings, identify
from copydesk.engine.collection import MEMORY
from copydesk.engine.spool import Memory, Spool
from copydesk.errors import MappingError, UsageError
from copydesk.gate.outcome import expect_articles, expect_fail_on
from copydesk.lazy import pl
from copydesk.model.article import FIELDS
from copydesk.model.chunk import Chunk, Rejected
from copydesk.model.finding import as_written, no_findings
from copydesk.readers import Paths, ReadOptions, Source, find_files, list_paths, read_files

__all__ = ["audit"]

#: Bytes of text that are read at once: all words of a chunk are counted together.
_CHUNK = 16 << 20

#: The file of an article is a column, too: train.jsonl and test.jsonl are splits.
_FILE = "file"


def audit(
    paths: Paths,
    *,
    split: str | None = None,
    against: Paths | None = None,
    label: str | None = None,
    mapped: Mapping[str, str] | None = None,
    options: ReadOptions | None = None,
    fail_on: str = "critical",
    stdin: BinaryIO | None = None,
    memory: int = MEMORY,
    guard: Callable[[Sequence[Source], Suite], None] | None = None,
) -> Audit:
    """Look for copies across splits or collections, for what gives a label away, and for syndication.

    Args:
        paths: one or several: files, folders, globs, or "-" for JSON lines on standard input.
        split: the column that says to which split an article belongs; "file" for its file. Found are articles of a
            smaller split that stand in a larger one.
        against: paths of another collection. Found are articles of `paths` that stand in it.
        label: the column of a label.
        mapped: field to column, for columns that are not recognised.
        options: how files are read, where more must be said than which column is which.
        fail_on: the mildest severity of a finding that shuts the gate: critical, warning, info, or never.
        stdin: where "-" is read from.
        memory: how many bytes of keys are held in memory before they are written to disk.
        guard: called with the files before any work.

    Raises:
        UsageError: both `split` and `against` are given, or a column is not there.
        InputError: a file cannot be read at all, or there are no articles.
    """
    if split is not None and against is not None:
        raise UsageError("split and against: expected one of them. A split is a column, against another collection.")
    expect_fail_on(fail_on)
    paths = list_paths(paths)
    sources, others = find_files(paths, options), find_files(against, options) if against is not None else []
    if guard:
        guard([*sources, *others], Suite("audit", ()))
    kept = _Kept(memory)
    extra = [column for column in (split, label) if column is not None and column not in (*FIELDS, _FILE)]

    def chunks(files: Sequence[Source], columns: Sequence[str]) -> Iterator[Chunk]:
        return read_files(files, mapped=mapped, extra=columns, stdin=stdin, chunk_bytes=_CHUNK)

    try:
        for chunk in chunks(others, []):
            kept.add(chunk, pl.lit("the other collection"), pl.lit(None, pl.String))
        known_others = kept.articles
        for chunk in chunks(sources, extra):
            side = pl.lit("the audited one") if against is not None else _values(chunk, split)
            kept.add(chunk, side, _values(chunk, label))
        expect_articles(kept.articles - known_others, paths, kept.rejected)
        return _audit_of(kept, others=known_others, labelled=label is not None, fail_on=fail_on)
    finally:
        kept.close()


def _audit_of(kept: _Kept, *, others: int, labelled: bool, fail_on: str) -> Audit:
    """Return the audit of the articles that are kept; the first `others` are those of the other collection."""
    from copydesk import __version__

    findings = kept.findings(labelled=labelled, first=others)
    return Audit(
        version=__version__,
        articles=kept.articles - others,
        others=others,
        sides=kept.counts("side"),
        labels=kept.counts("label") if labelled else [],
        findings=findings.select(as_written()),
        linked=findings,
        rejected=tuple(kept.rejected),
        fail_on=fail_on,
    )


def _values(chunk: Chunk, column: str | None) -> pl.Expr:
    """Return the values of a column of the articles as text; nulls where none is named."""
    if column is None or chunk.articles.is_empty():
        return pl.lit(None, pl.String)
    if column not in chunk.articles.columns:
        raise MappingError(
            f"{chunk.articles['file'][0]}: no column was recognised as {column}. Name it with --map {column}=COLUMN."
        )
    return pl.col(column).cast(pl.String)


class _Kept:
    """What is kept of the articles: keys, and no text."""

    def __init__(self, memory: int) -> None:
        shared = Memory(memory)
        self._known, self._copies, self._features = Spool(shared), Spool(shared), Spool(shared)
        self._labels: list[pl.DataFrame] = []
        self.articles = 0
        self.rejected: list[Rejected] = []

    def add(self, chunk: Chunk, side: pl.Expr, label: pl.Expr) -> None:
        """Add a chunk; the expressions give the side and the label of its articles."""
        self.rejected += chunk.rejected
        if chunk.articles.is_empty():
            return
        bare = chunk.articles.with_columns(side=side.str.strip_chars(), label=label.str.strip_chars())
        batch = Batch(bare.with_columns(pl.col("side", "label").replace("", None)), first=self.articles)
        self._known.put(identify(batch))
        self._copies.put(copy_keys(batch))
        self._features.put(feature_keys(batch))
        self._labels.append(label_counts(batch))
        self.articles += batch.articles.height

    def counts(self, column: str) -> list[tuple[str | None, int]]:
        """Return how many articles have each value of a column, the most first."""
        counted = self._copies.scan().group_by(column).len().sort("len", column, descending=[True, False]).collect()
        return [(value, int(count)) for value, count in counted.iter_rows()]

    def findings(self, *, labelled: bool, first: int) -> pl.DataFrame:
        """Return the findings: the columns of FINDING and LINKS. Those of articles before `first` are left out."""
        spans = copy_spans(self._copies.scan())
        spans["id-conflict"] = id_conflicts(self._copies.scan())
        if labelled:
            counts = pl.concat(self._labels).group_by("label").agg(pl.col("count").sum())
            spans |= giveaway_spans(self._features.scan(), counts)
        known = self._known.scan()
        found = [
            as_findings(some, judgement(kind), known)
            for kind, rows in spans.items()
            if (some := rows.filter(pl.col("article") >= first)).height
        ]
        whole = pl.concat([no_findings(links=True), *(f.drop("article", "twin", "key") for f in found)], how="diagonal")
        return whole

    def close(self) -> None:
        """Remove what was written to disk."""
        for spool in (self._known, self._copies, self._features):
            spool.close()
