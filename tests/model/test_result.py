"""Results: the gate is shut exactly by failures of the severity that it asks for, or worse."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checks import SEVERITIES
from copydesk.model.finding import LINKS, no_findings
from copydesk.model.result import Collection, Comparison, ExpectationResult, Result

VERDICTS = st.lists(st.tuples(st.sampled_from(SEVERITIES), st.sampled_from([True, False, None])), max_size=8)


def result(verdicts: list[tuple[str, bool | None]], fail_on: str = "critical") -> Result:
    expectations = tuple(
        ExpectationResult("t", None, severity, success, {}, None, None, None) for severity, success in verdicts
    )
    return Result("1", "s", fail_on, Collection(0, 0, 0, {}), expectations, (), no_findings().lazy())


@given(VERDICTS, st.sampled_from([*SEVERITIES, "never"]))
def test_the_gate_is_shut_by_what_is_severe_enough(verdicts: list[tuple[str, bool | None]], fail_on: str) -> None:
    run = result(verdicts, fail_on)
    limit = SEVERITIES.index(fail_on) if fail_on in SEVERITIES else -1
    assert run.success == (not any(ok is False and SEVERITIES.index(s) <= limit for s, ok in verdicts))
    ranks = [SEVERITIES.index(e.severity) for e in run.failed]
    assert ranks == sorted(ranks) and len(ranks) == sum(ok is False for _, ok in verdicts)
    assert set(map(id, run.deciding)) <= set(map(id, run.failed))


def test_what_counts_is_what_is_new_and_the_links_where_they_are_known() -> None:
    run = result([])
    new = no_findings().lazy()
    compared = replace(run, baseline=Comparison(0, 2, 1, 0, new, pl.Series([True])))
    linked = no_findings(links=True).lazy()
    assert run.counted is run.findings and compared.counted is new
    assert replace(compared, linked=linked).counted is linked
    assert {*LINKS} <= {*linked.collect_schema()}


def test_a_comparison_says_what_was_not_compared() -> None:
    comparison = Comparison(3, 41, 9, 0, no_findings().lazy(), pl.Series([], dtype=pl.Boolean))
    assert str(comparison) == "3 new, 41 known, 9 fixed"
    assert str(replace(comparison, not_compared=1_200)) == "3 new, 41 known, 9 fixed, 1,200 not compared"
