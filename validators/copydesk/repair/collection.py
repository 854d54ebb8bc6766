"""The collection under repair: read twice, first for all findings, then for the articles that have some."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import TracebackType

from copydesk.checks.suite import Suite, judgements_of
from copydesk.engine.collection import MEMORY, Gathering
from copydesk.engine.parts import Part
from copydesk.engine.pipeline import each_part
from copydesk.engine.threads import CORES
from copydesk.gate.outcome import expect_articles
from copydesk.lazy import pl
from copydesk.model.article import FIELDS, MEASURES
from copydesk.model.chunk import Chunk
from copydesk.model.finding import FINDING
from copydesk.readers import Source, even_chunks, read_files
from copydesk.repair.articles import Repaired, Repairing
from copydesk.repair.choice import Choice

__all__ = ["Findings", "repaired_articles", "repaired_chunks"]

#: How much text of articles is repaired at once: they are in memory several times.
CHUNK_BYTES = 16 << 20


class Findings:
    """The findings of a collection, without a judgement of Great Expectations.

    Args:
        sources: the files.
        suite: its checks are run.
        mapped: field to column, for columns that are not recognised.
        memory: how many bytes of findings and keys are held in memory before they are written to disk.
        progress: called with each part of the collection after its analysis.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        suite: Suite,
        *,
        mapped: Mapping[str, str] | None = None,
        memory: int = MEMORY,
        progress: Callable[[Part], None] | None = None,
    ) -> None:
        self._gathering = run = Gathering(suite, memory=memory)
        extra = suite.columns.difference(FIELDS, MEASURES)

        def take(part: Part) -> None:
            run.add(part)
            if progress:
                progress(part)

        reading = partial(read_files, mapped=mapped, extra=extra, chunk_bytes=even_chunks(sources, CORES))
        try:
            each_part(sources, reading, run.analyse, None, take, before=run.prepare)
            expect_articles(run.articles, [source.name for source in sources], run.rejected)
            run.finish()
        except BaseException:
            self.close()
            raise
        self.articles = run.articles
        self.rejected = tuple(run.rejected)
        self.all = run.linked().select(*FINDING)

    def __enter__(self) -> Findings:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Remove what was written to disk."""
        self._gathering.close()
        self._gathering.findings.close()


def repaired_articles(
    sources: Sequence[Source],
    findings: pl.LazyFrame,
    suite: Suite,
    choice: Choice,
    *,
    mapped: Mapping[str, str] | None = None,
    chunk_bytes: int = CHUNK_BYTES,
) -> Iterator[tuple[Chunk, list[Repaired]]]:
    """Read the files again; yield each chunk with those of its articles that have findings, in order.

    Args:
        sources: the files.
        findings: all findings in them, with the columns of FINDING.
        suite: the suite that found them.
        choice: which findings are repaired.
        mapped: see `copydesk.readers.read`.
        chunk_bytes: how much text is repaired at once.

    Raises:
        InputError: a file has changed since its findings were made.
    """
    extra = suite.columns.difference(FIELDS, MEASURES)
    repairing = Repairing(judgements_of(suite), extra, choice)
    for chunk in read_files(sources, mapped=mapped, extra=extra, chunk_bytes=chunk_bytes):
        files = chunk.articles.group_by("file").agg(first=pl.col("row").min(), last=pl.col("row").max())
        here = findings.join(files.lazy(), on="file").filter(pl.col("row").is_between("first", "last"))
        yield chunk, repairing.repair(chunk, here.drop("first", "last").collect())


def repaired_chunks(
    sources: Sequence[Source],
    findings: pl.LazyFrame,
    suite: Suite,
    choice: Choice,
    *,
    mapped: Mapping[str, str] | None = None,
) -> Iterator[pl.DataFrame]:
    """Yield the articles of a collection with their repairs made, as frames that readers give."""
    for chunk, repaired in repaired_articles(sources, findings, suite, choice, mapped=mapped):
        rows = [
            {"file": r.file, "row": r.row, **{f"_{name}": r.after(name) for name in r.edits}}
            for r in repaired
            if r.edits
        ]
        if not rows:
            yield chunk.articles
            continue
        names = sorted({name for row in rows for name in row if name.startswith("_")})
        schema = {"file": pl.String, "row": pl.Int64, **dict.fromkeys(names, pl.String)}
        joined = chunk.articles.join(pl.DataFrame(rows, schema), on=["file", "row"], how="left", maintain_order="left")
        yield joined.with_columns(pl.coalesce(name, name[1:]).alias(name[1:]) for name in names).drop(names)
