"""The overview: what a report shows of a collection beyond its findings, in amounts that do not grow with it.

It shows who publishes what, when, how long and with which defects, the lines that publishers repeat, and the articles
that are copies. `copydesk.engine.ledger` makes it; `copydesk.engine.rereading` adds the texts of a few copies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

__all__ = [
    "EDGES",
    "Change",
    "Copies",
    "Copy",
    "Lengths",
    "Line",
    "Overview",
    "Place",
    "Publisher",
    "Shown",
    "Volume",
    "Work",
    "Workload",
    "later",
]

#: Where an article stands: its file as the user names it, and its row.
Place = tuple[str, int]

#: Lengths of bodies are counted between these numbers of words, about evenly spread on a logarithmic scale.
EDGES = (0, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 7_000, 10_000,
         15_000, 20_000, 30_000, 50_000, 70_000, 100_000)  # fmt: skip

#: What the overview may show of a check; a check says it in `Check.overview`. `copies` and `near-copies`: the articles
#: that it finds beside their originals. `lines`: the lines that publishers repeat. `length-limits`: `min_words` and
#: `max_words` beside the lengths of bodies. `dates`: the articles whose date of publication it finds cannot be right:
#: they are left out of the articles over time.
Shown = Literal["copies", "near-copies", "lines", "length-limits", "dates"]


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher, or the sum of several.

    publishers: how many publishers the sum is of.
    by_check: for each check of the overview, articles with findings and articles checked.
    """

    name: str
    articles: int
    by_check: tuple[tuple[int, int], ...]
    publishers: int = 1


#: Days at the start and at the end of a unit that may lack articles although the unit is whole: weekends, holidays.
_MARGIN = {"week": 2, "month": 4, "year": 20}


def later(start: date, unit: str, number: int) -> date:
    """Return the first day of the unit (day, week, month or year) that is `number` units after the one of `start`."""
    if unit in ("day", "week"):
        return start + timedelta(days=number * (7 if unit == "week" else 1))
    months = start.month - 1 + number * (12 if unit == "year" else 1)
    return date(start.year + months // 12, months % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Volume:
    """Articles over time.

    unit: day, week, month or year; the first begins on `start`, and there are as many as `counts`.
    before, after: articles with a date outside of that; undated: articles without a date that tells the day.
    implausible: articles whose date a check found implausible; they are in no other number.
    first, last: the days of the first and the last article counted, where they are known.
    """

    unit: str
    start: date
    counts: tuple[int, ...]
    before: int
    after: int
    undated: int
    implausible: int = 0
    first: date | None = None
    last: date | None = None

    def begin(self, number: int) -> date:
        """Return the first day of a unit."""
        return later(self.start, self.unit, number)

    def is_partial(self, number: int) -> bool:
        """Return whether a unit, the first or the last, is cut: the collection begins or ends well within it."""
        margin = timedelta(days=_MARGIN.get(self.unit, 0))
        cut_first = number == 0 and self.first is not None and self.first > self.start + margin
        end = self.begin(number + 1) - timedelta(days=1)
        cut_last = number == len(self.counts) - 1 and self.last is not None and self.last < end - margin
        return self.unit != "day" and (cut_first or cut_last)


@dataclass(frozen=True, slots=True)
class Lengths:
    """Articles by words of the body.

    counts: bodies with words, between one of EDGES and the next; the last count has no upper end.
    quartiles: of those bodies, in words.
    empty: articles without a word.
    fewest, most: the limits that the suite sets.
    """

    counts: tuple[int, ...]
    quartiles: tuple[int, int, int]
    empty: int
    fewest: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line that stands in article after article of a publisher, and one place where it stands."""

    publisher: str
    text: str
    articles: int
    of: int
    file: str
    row: int | None


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that is a copy or has one; `article` holds its fields where it was read again."""

    id: str
    file: str
    row: int
    reason: str = ""
    article: Mapping[str, str | None] | None = None


@dataclass(frozen=True, slots=True)
class Copies:
    """An article and its copies.

    check: the name of the check that found them.
    size: how many articles, the original among them.
    copies: the first of them.
    near: whether they are near-copies.
    """

    check: str
    size: int
    original: Copy
    copies: tuple[Copy, ...]
    near: bool = False

    @property
    def pair(self) -> tuple[Copy, Copy]:
        """The two that are shown side by side."""
        return self.original, self.copies[0]


@dataclass(frozen=True, slots=True)
class Change:
    """Words that a publisher repeats and that a repair deletes: one rule of its scraper drops them all.

    field: where they stand.
    findings, articles: how many findings have these words, and in how many articles.
    """

    check: str
    field: str
    text: str
    findings: int
    articles: int


@dataclass(frozen=True, slots=True)
class Workload:
    """The findings of one publisher; `publisher` is empty where it is not known.

    articles: the articles of the publisher; `affected` of them have findings.
    repairable: how many of its findings have a repair.
    checks: name, findings and affected articles of each check, the most findings first.
    changes: the words that come most often, of `changes_in_all`.
    """

    publisher: str
    articles: int
    affected: int
    findings: int
    repairable: int
    checks: tuple[tuple[str, int, int], ...]
    changes: tuple[Change, ...]
    changes_in_all: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to mend: the findings that count, by publisher.

    findings: all of them; `repairable` of them have a repair.
    publishers: those with the most findings, of `publishers_in_all` that have any.
    concentrated: how many publishers have 80 % of the findings of all publishers.
    """

    findings: int
    repairable: int
    publishers: tuple[Workload, ...]
    publishers_in_all: int
    concentrated: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A collection at a glance.

    checks: the checks with findings, in the order of the suite and of `Publisher.by_check`.
    publishers: those with the most articles; where there are more, the last is the sum of the others.
    lines: the repeated lines that stand in most articles, of `lines_in_all`.
    copies: the largest clusters, of `clusters`.
    work: what there is to mend.
    """

    checks: tuple[str, ...] = ()
    publishers: tuple[Publisher, ...] = ()
    publishers_in_all: int = 0
    volume: Volume | None = None
    lengths: Lengths | None = None
    lines: tuple[Line, ...] = ()
    lines_in_all: int = 0
    copies: tuple[Copies, ...] = ()
    clusters: int = 0
    work: Work | None = None

    def places(self) -> list[Place]:
        """Return the places of the articles that a report shows side by side."""
        return [(c.file, c.row) for cluster in self.copies for c in cluster.pair]
