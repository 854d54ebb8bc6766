# ruff: noqa: E501, rows of a table of cases are easier to compare on one line each
"""The verdict: one sentence that is true of every result, and names the rule."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.model.result import Comparison
from copydesk.reports.verdict import verdict

from .newsroom import expectation, result

CASES: list[tuple[str, str, str]] = [
    # fail_on; severities, upper case where failed, "?" where not applicable; the sentence
    ("critical", "C C c c c c W", "Failed: 2 of 6 critical expectations did not hold (the gate fails on critical)"),
    ("critical", "C w", "Failed: the only critical expectation did not hold (the gate fails on critical)"),
    ("critical", "C c c? W", "Failed: 1 of the 2 critical expectations that apply did not hold (the gate fails on critical)"),
    ("critical", "C c? W", "Failed: the only critical expectation that applies did not hold (the gate fails on critical)"),
    ("warning", "c C W i", "Failed: 2 of 3 critical and warning expectations did not hold (the gate fails on warning)"),
    ("info", "c w I", "Failed: 1 of 3 expectations did not hold (the gate fails on info)"),
    ("info", "I", "Failed: the only expectation did not hold (the gate fails on info)"),
    ("critical", "c c w i", "Passed: all 4 expectations hold"),
    ("info", "c", "Passed: the only expectation holds"),
    ("warning", "c w? i?", "Passed: the only expectation that applies holds; 2 do not apply"),
    ("critical", "c c c w?", "Passed: all 3 expectations that apply hold; 1 does not apply"),
    ("critical", "c W W I", "Passed: no critical expectation failed; 3 milder ones did not hold"),
    ("critical", "c I", "Passed: no critical expectation failed; 1 milder one did not hold"),
    ("warning", "w I", "Passed: no critical or warning expectation failed; 1 milder one did not hold"),
    ("critical", "W", "Passed: the suite has no critical expectation; 1 milder one did not hold"),
    ("critical", "c? W", "Passed: no critical expectation applies; 1 milder one did not hold"),
    ("critical", "w w", "Passed: all 2 expectations hold (none of them critical)"),
    ("warning", "i i", "Passed: all 2 expectations hold (none of them critical or warning)"),
    ("critical", "c? w?", "Passed: none of the 2 expectations applies to this collection"),
    ("critical", "", "Passed: the suite has no expectations"),
    ("never", "C w", "Passed: 1 of 2 expectations did not hold, but the gate is set never to fail"),
    ("never", "c w", "Passed: all 2 expectations hold"),
]  # fmt: skip

SEVERITY = {"c": "critical", "w": "warning", "i": "info"}


@pytest.mark.parametrize(("fail_on", "judged", "said"), CASES)
def test_the_verdict_names_the_rule(fail_on: str, judged: str, said: str) -> None:
    expectations = tuple(
        expectation(
            "ad-residue", 10, 5, severity=SEVERITY[j[0].lower()], success=None if j[-1] == "?" else j[0].islower()
        )
        for j in judged.split()
    )
    assert str(verdict(result(fail_on=fail_on, expectations=expectations))) == said


def test_against_a_baseline_nothing_new_is_said_as_such() -> None:
    none = pl.LazyFrame()
    known = Comparison(0, 207, 1, 0, none, pl.Series([], dtype=pl.Boolean))
    run = result(expectations=(expectation("ad-residue", 10, 0),), baseline=known)
    assert str(verdict(run)) == "Passed: nothing new (207 known)"
    some = result(expectations=(expectation("ad-residue", 10, 1, severity="info"),), baseline=replace(known, new=1))
    assert "nothing new" not in str(verdict(some))


@given(
    st.sampled_from(["critical", "warning", "info", "never"]),
    st.lists(st.tuples(st.sampled_from(["critical", "warning", "info"]), st.sampled_from([True, False, None]))),
)
def test_it_never_says_that_all_hold_where_one_does_not(fail_on: str, judged: list[tuple[str, bool | None]]) -> None:
    one = result(
        fail_on=fail_on,
        expectations=tuple(expectation("ad-residue", 10, 5, severity=s, success=state) for s, state in judged),
    )
    said = verdict(one)
    assert (said.word == "Passed") == one.success
    assert ("did not hold" in said.sentence) == bool(one.failed)
    assert len(str(said)) < 120
