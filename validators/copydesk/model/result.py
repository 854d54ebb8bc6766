"""The result of a run, which every report and the gate read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.errors import InputError
from copydesk.lazy import pl
from copydesk.model.finding import SEVERITIES

if TYPE_CHECKING:
    import pandas

    from copydesk.model.chunk import Note, Rejected
    from copydesk.model.overview import Overview

__all__ = [
    "Acceptance",
    "AcceptedEntry",
    "Collection",
    "Comparison",
    "ExpectationResult",
    "Origin",
    "PassedOver",
    "Result",
    "Sample",
]


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Files that were found and not read: what they have in common, how many they are, and the first of them.

    kind: a suffix ('.docx'), the name of a side file ('README.md'), or why else they were not read.
    """

    kind: str
    files: int
    first: str


@dataclass(frozen=True, slots=True)
class Collection:
    """What was read: how many articles and files, how many bytes as stored, and the column of each field.

    notes: what the readers have decided, as which of two columns is the body.
    passed_over: files in the folders that were not read.
    hash: over all fields of all articles, the same in any order and any files; "" if there is none.
    """

    articles: int
    files: int
    bytes: int
    columns: dict[str, str]
    hash: str = ""
    notes: tuple[Note, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpectationResult:
    """One expectation of the suite, judged by Great Expectations.

    check: the kebab-case name for an expectation of news, None for one of Great Expectations' own.
    success: None where the expectation is not applicable, because the data has no such column.
    articles_checked, articles_unexpected: rows; None where an expectation does not count rows.
    findings: how many findings its check has.
    message: one line: what was expected and observed, or why it could not be judged.
    unjudged: whether it could not be judged, and so did not hold.
    values: for an expectation of Great Expectations' own, up to twenty unexpected values.
    of_rows: whether its check judges the reading, so that its findings are the rejected rows.
    """

    type: str
    check: str | None
    severity: str
    success: bool | None
    kwargs: dict[str, Any]
    articles_checked: int | None
    articles_unexpected: int | None
    unexpected_percent: float | None
    findings: int = 0
    message: str = ""
    family: str | None = None
    title: str = ""
    values: tuple[str, ...] = ()
    unjudged: bool = False
    of_rows: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """An article as evidence: its fields as read, and the findings in it as rows (see FINDING and LINKS).

    findings: those that count; none in an article that shows only what is known.
    known: some of those that do not count, because a baseline knows them or somebody accepted them.
    """

    article: dict[str, str | None]
    findings: list[dict[str, Any]]
    known: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The findings of a run compared with a baseline (see `copydesk.gate.baseline`).

    new, known: how many findings; together they are all findings of the run.
    fixed: how many findings of the baseline the run no longer has.
    not_compared: how many findings of the baseline the run could not have: their check or file was left out.
    findings: the new ones, a lazy frame with the columns of FINDING.
    gone: for each finding of the baseline, in its order, whether it is fixed (Boolean).
    """

    new: int
    known: int
    fixed: int
    not_compared: int
    findings: pl.LazyFrame
    gone: pl.Series

    def __str__(self) -> str:
        """Return '3 new, 41 known, 9 fixed'."""
        counts = f"{self.new:,} new, {self.known:,} known, {self.fixed:,} fixed"
        return counts + (f", {self.not_compared:,} not compared" if self.not_compared else "")


@dataclass(frozen=True, slots=True)
class AcceptedEntry:
    """What a person has accepted: a finding by its fingerprint, or a check in the articles of a publisher.

    article_id, text: of the finding, so that a reader of the file knows it.
    added, until: the day of the entry, and the last day on which it holds; None for no end.
    """

    fingerprint: str = ""
    check: str = ""
    publisher: str = ""
    article_id: str = ""
    text: str = ""
    reason: str = ""
    author: str = ""
    added: str = ""
    until: date | None = None

    @property
    def names(self) -> tuple[str, str, str]:
        """What it accepts; two entries of one name cannot stand together."""
        return (self.fingerprint, "", "") if self.fingerprint else ("", self.check, self.publisher.strip().lower())

    def __str__(self) -> str:
        """Return '0123456789abcdef' or 'caption-credit of The Daily Paper'."""
        return self.fingerprint or f"{self.check} of {self.publisher}"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The findings that are accepted (see `copydesk.gate.accepted`), which do not count.

    count: how many.
    findings: them, a lazy frame with the columns of FINDING and LINKS, and `accepted`, the number of the entry.
    entries: the entries.
    expired: those past their last day.
    unused: those that hold and accept nothing.
    """

    count: int
    findings: pl.LazyFrame
    entries: tuple[AcceptedEntry, ...]
    expired: tuple[AcceptedEntry, ...]
    unused: tuple[AcceptedEntry, ...]

    def __str__(self) -> str:
        """Return '41 accepted, 1 entry past its date, 2 entries without effect'."""
        said = [f"{self.count:,} accepted"]
        for some, what in ((self.expired, "past its date"), (self.unused, "without effect")):
            if some:
                said.append(f"{len(some):,} {'entry' if len(some) == 1 else 'entries'} {what}")
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a run comes from.

    name: of the collection, as people call it.
    date: when the run began, in ISO 8601, UTC, to the minute.
    revision: the commit of the repository in which the collection lies; "" where it lies in none.
    """

    name: str
    date: str = ""
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A run: the collection, each expectation in the suite's order, the findings, the rows rejected.

    findings: all findings, also those that a baseline knows: a lazy frame of polars, a row a finding. `collect()` reads
        it. Its columns are `article_id`, `file`, `row`, `line`, `check`, `family`, `field`, `start`, `end` (characters
        of the field), `text` (the words), `reason`, `related`, `repair`, `replacement`, `severity`, `fingerprint`.
    baseline: how the findings compare with the baseline; None without one. With one, only new findings count:
        `success`, `articles_unexpected`, `unexpected_percent` and `findings` of the expectations of news are of these.
    accepted: the findings that are accepted, which do not count; None where no file of them was given.
    samples: up to a few articles for each failed check, with their text.
    overview: the collection at a glance, for the report.
    timing: seconds by stage.
    kept: what `findings` reads from; it lives as long as the result.
    store: writes the findings as a folder of Parquet files, where they are spread over a cluster; else None.
    index: the index of the pandas frame that was checked; None where it was no such frame.
    origin: where the run comes from, where that is known.
    history: for each earlier run, the oldest first, the percentage of articles with findings by check.
    textless: whether texts have been replaced by their hashes.
    linked: the findings that count, with the columns of LINKS beside; None where nothing is known of links.
    repairs: gives the articles with all repairs made, or the certain ones; None where they cannot be read again.
    """

    version: str
    suite: str
    fail_on: str
    collection: Collection
    expectations: tuple[ExpectationResult, ...]
    rejected: tuple[Rejected, ...]
    findings: pl.LazyFrame
    samples: tuple[Sample, ...] = ()
    overview: Overview | None = None
    timing: dict[str, float] = field(default_factory=dict)
    command: str = ""
    baseline: Comparison | None = None
    origin: Origin | None = None
    history: tuple[Mapping[str, float], ...] = ()
    textless: bool = False
    kept: object = field(default=None, repr=False, compare=False)
    store: Callable[[Path], None] | None = field(default=None, repr=False, compare=False)
    index: Any = field(default=None, repr=False, compare=False)
    linked: pl.LazyFrame | None = field(default=None, repr=False, compare=False)
    accepted: Acceptance | None = None
    repairs: Callable[[bool], Iterator[pl.DataFrame]] | None = field(default=None, repr=False, compare=False)

    def repaired(self, *, unsafe: bool = False) -> Iterator[pl.DataFrame]:
        """Yield the articles of the collection with their repairs made, as frames that `copydesk.read` gives.

        The files are read again. `copydesk.fix` writes them.

        Args:
            unsafe: make also the repairs that are not certain.

        Raises:
            InputError: the files have changed, or they cannot be read twice.
        """
        if self.repairs is None:
            raise InputError("The articles cannot be read again, so that there are none to repair.")
        return self.repairs(unsafe)

    def __repr__(self) -> str:
        """Return the verdict, the worst failures and what the result offers, in at most ten lines."""
        lines: list[str] = import_module("copydesk.reports.notebook.plain").lines(self)
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """Return the card that a notebook shows."""
        card: str = import_module("copydesk.reports.notebook.card").render(self)
        return card

    def by_index(self) -> pandas.DataFrame:
        """Return the findings in rows as a pandas frame, under the index of the frame that was checked.

        So `frame.loc[result.by_index().index]` has the rows with findings. Where the frame is not one of pandas, the
        index counts its rows from 0. Findings that stand in no row, as those of a whole publisher, are left out.
        """
        findings = self.findings.filter(pl.col("row").is_not_null()).collect()
        places = (findings["row"] - 1).to_numpy()
        frame = findings.to_pandas()
        return frame.set_index(places if self.index is None else self.index.take(places))

    @property
    def counted(self) -> pl.LazyFrame:
        """The findings that count: with a baseline the new ones, else all; with LINKS beside where these are known."""
        if self.linked is not None:
            return self.linked
        return self.findings if self.baseline is None else self.baseline.findings

    @property
    def failed(self) -> tuple[ExpectationResult, ...]:
        """The expectations that failed, of any severity, worst first."""
        failed = [e for e in self.expectations if e.success is False]
        return tuple(sorted(failed, key=lambda e: SEVERITIES.index(e.severity)))

    @property
    def deciding(self) -> tuple[ExpectationResult, ...]:
        """The failed expectations of the severity `fail_on`, or worse: they shut the gate."""
        if self.fail_on == "never":
            return ()
        limit = SEVERITIES.index(self.fail_on)
        return tuple(e for e in self.failed if SEVERITIES.index(e.severity) <= limit)

    @property
    def success(self) -> bool:
        """Whether the gate is open: no expectation of the severity `fail_on`, or worse, failed."""
        return not self.deciding
