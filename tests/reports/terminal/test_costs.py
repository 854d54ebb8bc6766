"""The costs of checks on the terminal."""

from __future__ import annotations

import pytest

from copydesk.engine.costs import Costs
from copydesk.reports.terminal.costs import costs_table


def test_the_dearest_check_comes_first_and_shares_are_of_the_whole_run(monkeypatch: pytest.MonkeyPatch) -> None:
    costs = Costs()
    costs.seconds = {"cheap": 1.0, "dear": 6.0}
    monkeypatch.setattr(costs, "total", lambda: 8.0)
    lines = [line.split() for line in costs_table(costs).splitlines()]
    assert lines[1:3] == [["dear", "6.000", "75.0%"], ["cheap", "1.000", "12.5%"]]
    assert [line[-2:] for line in lines[3:]] == [["1.000", "12.5%"], ["8.000", "100.0%"]]
