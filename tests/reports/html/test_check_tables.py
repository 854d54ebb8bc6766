"""The tables of checks: every expectation in one of them, the worst first, within a bound."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks import SEVERITIES
from copydesk.model.result import ExpectationResult
from copydesk.reports.failures import allowed_share
from copydesk.reports.html.check_tables import check_tables, count_known, failed_in_order, share_found

from ..newsroom import against_baseline, expectation, newsroom, result

EXPECTATIONS = st.lists(
    st.builds(
        expectation,
        st.sampled_from(["ad-residue", "mojibake", "body-length"]),
        st.just(100),
        st.integers(0, 100),
        severity=st.sampled_from(SEVERITIES),
        success=st.sampled_from([True, False, None]),
    ),
    max_size=200,
)


@settings(max_examples=40)
@given(EXPECTATIONS)
def test_every_expectation_stands_in_one_table_or_is_counted(expectations: list[ExpectationResult]) -> None:
    tables = check_tables(result(expectations=tuple(expectations)))
    rows = [*tables.failed, *tables.apart, *tables.passed]
    assert len(rows) + tables.unlisted == len(expectations)
    assert len(rows) == min(150, len(expectations))
    for table in (tables.failed, tables.apart, tables.passed):
        order = [(row.rank, -(row.share or 0)) for row in table]
        assert order == sorted(order)


def test_the_row_of_a_failure_has_the_anchor_of_its_evidence() -> None:
    pairs = failed_in_order(newsroom())
    assert [row.anchor for row, _ in pairs][:2] == ["ad-residue", "repeated-paragraph"]
    assert len({row.anchor for row, _ in pairs}) == len(pairs)
    assert all(row.name == (e.check or e.type) for row, e in pairs)
    assert [row for row, _ in pairs] == check_tables(newsroom()).failed


@pytest.mark.parametrize(
    ("e", "allowed", "found"),
    [
        (expectation("mojibake", 200, 5, kwargs={"mostly": 0.5}), 50.0, 2.5),
        (expectation("mojibake", 200, 5), 0.0, 2.5),
        (expectation("mojibake", None, None), None, None),
        (replace(expectation("mojibake", 200, 5), kwargs={"mostly": {"$PARAMETER": "x"}}), None, 2.5),
    ],
)
def test_shares_are_percent_or_none(e: ExpectationResult, allowed: float | None, found: float | None) -> None:
    assert (allowed_share(e), share_found(e)) == (allowed, found)


def test_options_are_shown_as_people_write_them() -> None:
    kwargs = {"mostly": 1.0, "lexicons": ["a.txt", "b.txt"], "strict": True, "loose": False, "min_words": 5}
    (row,) = check_tables(result(expectations=(expectation("ad-residue", 9, 1, kwargs=kwargs),))).failed
    assert row.options == [("lexicons", "a.txt, b.txt"), ("strict", "yes"), ("loose", "no"), ("min_words", "5")]
    assert (row.found, row.limit) == ("11.1 %", "none")


def test_findings_that_do_not_count_are_counted_apart() -> None:
    run = against_baseline()
    assert run.baseline and sum(count_known(run).values()) == run.baseline.known
    assert [(row.findings, row.known) for row in check_tables(run).failed] == [(1, 4)]
    assert count_known(newsroom()) == {}
