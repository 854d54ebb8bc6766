"""The signals: how many findings of each check the articles have, in the smallest form that gives exact verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from copydesk.lazy import np, pl
from copydesk.model.article import FIELDS, MEASURES

if TYPE_CHECKING:
    from copydesk.checks.suite import Judgement, Suite

__all__ = ["ARTICLES", "Signals", "count_findings", "failure_of"]

#: The column of a tally with the number of articles that a row stands for.
ARTICLES = "copydesk_articles"

#: The most characters of what an exception says.
_LONGEST = 300


class Signals:
    """Gathers the signals of stretches of a collection; the signals of two stretches can be joined.

    Most expectations need only the number of articles with no finding, with one, with two and so on. A row for each
    article is kept only of the columns that a suite names, and of the checks that it applies under a condition.

    Attributes:
        failed: what was raised by each check that failed, by `Check.key`.
    """

    def __init__(self, judgements: Sequence[Judgement], suite: Suite) -> None:
        self._keys = [j.key for j in judgements]
        self._columns = sorted(suite.columns)
        conditional = {e.check.key for e in suite.entries if e.check is not None and e.kwargs.get("row_condition")}
        self._conditional = sorted(conditional)
        self._counts: dict[str, Counter[int]] = {}
        self._rows: list[pl.DataFrame] = []
        self._rejected: dict[str, list[int]] = {}
        self._rejected_rows = 0
        self._lacking: frozenset[str] = frozenset()
        self.failed: dict[str, str] = {}

    def add(self, signals: pl.DataFrame) -> None:
        """Add articles, see `count_findings`."""
        for key in (key for key in self._keys if key in signals.columns):
            counts = signals[key].drop_nulls() if signals[key].null_count() else signals[key]
            articles = np.bincount(counts.to_numpy()).tolist()
            self._counts.setdefault(key, Counter()).update({n: number for n, number in enumerate(articles) if number})
        if self._columns:
            names = [c for c in ("article", *self._columns, *self._conditional) if c in signals.columns]
            self._rows.append(signals.select(names))

    def add_late(self, key: str, counts: pl.DataFrame) -> None:
        """Add the findings of a check of the collection: `article`, each once, and `findings`, their number."""
        for (findings,) in counts.select("findings").iter_rows():
            self._counts[key][findings] += 1
            self._counts[key][0] -= 1
        if key in self._conditional:
            rows = pl.concat(self._rows, how="diagonal_relaxed")
            late = counts.select("article", pl.col("findings").cast(pl.Int32).alias("_added"))
            joined = rows.join(late, on="article", how="left", maintain_order="left")
            self._rows = [joined.with_columns(pl.col(key) + pl.col("_added").fill_null(0)).drop("_added")]

    def add_rejected(self, rows: int, findings: Mapping[str, int]) -> None:
        """Add the rows that could not be read; for each check of rows, in how many of them it has a finding."""
        self._rejected = {key: [1] * count + [0] * (rows - count) for key, count in findings.items()}
        self._rejected_rows = rows
        for key, values in self._rejected.items():
            self._counts.setdefault(key, Counter()).update(values)

    def add_failed(self, failed: Mapping[str, BaseException]) -> None:
        """Add the checks that raised an exception: they cannot be judged."""
        for key, error in failed.items():
            self.failed.setdefault(key, failure_of(error))

    def join(self, other: Signals, first: int) -> None:
        """Add the signals of the stretch that follows; it numbers its articles as if `first` were 0."""
        self.failed = other.failed | self.failed
        for key, counts in other._counts.items():
            self._counts.setdefault(key, Counter()).update(counts)
        self._rows += [rows.with_columns((pl.col("article") + first).cast(pl.UInt32)) for rows in other._rows]

    def applicable(self, key: str) -> bool:
        """Say whether any article or row has what the check needs."""
        return sum(self._counts.get(key, Counter()).values()) > 0

    def findings(self, key: str) -> int:
        """Return how many findings there are."""
        return sum(findings * articles for findings, articles in self._counts.get(key, Counter()).items())

    def tally(self) -> dict[str, list[int | None]]:
        """Return how many articles have how many findings of each check.

        A row is a check and a number of findings. The number stands in the check's column, with None in the columns of
        the other checks; the number of articles that have it stands in ARTICLES.
        """
        rows = [
            (key, findings, articles)
            for key in self._keys
            for findings, articles in sorted(self._counts.get(key, Counter()).items())
            if articles
        ]
        counts: list[int | None] = [articles for _, _, articles in rows]
        return {ARTICLES: counts} | {
            key: [findings if key == of else None for of, findings, _ in rows] for key in self._keys
        }

    def add_fields(self, fields: Collection[str]) -> None:
        """Take which fields the data has; without this, it has all."""
        self._lacking = frozenset(FIELDS).difference(fields)

    def missing(self, columns: Iterable[str]) -> list[str]:
        """Return those of the columns that the data lacks: `rows` has nulls in their place."""
        return sorted(self._lacking.intersection(columns))

    def rows(self) -> pl.DataFrame:
        """Return the columns and checks that conditions need: a row an article, then a row for each rejected one.

        A check's column is null where it does not apply.
        """
        readable = pl.concat(self._rows, how="diagonal_relaxed") if self._rows else pl.DataFrame()
        rejected = {key: values for key, values in self._rejected.items() if key in self._conditional}
        unreadable = pl.DataFrame(
            {"article": [None] * self._rejected_rows, **rejected},
            schema={"article": pl.UInt32, **dict.fromkeys(rejected, pl.Int32)},
        )
        rows = pl.concat([readable, unreadable], how="diagonal_relaxed").drop("article")
        own = [c for c in self._columns if c in rows.columns and c not in (*FIELDS, *MEASURES)]
        rows = rows.with_columns(_numeric(rows[c]) for c in own)
        kinds = dict.fromkeys(self._columns, pl.String()) | dict.fromkeys(self._conditional, pl.Int32())
        return rows.with_columns(pl.lit(None, kind).alias(c) for c, kind in kinds.items() if c not in rows.columns)


def failure_of(error: BaseException) -> str:
    """Return what a check has raised, in one line: for the verdict that it could not be judged."""
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return said if len(said) <= _LONGEST else said[:_LONGEST] + "…"


def count_findings(
    signals: pl.DataFrame, findings: pl.DataFrame, fields: Collection[str], judgements: Iterable[Judgement]
) -> pl.DataFrame:
    """Add a column for each check to signals: how many findings an article has; null where the check does not apply.

    Args:
        signals: see `copydesk.engine.analysis.Analysis`; all articles, in order.
        findings: those that count.
        fields: which fields the articles have.
        judgements: the checks.
    """
    first = signals["article"].first()
    counts = {
        key: np.bincount(rows["article"].to_numpy() - first, minlength=signals.height).astype(np.int32)
        for (key,), rows in findings.select("article", "key").partition_by("key", as_dict=True).items()
    }
    there, missing = (pl.Series([value], dtype=pl.Int32).new_from_index(0, signals.height) for value in (0, None))
    known = frozenset(fields)
    return signals.hstack(
        [
            pl.Series(j.key, counts[j.key])
            if j.key in counts
            else (there if known.issuperset(j.check.needs) else missing).alias(j.key)
            for j in judgements
        ]
    )


def _numeric(column: pl.Series) -> pl.Series:
    """Return a text column as numbers if it holds nothing else: text formats have no types, but suites expect them."""
    if column.dtype != pl.String or column.null_count() == len(column):
        return column
    for kind in (pl.Int64, pl.Float64):
        cast = column.cast(kind, strict=False)
        if cast.null_count() == column.null_count():
            return cast
    return column
