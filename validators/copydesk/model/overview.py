"""The overview: what a report shows of a collection beyond its findings, in amounts that do not grow with it.

Who publishes what, when, how long, with which defects, which lines publishers repeat and which articles are copies:
`copydesk.engine.ledger` draws it up. The texts of a few copies are read again (see `reread`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = [
    "COPIES",
    "EDGES",
    "Copies",
    "Copy",
    "Lengths",
    "Line",
    "Overview",
    "Place",
    "Publisher",
    "Volume",
    "later",
]

#: Where an article stands: its file as the user names it, and its row.
Place = tuple[str, int]

#: Lengths of bodies are counted between these numbers of words, about evenly spread on a logarithmic scale.
EDGES = (0, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 7_000, 10_000,
         15_000, 20_000, 30_000, 50_000, 70_000, 100_000)  # fmt: skip

#: The checks whose findings are copies, the exact ones first.
COPIES = ("duplicate-article", "near-duplicate-article")


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher, or several summed.

    publishers: how many are summed.
    found: for each check of the overview, articles with findings and articles checked.
    """

    name: str
    articles: int
    found: tuple[tuple[int, int], ...]
    publishers: int = 1


def later(start: date, unit: str, number: int) -> date:
    """Return the first day of the unit (day, week, month or year) that comes so many after the one of `start`."""
    if unit in ("day", "week"):
        return start + timedelta(days=number * (7 if unit == "week" else 1))
    months = start.month - 1 + number * (12 if unit == "year" else 1)
    return date(start.year + months // 12, months % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Volume:
    """Articles over time.

    unit: day, week, month or year; the first begins on `start`, and there are as many as `counts`.
    before, after: articles with a date outside of that; undated: without one that tells the day.
    """

    unit: str
    start: date
    counts: tuple[int, ...]
    before: int
    after: int
    undated: int

    def begin(self, number: int) -> date:
        """Return the first day of a unit."""
        return later(self.start, self.unit, number)


@dataclass(frozen=True, slots=True)
class Lengths:
    """Articles by words of the body.

    counts: of bodies that have words, between EDGES, the last open.
    quartiles: of those, in words.
    empty: articles without a word.
    fewest, most: what the suite asks for.
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

    check: which found them.
    size: how many articles, the original among them.
    copies: the first of them.
    """

    check: str
    size: int
    original: Copy
    copies: tuple[Copy, ...]

    @property
    def pair(self) -> tuple[Copy, Copy]:
        """The two that are shown side by side."""
        return self.original, self.copies[0]


@dataclass(frozen=True, slots=True)
class Overview:
    """A collection at a glance.

    checks: the checks that found something, in the order of the suite, as `Publisher.found` has them.
    publishers: those with the most articles, and last, where there are more, the sum of the others.
    lines: of how many publishers and how many different ones in all, `lines_in_all`; here those in most articles.
    copies: the largest clusters; `clusters` in all.
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

    def places(self) -> list[Place]:
        """Return where the articles stand whose texts would show the copies."""
        return [(c.file, c.row) for cluster in self.copies for c in cluster.pair]
