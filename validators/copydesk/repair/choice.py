"""The choice of repairs: which of the findings of a run are to be repaired."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from copydesk.checks import SEVERITIES, Check, all_checks
from copydesk.errors import UsageError, did_you_mean
from copydesk.repair.edits import Repair

__all__ = ["Choice"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which repairs are made.

    unsafe: also those that are not certain, see `copydesk.checks.Check.confidence`.
    checks: the names of the checks; none for all.
    severity: the mildest severity.
    """

    unsafe: bool = False
    checks: frozenset[str] = frozenset()
    severity: str = "info"

    def must_fit(self, suite: Collection[str]) -> None:
        """Check that the suite has the checks.

        Raises:
            UsageError: it lacks one, or there is no such severity.
        """
        if self.severity not in SEVERITIES:
            raise UsageError(f"severity: expected one of {', '.join(SEVERITIES)}, got {self.severity!r}.")
        for name in sorted(self.checks):
            if name not in suite:
                known = "" if name in all_checks() else f" There is no such check.{did_you_mean(name, all_checks())}"
                raise UsageError(f"--check {name}: the suite has no such check.{known} It has {', '.join(suite)}.")

    def covers(self, finding: Mapping[str, Any]) -> bool:
        """Return whether a finding is of the checks and severities that are asked for."""
        return (not self.checks or finding["check"] in self.checks) and (
            SEVERITIES.index(finding["severity"]) <= SEVERITIES.index(self.severity)
        )

    def repair_of(self, finding: Mapping[str, Any], check: Check, text: str) -> Repair | None:
        """Return what is to be done with a finding in a text; None for one that is left as it is."""
        if finding["repair"] == "none" or not self.covers(finding):
            return None
        new = (finding["replacement"] or "") if finding["repair"] == "replace" else None
        start, end = finding["start"], finding["end"]
        if not self.unsafe and not check.is_certain(text, start, end, new or ""):
            return None
        return Repair(finding["check"], finding["field"], start, end, new, finding["fingerprint"])
