"""The choice of repairs."""

from __future__ import annotations

from typing import Any

import pytest

from copydesk.checks import check_named
from copydesk.errors import UsageError
from copydesk.repair.choice import Choice

FINDING: dict[str, Any] = {
    "check": "ad-residue",
    "field": "body",
    "start": 0,
    "end": 7,
    "repair": "delete",
    "replacement": None,
    "severity": "warning",
    "fingerprint": "f",
}
CHECK = check_named("ad-residue")()
UNSURE = check_named("caption-credit")()


@pytest.mark.parametrize(
    ("choice", "change", "made"),
    [
        (Choice(), {}, True),
        (Choice(), {"repair": "none"}, False),
        (Choice(checks=frozenset(["mojibake"])), {}, False),
        (Choice(severity="critical"), {}, False),
        (Choice(severity="warning"), {}, True),
    ],
)
def test_what_is_covered_is_repaired(choice: Choice, change: dict[str, Any], made: bool) -> None:
    assert (choice.repair_of(FINDING | change, CHECK, "Hide Ad") is not None) == made


def test_what_is_not_certain_must_be_asked_for() -> None:
    assert Choice().repair_of(FINDING, UNSURE, "Hide Ad") is None
    assert Choice(unsafe=True).repair_of(FINDING, UNSURE, "Hide Ad") is not None


@pytest.mark.parametrize("choice", [Choice(checks=frozenset(["ad-residu"])), Choice(severity="bad")])
def test_what_the_suite_lacks_is_an_error(choice: Choice) -> None:
    with pytest.raises(UsageError):
        choice.must_fit(["ad-residue"])
