"""Costs: every check of the suite has its CPU seconds, and the findings are the same."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk.checks.batch import Batch
from copydesk.checks.suite import judgements_of, parse_suite
from copydesk.engine.analysis import analyse
from copydesk.engine.collection import Gathering
from copydesk.engine.costs import SHARED, Costs
from copydesk.model.chunk import Chunk

CHECKS = ("ad_residue", "repeated_paragraph", "duplicate_article")
SUITE = parse_suite(
    "name: small\nexpectations:\n" + "".join(f"  - {{type: expect_news_{check}}}\n" for check in CHECKS), file="s.yml"
)


def test_what_a_call_takes_is_added_also_where_it_fails() -> None:
    costs = Costs()
    assert costs.measure("sum", lambda: sum(range(200_000))) == sum(range(200_000))
    once = costs.seconds["sum"]
    assert once > 0
    costs.measure("sum", lambda: sum(range(200_000)))
    with pytest.raises(ZeroDivisionError):
        costs.measure("fault", lambda: 1 / 0)
    assert costs.seconds["sum"] > once and costs.seconds["fault"] >= 0
    assert costs.total() >= sum(costs.seconds.values())


def test_every_check_has_its_cost_and_finds_the_same() -> None:
    body = "The bridge over the river reopened on Monday after two years of repairs.\n\nHide Ad"
    rows = pl.DataFrame({"file": ["a"] * 2, "row": [1, 2], "line": [1, 2], "body": [body] * 2})
    costs = Costs()
    with_costs = analyse(Batch(rows), judgements_of(SUITE), [], costs)
    assert with_costs.findings.equals(analyse(Batch(rows), judgements_of(SUITE), []).findings)
    run = Gathering(SUITE, costs=costs)
    try:
        run.add(run.analyse(Chunk(rows)))
        before = costs.seconds["duplicate-article"]
        run.finish()
    finally:
        run.close()
        run.findings.close()
    assert costs.seconds.keys() == {SHARED, *(check.replace("_", "-") for check in CHECKS)}
    assert costs.seconds["duplicate-article"] > before
