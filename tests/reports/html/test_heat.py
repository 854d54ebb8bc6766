"""The heat table: the shares of publishers, and no share that is rounded to nothing or to all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.model.overview import Overview, Publisher
from copydesk.reports.html.check_tables import failed_in_order
from copydesk.reports.html.heat import Cell, heat_table

from ..newsroom import newsroom, result


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_a_cell_is_empty_for_nothing_alone_and_100_for_all_alone(checked: int, found: int) -> None:
    found = min(found, checked)
    text = Cell(found, checked, 0).text
    assert (text == "") == (found == 0)
    assert (text == "100") == (found == checked)
    if text not in ("", "<1"):
        assert abs(int(text) - 100 * found / checked) <= 1


def overview(publishers: tuple[Publisher, ...], checks: tuple[str, ...]) -> Overview:
    return Overview(
        checks=checks, publishers=publishers, publishers_in_all=9, volume=None, lengths=None, lines=(), lines_in_all=0,
        copies=(), clusters=0,
    )  # fmt: skip


def test_checks_stand_by_family_and_the_rows_follow_them() -> None:
    publishers = (
        Publisher("The Mail", 10, ((1, 10), (0, 10), (10, 10))),
        Publisher("", 7, ((0, 7), (7, 7), (0, 0)), publishers=3),
        Publisher("", 2, ((0, 2), (0, 2), (0, 2))),
    )
    run = newsroom()
    failed = [row for row, _ in failed_in_order(run)]
    heat = heat_table(overview(publishers, ("ad-residue", "no-such-check", "mojibake")), run, failed)
    assert heat is not None
    assert [(c.name, c.family) for c in heat.columns] == [
        ("mojibake", "text"),
        ("ad-residue", "residue"),
        ("no-such-check", "other"),
    ]
    assert heat.families == [("text", 1), ("residue", 1), ("other", 1)]
    assert heat.columns[1].anchor == "ad-residue" and heat.columns[2].anchor == ""
    assert [row.name for row in heat.rows] == ["The Mail", "3 other publishers", "publisher not known"]
    assert [cell.text for cell in heat.rows[0].cells] == ["100", "10", ""]
    assert [cell.tone for cell in heat.rows[0].cells] == [5, 3, 0]
    assert [row.summed for row in heat.rows] == [False, True, True]


@pytest.mark.parametrize(("publishers", "checks"), [((), ("mojibake",)), ((Publisher("x", 1, ()),), ())])
def test_there_is_no_table_of_nothing(publishers: tuple[Publisher, ...], checks: tuple[str, ...]) -> None:
    assert heat_table(overview(publishers, checks), result(), []) is None
