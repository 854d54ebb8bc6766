"""A result at a Python prompt: at most ten lines, and nothing in an article moves the terminal."""

from __future__ import annotations

import unicodedata

from hypothesis import HealthCheck, given, settings
from rich.cells import cell_len

from copydesk.model.result import Result
from copydesk.reports.verdict import verdict

from ..hostile import hostile_results
from ..newsroom import newsroom, result


def test_it_has_the_verdict_the_worst_failures_and_the_way_on() -> None:
    lines = repr(newsroom()).splitlines()
    assert len(lines) == 10
    assert lines[0].startswith("copydesk.Result: Failed: 4 of 5 critical expectations did not hold")
    assert lines[2].startswith("critical  ") and " allowed" in lines[2]
    assert any(line.strip().startswith("“") for line in lines[3:])
    assert ".findings.collect()" in lines[-1]


def test_a_result_without_failures_is_three_lines() -> None:
    lines = repr(result()).splitlines()
    assert lines[0] == f"copydesk.Result: {verdict(result())}" and len(lines) == 3


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(hostile_results())
def test_a_hostile_result_stays_ten_narrow_lines(hostile: Result) -> None:
    text = repr(hostile)
    assert not {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\n"}
    assert len(text.splitlines()) <= 10
    assert all(cell_len(line) <= 100 for line in text.splitlines())
