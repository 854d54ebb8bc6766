"""The verdict in one sentence, the same in every report."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.checks import SEVERITIES
from copydesk.model.result import ExpectationResult, Result
from copydesk.reports.figures import plural

__all__ = ["Verdict", "verdict"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A word, and the sentence after its colon: what decided, and by which rule."""

    word: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.word}: {self.sentence}"


def verdict(result: Result) -> Verdict:
    """Return whether the collection passed, and by which rule.

    An expectation that does not apply is never counted as one that held.
    """
    return (
        Verdict("Failed", _failure_sentence(result))
        if not result.success
        else Verdict("Passed", _success_sentence(result))
    )


def _failure_sentence(result: Result) -> str:
    gating = _gating(result)
    apart = sum(e.success is None for e in gating)
    count, kind = len(gating) - apart, _kind(result.fail_on, "and")
    rule = f"(the gate fails on {result.fail_on})"
    if count == 1:
        return f"the only {kind}expectation{' that applies' if apart else ''} did not hold {rule}"
    applied = f"the {count:,} {kind}expectations that apply" if apart else f"{count:,} {kind}expectations"
    return f"{len(result.deciding):,} of {applied} did not hold {rule}"


def _success_sentence(result: Result) -> str:
    everything = result.expectations
    applicable = [e for e in everything if e.success is not None]
    if not everything:
        return "the suite has no expectations"
    if not applicable:
        return f"none of the {plural(len(everything), 'expectation')} applies to this collection"
    if result.baseline and not result.failed and not result.baseline.new:
        return f"nothing new ({result.baseline.known:,} known)"
    failed, apart = len(result.failed), len(everything) - len(applicable)
    if failed and result.fail_on == "never":
        return f"{failed:,} of {plural(len(applicable), 'expectation')} did not hold, but the gate is set never to fail"
    gating = _gating(result)
    guarded = any(e.success is not None for e in gating)
    kind = _kind(result.fail_on, "or")
    if failed:
        ones = f"{failed:,} {'milder ' if kind else ''}{'one' if failed == 1 else 'ones'} did not hold"
        if guarded:
            return f"no {kind}expectation failed; {ones}"
        return f"{f'no {kind}expectation applies' if gating else f'the suite has no {kind}expectation'}; {ones}"
    held = (
        f"the only expectation{' that applies holds' if apart else ' holds'}"
        if len(applicable) == 1
        else f"all {len(applicable):,} expectations {'that apply ' if apart else ''}hold"
    )
    if apart:
        held += f"; {apart:,} {'does' if apart == 1 else 'do'} not apply"
    return held if guarded or not kind else f"{held} (none of them {kind.strip()})"


def _gating(result: Result) -> list[ExpectationResult]:
    """Return the expectations that shut the gate if they fail."""
    limit = SEVERITIES.index(result.fail_on) if result.fail_on in SEVERITIES else len(SEVERITIES)
    return [e for e in result.expectations if SEVERITIES.index(e.severity) <= limit]


def _kind(fail_on: str, joined: str) -> str:
    """Return the severities that shut the gate, in words; empty where all do."""
    return {"critical": "critical ", "warning": f"critical {joined} warning "}.get(fail_on, "")
