"""The charts and the heat table: what is drawn is what was counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.model.overview import EDGES, Lengths, Publisher, Volume
from copydesk.reports.html.charts import Chart, length_chart, volume_chart
from copydesk.reports.html.heat import heat_table

from ..newsroom import newsroom

COUNTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=300).filter(any).map(tuple)


def drawn_well(chart: Chart, counts: tuple[int, ...]) -> None:
    assert tuple(b.count for b in chart.bars) == counts
    left = [float(b.x.rstrip("%")) for b in chart.bars]
    right = [x + float(b.width.rstrip("%")) for x, b in zip(left, chart.bars, strict=True)]
    assert all(r <= x + 0.02 for r, x in zip(right, left[1:], strict=False))
    assert left[0] >= 0 and right[-1] <= 100.02
    assert max(b.height for b in chart.bars) == 120
    assert all((b.height > 0) is (b.count > 0) for b in chart.bars)
    assert all(0 <= float(t.x.rstrip("%")) <= 100 for t in (*chart.ticks, *chart.limits))


@given(st.sampled_from(["day", "week", "month", "year"]), st.dates(date(1900, 1, 1), date(1950, 1, 1)), COUNTS)
def test_bars_over_time(unit: str, start: date, counts: tuple[int, ...]) -> None:
    start = start.replace(day=1)
    drawn_well(volume_chart(Volume(unit, start, counts, 0, 0, 0)), counts)


@given(
    st.lists(st.integers(0, 99), min_size=len(EDGES), max_size=len(EDGES)).filter(any).map(tuple),
    st.none() | st.integers(0, 200_000),
    st.none() | st.integers(0, 200_000),
)
def test_bars_by_length(counts: tuple[int, ...], fewest: int | None, most: int | None) -> None:
    chart = length_chart(Lengths(counts, (1, 2, 3), 0, fewest, most))
    shown = tuple(b.count for b in chart.bars)
    assert sum(shown) == sum(counts)
    drawn_well(chart, shown)
    assert len({b.label for b in chart.bars}) == len(shown)


def test_bars_beyond_a_threshold_are_told_apart() -> None:
    counts = tuple(1 if 30 > n > 0 else 0 for n in range(len(EDGES)))
    chart = length_chart(Lengths(counts, (1, 2, 3), 0, fewest=50, most=5_000))
    assert [b.label for b in chart.bars if b.kind == "out"] == [
        *("10 to 14 words", "15 to 19 words", "20 to 29 words", "30 to 49 words"),
        *("7,000 to 9,999 words", "10,000 to 14,999 words", "15,000 to 19,999 words", "20,000 to 29,999 words"),
        *("30,000 to 49,999 words", "50,000 to 69,999 words", "70,000 to 99,999 words", "100,000 words and more"),
    ]  # fmt: skip
    assert [t.text for t in chart.limits] == ["at least 50", "at most 5,000"]


@pytest.mark.parametrize(
    ("unit", "counts", "said"),
    [
        ("day", (1, 0, 0, 1), "No article in 2 of 4 days: 29 to 30 March 2031."),
        ("day", (1, 0, 0, 0, 0, 1), "No article in 4 of 6 days: 29 March to 1 April 2031."),
        ("week", (1, 0, 1), "No article in 1 of 3 weeks: week of 4 April 2031."),
        ("day", (1, 1), "Every day has articles: 28 to 29 March 2031."),
        ("day", (1, 0) * 9, "No article in 9 of 18 days: 29 March 2031, 31 March 2031, 2 April 2031, 4 April 2031,"
         " 6 April 2031, 8 April 2031; and 3 shorter gaps."),
    ],
)  # fmt: skip
def test_gaps_are_said_in_words(unit: str, counts: tuple[int, ...], said: str) -> None:
    chart = volume_chart(Volume(unit, date(2031, 3, 28), counts, 0, 0, 0))
    assert chart.sentences == [said]
    assert [b.kind == "gap" for b in chart.bars] == [not n for n in counts]


def test_the_heat_table_stands_by_family_and_leads_to_the_evidence() -> None:
    seen = newsroom()
    assert seen.overview
    heat = heat_table(seen.overview, seen, [])
    assert heat
    assert heat.families == [("text", 1), ("residue", 1), ("collection", 1)]
    assert [c.name for c in heat.columns] == ["mojibake", "ad-residue", "duplicate-article"]
    assert [r.name for r in heat.rows] == ["The Portnahaven Mail", "صحيفة وادي الزهر", "12 other publishers"]
    assert [[c.text for c in r.cells] for r in heat.rows] == [["", "13", "2"], ["<1", "4", "<1"], ["", "", ""]]


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_cell_never_rounds_to_nothing_or_to_all(found: int, more: int) -> None:
    seen = newsroom()
    assert seen.overview
    checked = found + more
    publisher = Publisher("Mail", checked, ((found, checked),) * 3)
    heat = heat_table(replace(seen.overview, publishers=(publisher,)), seen, [])
    assert heat
    cell = heat.rows[0].cells[0]
    assert cell.text != "100" and (cell.text == "") is (found == 0) is (cell.tone == 0)


def test_without_publishers_there_is_no_heat_table() -> None:
    seen = newsroom()
    assert seen.overview
    assert heat_table(replace(seen.overview, publishers=()), seen, []) is None


def test_first_and_last_months_that_are_cut_are_marked() -> None:
    cut = Volume("month", date(2031, 3, 1), (4, 9, 2), 0, 0, 0, 3, date(2031, 3, 12), date(2031, 5, 9))
    chart = volume_chart(cut)
    assert [b.kind for b in chart.bars] == ["partial", "", "partial"]
    assert chart.bars[0].label == "March 2031, not whole"
    assert "The first and the last month are not whole: the articles are of 12 March to 9 May 2031." in chart.sentences
    assert "3 articles have an implausible date, and have no bar." in chart.sentences
    whole = replace(cut, first=date(2031, 3, 2), last=date(2031, 5, 30))
    assert [b.kind for b in volume_chart(whole).bars] == ["", "", ""]
