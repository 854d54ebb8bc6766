"""The collection at a glance: the charts and tables about the whole collection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.model.overview import Line
from copydesk.model.result import Result
from copydesk.reports.html.charts import Chart, length_chart, volume_chart
from copydesk.reports.html.check_tables import CheckRow
from copydesk.reports.html.copies import COMPARED_CHARACTERS, Pair, side_by_side
from copydesk.reports.html.heat import Heat, heat_table
from copydesk.reports.html.marked_text import clip
from copydesk.reports.html.stories import Story
from copydesk.reports.places import place

__all__ = ["Glance", "LineRow", "at_a_glance"]


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line that a publisher repeats: in how many of its articles, and the place of one of them."""

    text: str
    publisher: str
    articles: int
    of: int
    share: float
    where: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Glance:
    """The parts, each empty where there is nothing to show, and the numbers of all publishers, lines and clusters.

    compared_characters: how many characters of two copies are compared.
    """

    publishers: int
    heat: Heat | None
    volume: Chart | None
    lengths: Chart | None
    lines: list[LineRow]
    lines_in_all: int
    copies: list[Pair]
    clusters: int
    compared_characters: int


def at_a_glance(result: Result, *, failed: list[CheckRow], stories: Sequence[Story], folder: str) -> Glance | None:
    """Lay out the overview of a result; None if it has none.

    Args:
        result: whose overview is shown.
        failed: the rows of the failed checks, which have anchors.
        stories: the stories in the page.
        folder: the folder that file names leave out.
    """
    overview = result.overview
    if overview is None:
        return None
    homes = {s.sample.article.get("id") or "": s.anchor for s in stories}
    by_place = {(f.get("file"), f.get("row")): s.anchor for s in stories for f in s.sample.findings[:1]}
    return Glance(
        publishers=overview.publishers_in_all,
        heat=heat_table(overview, result, failed),
        volume=volume_chart(overview.volume) if overview.volume else None,
        lengths=length_chart(overview.lengths) if overview.lengths else None,
        lines=[_row(line, by_place.get((line.file, line.row), ""), folder) for line in overview.lines],
        lines_in_all=overview.lines_in_all,
        copies=side_by_side(overview, homes=homes, folder=folder),
        clusters=overview.clusters,
        compared_characters=COMPARED_CHARACTERS,
    )


def _row(line: Line, anchor: str, folder: str) -> LineRow:
    return LineRow(
        text=clip(line.text, 200),
        publisher=clip(line.publisher, 80),
        articles=line.articles,
        of=line.of,
        share=100 * line.articles / line.of if line.of else 0.0,
        where=clip(place(line.file, line.row, folder=folder), 120),
        anchor=anchor,
    )
