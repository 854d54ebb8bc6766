"""What to do first: the few changes that clear most findings, and the share that they really clear."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.model.overview import Work, Workload

__all__ = ["Action", "Actions", "actions"]

_MOST_ACTIONS, _MOST_LINES = 4, 4
_LEAST = 0.005  # an action that clears a smaller share of the findings is not worth a line


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do at one publisher: to drop some words, or, where `lines` is empty, to mend what a check found.

    number: the place of the publisher among those of the work.
    check: the check to mend; empty for words to drop.
    field: where the words stand.
    lines: words and how many findings have them.
    findings: how many findings are gone when it is done. No finding is counted in two actions.
    """

    number: int
    publisher: str
    check: str
    field: str
    lines: tuple[tuple[str, int], ...]
    findings: int


@dataclass(frozen=True, slots=True)
class Actions:
    """The actions, the worthiest first, and how the findings are spread.

    share: of all findings, in percent, those that the actions clear.
    repairable: findings that have a repair; `editorial` have none, and a person must look.
    concentrated: how many publishers, of `publishers`, have 80 % of the findings.
    """

    steps: tuple[Action, ...]
    findings: int
    cleared: int
    share: float
    repairable: int
    editorial: int
    concentrated: int
    publishers: int


def actions(work: Work) -> Actions:
    """Choose the actions that clear most findings."""
    possible = [a for n, load in enumerate(work.publishers) for a in _of_publisher(n, load)]
    worthy = [a for a in possible if a.findings >= max(2, _LEAST * work.findings)]
    steps = sorted(worthy, key=lambda a: (-a.findings, a.number, a.check))[:_MOST_ACTIONS]
    cleared = sum(a.findings for a in steps)
    return Actions(
        steps=tuple(steps),
        findings=work.findings,
        cleared=cleared,
        share=100 * cleared / work.findings if work.findings else 0.0,
        repairable=work.repairable,
        editorial=work.findings - work.repairable,
        concentrated=work.concentrated,
        publishers=work.publishers_in_all,
    )


def _of_publisher(number: int, load: Workload) -> list[Action]:
    """Return the actions at a publisher: the most frequent words to drop, then each check for what they leave."""
    chosen = load.changes[:_MOST_LINES]
    by_field: dict[str, dict[str, int]] = {}
    for change in chosen:  # two checks may find the same words
        lines = by_field.setdefault(change.field, {})
        lines[change.text] = lines.get(change.text, 0) + change.findings
    out = [
        Action(number, load.publisher, "", field, tuple(lines.items()), sum(lines.values()))
        for field, lines in by_field.items()
    ]
    for check, findings, _ in load.checks:
        left = findings - sum(c.findings for c in chosen if c.check == check)
        if left:
            out.append(Action(number, load.publisher, check, "", (), left))
    return out
