"""A simulation of a collection: the filters and copydesk's checks, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from copydesk.checks.batch import Batch
from copydesk.checks.suite import Suite, load_suite
from copydesk.engine.analysis import identify
from copydesk.engine.collection import MEMORY, Gathering
from copydesk.engine.spool import Memory, Spool
from copydesk.gate.outcome import expect_articles
from copydesk.lazy import pl
from copydesk.model.article import FIELDS, MEASURES
from copydesk.model.chunk import Chunk
from copydesk.readers import Paths, ReadOptions, Source, find_files, list_paths, read_files
from copydesk.simulation.filters import FILTERS, Simulator
from copydesk.simulation.lines import SeenParagraphs
from copydesk.simulation.outcome import Example, Outcome, Share, Simulation

__all__ = ["simulate"]

#: Bytes of text that are judged at once: tokens take some twenty times as much.
_CHUNK = 8 << 20

#: The publishers and languages shown, and the examples of each rule.
_LARGEST, _EXAMPLES = 20, 2


def simulate(
    paths: Paths,
    *,
    suite: str | Path | Suite = "news",
    mapped: Mapping[str, str] | None = None,
    options: ReadOptions | None = None,
    stdin: BinaryIO | None = None,
    memory: int = MEMORY,
    guard: Callable[[Sequence[Source], Suite], None] | None = None,
) -> Simulation:
    """Say what known filters of web text would drop or cut, and beside it what copydesk finds.

    Args:
        paths: one or several: files, folders, globs, or "-" for JSON lines on standard input.
        suite: what copydesk checks.
        mapped: field to column, for columns that are not recognised.
        options: how files are read, where more must be said than which column is which.
        stdin: where "-" is read from.
        memory: how many bytes of findings and verdicts are held in memory before they are written to disk.
        guard: called with the files and the suite before any work.

    Raises:
        UsageError: the suite or the map is wrong.
        InputError: a file cannot be read at all, or there are no articles.
    """
    from copydesk import __version__

    paths = list_paths(paths)
    suite = suite if isinstance(suite, Suite) else load_suite(suite)
    sources = find_files(paths, options)
    if guard:
        guard(sources, suite)
    gathering = Gathering(suite, memory=memory)
    verdicts = _Verdicts(memory)
    try:
        extra = suite.columns.difference(FIELDS, MEASURES)
        for chunk in read_files(sources, mapped=mapped, extra=extra, chunk_bytes=_CHUNK, stdin=stdin):
            verdicts.add(chunk, gathering.articles)
            gathering.add(gathering.analyse(chunk))
        expect_articles(gathering.articles, paths, gathering.rejected)
        gathering.finish()
        found = _found(gathering.findings.scan())
        rows = verdicts.spool.scan().join(found, on="article", how="left").collect()
        rows = rows.with_columns(pl.col("findings", "doomed").fill_null(0), pl.col("critical").fill_null(False))
        return Simulation(
            version=__version__,
            suite=suite.name,
            articles=rows.height,
            words=int(rows["words"].sum()),
            found=rows.filter(pl.col("findings") > 0).height,
            critical=int(rows["critical"].sum()),
            words_found=int(rows["doomed"].sum()),
            rejected=len(gathering.rejected),
            shards=verdicts.shards,
            outcomes=[_outcome(name, rows, verdicts.examples[name]) for name in FILTERS],
        )
    finally:
        gathering.close()
        gathering.findings.close()
        verdicts.spool.close()


class _Verdicts:
    """The verdicts so far: a row an article, without text, and a few examples.

    Attributes:
        examples: by filter, the first articles that each rule drops or cuts.
    """

    def __init__(self, memory: int) -> None:
        self.spool = Spool(Memory(memory))
        self.examples: dict[str, list[dict[str, object]]] = {name: [] for name in FILTERS}
        self._simulator = Simulator()
        self._count: dict[tuple[str, str], int] = {}

    @property
    def shards(self) -> int:
        """Into how many parts the memory of CCNet was cut."""
        judge = self._simulator.judges["ccnet"]
        return judge.shards if isinstance(judge, SeenParagraphs) else 1

    def add(self, chunk: Chunk, first: int) -> None:
        """Judge the articles of a chunk, of which the first has a number."""
        if chunk.articles.is_empty():
            return
        batch = Batch(chunk.articles, first=first)
        verdicts = self._simulator(batch.articles["body"])
        known = identify(batch).select("article", "article_id", "file", "row")
        columns: dict[str, pl.Series] = {}
        for name, verdict in verdicts.items():
            self._keep_examples(name, verdict, known)
            columns |= {
                f"{name} rule": verdict["rule"],
                f"{name} cut": verdict["cut"],
                f"{name} first": verdict["cut_rule"],
            }
        frame = batch.measures.select("article", "words").with_columns(
            publisher=_named(batch.articles["publisher"]), language=_named(batch.articles["language"]), **columns
        )
        self.spool.put(frame)

    def _keep_examples(self, name: str, verdict: pl.DataFrame, known: pl.DataFrame) -> None:
        drops = pl.col("rule").is_not_null()
        rows = (
            pl.concat([known, verdict], how="horizontal")
            .with_columns(drops=drops, rule=pl.coalesce("rule", "cut_rule"), line=pl.coalesce("line", "cut_line"))
            .filter(pl.col("rule").is_not_null())
            .group_by("rule", "drops", maintain_order=True)
            .head(_EXAMPLES)
        )
        for row in rows.iter_rows(named=True):
            key = name, str(row["rule"])
            self._count[key] = self._count.get(key, 0) + 1
            if self._count[key] <= _EXAMPLES:
                self.examples[name].append(row)


def _named(values: pl.Series) -> pl.Series:
    """Return values without white space at their edges; "(none)" where there is nothing."""
    bare = values.fill_null("").str.strip_chars()
    return bare.set(bare == "", "(none)")


def _found(findings: pl.LazyFrame) -> pl.LazyFrame:
    """Return for each article with findings: `findings`, `critical`, and `doomed`, the words that would be deleted."""
    doomed = (pl.col("repair") == "delete") & (pl.col("field") == "body")
    return (
        findings.select("article", "severity", "repair", "field", words=pl.col("text").str.count_matches(r"\S+"))
        .group_by("article")
        .agg(
            findings=pl.len().cast(pl.Int64),
            critical=(pl.col("severity") == "critical").any(),
            doomed=pl.col("words").filter(doomed).sum().cast(pl.Int64),
        )
    )


def _outcome(name: str, rows: pl.DataFrame, examples: list[dict[str, object]]) -> Outcome:
    rule, cut = pl.col(f"{name} rule"), pl.col(f"{name} cut")
    dropped = rule.is_not_null()
    frame = rows.with_columns(dropped=dropped, lost=pl.when(dropped).then("words").otherwise(cut))
    rules = (
        frame.select(rule=pl.coalesce(rule, pl.col(f"{name} first")))
        .drop_nulls()
        .group_by("rule")
        .len()
        .sort("len", "rule", descending=[True, False])
    )
    findings = dict(
        rows.filter(pl.col("article").is_in([e["article"] for e in examples])).select("article", "findings").iter_rows()
    )
    shown = sorted(examples, key=lambda e: not e["drops"])
    return Outcome(
        name=name,
        title=FILTERS[name].title,
        english=FILTERS[name].english,
        whole=_shares(frame.with_columns(all=pl.lit("all")), "all")[0],
        cut=frame.filter(~pl.col("dropped") & (cut > 0)).height,
        rules=[(str(r), int(n)) for r, n in rules.iter_rows()],
        dropped_without_finding=frame.filter(pl.col("dropped") & (pl.col("findings") == 0)).height,
        kept_with_critical=frame.filter(~pl.col("dropped") & pl.col("critical")).height,
        publishers=_shares(frame, "publisher"),
        languages=_shares(frame, "language"),
        examples=[
            Example(
                **{k: e[k] for k in ("article_id", "file", "row", "drops", "rule", "value", "limit", "line")},  # type: ignore[arg-type]
                findings=findings.get(e["article"], 0),
            )
            for e in shown
        ],
    )


def _shares(frame: pl.DataFrame, column: str) -> list[Share]:
    """Return the largest groups of articles, and what is lost of each."""
    groups = (
        frame.group_by(column)
        .agg(pl.len(), pl.col("dropped").sum(), pl.col("words").sum(), pl.col("lost").sum())
        .sort("len", column, descending=[True, False])
        .head(_LARGEST)
    )
    return [Share(*row) for row in groups.iter_rows()]
