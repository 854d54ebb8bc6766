"""The heat table: a row a publisher, a column a check, a cell the share of the articles that have findings."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.checks import FAMILIES, SEVERITIES
from copydesk.model.overview import Overview, Publisher
from copydesk.model.result import Result
from copydesk.reports.figures import plural
from copydesk.reports.html.check_tables import CheckRow

__all__ = ["Cell", "Heat", "HeatColumn", "HeatRow", "heat_table"]

_MOST_COLUMNS = 36

#: Shares in percent above which a cell is a tone darker.
_TONES = (0, 2, 5, 15, 40)


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """A check: its name, its family, and the anchor of its evidence where it failed."""

    name: str
    family: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Articles with findings, articles checked, and the tone of the cell, 0 for no finding."""

    found: int
    checked: int
    tone: int

    @property
    def text(self) -> str:
        """The share in whole percents; empty only for 0, and 100 only for all."""
        if not self.found:
            return ""
        share = 100 * self.found / self.checked
        return "<1" if share < 1 else str(int(share)) if share > 99 else str(round(share))


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A publisher, or several summed: then `publisher` is None."""

    name: str
    publisher: str | None
    articles: int
    cells: list[Cell]
    summed: bool


@dataclass(frozen=True, slots=True)
class Heat:
    """The table, and how many checks of each family stand side by side."""

    families: list[tuple[str, int]]
    columns: list[HeatColumn]
    rows: list[HeatRow]


def heat_table(overview: Overview, result: Result, failed: list[CheckRow]) -> Heat | None:
    """Lay out the table, with checks by family and severity; None without publishers or without findings."""
    by_check = {e.check: e for e in reversed(result.expectations) if e.check}
    anchors = {row.name: row.anchor for row in failed}

    def rank(n: int) -> tuple[int, int, int]:
        e = by_check.get(overview.checks[n])
        family = e.family if e and e.family in FAMILIES else ""
        severity = e.severity if e else "info"
        return (FAMILIES.index(family) if family else len(FAMILIES)), SEVERITIES.index(severity), n

    order = sorted(range(len(overview.checks)), key=rank)[:_MOST_COLUMNS]
    if not order or not overview.publishers:
        return None
    columns = []
    for n in order:
        name = overview.checks[n]
        e = by_check.get(name)
        columns.append(HeatColumn(name, (e.family if e else None) or "other", anchors.get(name, "")))
    families = list(dict.fromkeys(c.family for c in columns))
    return Heat(
        families=[(f, sum(c.family == f for c in columns)) for f in families],
        columns=columns,
        rows=[
            HeatRow(
                _row_name(p),
                None if p.publishers > 1 else p.name,
                p.articles,
                [_cell(*p.by_check[n]) for n in order],
                not p.name,
            )
            for p in overview.publishers
        ],
    )


def _row_name(p: Publisher) -> str:
    if p.publishers > 1:
        return plural(p.publishers, "other publisher")
    return p.name or "publisher not known"


def _cell(found: int, checked: int) -> Cell:
    share = 100 * found / checked if checked else 0
    return Cell(found, checked, sum(share > tone for tone in _TONES))
