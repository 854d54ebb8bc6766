"""A difference counts the fields that changed and the measures that moved, and fails for new findings alone."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk.gate.differences import Difference, Measure, Version, worst_first
from copydesk.model.finding import FINDING

NONE = pl.DataFrame()
VERSION = Version("a.jsonl", 2, 1, 100, 0, 1)
MOVED, SAME = Measure("language", "en", 1, 2, 0.5, 1.0), Measure("language", "de", 1, 1, 0.5, 0.5)


def compared(severities: list[str]) -> Difference:
    changed = pl.DataFrame({"fields": [["body"], ["headline", "body"]]})
    new = pl.DataFrame({"severity": severities}, schema={"severity": pl.String})
    measures = (MOVED, SAME, Measure("length", "median", 1, 2))
    return Difference("1", "news", VERSION, VERSION, NONE, NONE, changed, 0, new, NONE, 0, measures)


def test_fields_and_measures_are_told_by_what_changed() -> None:
    assert compared([]).fields == {"body": 2, "headline": 1}
    assert compared([]).moved("language") == [MOVED]


@pytest.mark.parametrize(
    ("severities", "fail_on", "fails"),
    [
        ([], "info", False),
        (["info"], "info", True),
        (["info"], "warning", False),
        (["info", "critical"], "warning", True),
        (["critical"], "never", False),
    ],
)
def test_a_new_finding_of_that_severity_or_worse_fails(severities: list[str], fail_on: str, fails: bool) -> None:
    assert compared(severities).fails(fail_on) == fails


def test_the_worst_findings_come_first_and_then_those_that_stand_first() -> None:
    places = [("info", 1), ("critical", 2), ("warning", 1), ("critical", 1)]
    rows = [dict.fromkeys(FINDING) | {"severity": severity, "row": row} for severity, row in places]
    ranked = worst_first(pl.DataFrame(rows))
    assert ranked.select("severity", "row").rows() == [("critical", 1), ("critical", 2), ("warning", 1), ("info", 1)]
