"""The trend: the shares of a history as a line."""

from __future__ import annotations

from dataclasses import replace

from copydesk.reports.html.report import render
from copydesk.reports.html.trend import trend

from ..newsroom import newsroom


def test_a_trend_needs_an_earlier_run() -> None:
    assert trend([], 1) is None and trend([1.0], None) is None
    one = trend([0.0], 0.0)
    assert one and (one.points, one.words) == ("0,15 100,15", "was 0 %")


def test_the_table_shows_how_a_share_has_moved() -> None:
    page = render(replace(newsroom(), history=({"ad-residue": 20.0}, {"ad-residue": 12.5, "mojibake": 1.0})))
    assert page.count("<polyline") == 2 and "20.0 % → 12.5 %" in page.replace("20 % →", "20.0 % →")
    assert "was 1.0 %" in page
