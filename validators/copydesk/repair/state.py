"""The state of an article while it is repaired: the edits so far, and the spans that stay as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from copydesk.repair.edits import Edit, Repair, apply, compose, edits_of, original_span

__all__ = ["State"]


@dataclass(slots=True, eq=False)
class State:
    """An article while it is repaired.

    index: its number in the chunk.
    texts: its fields as they were read.
    before: the findings in it, as rows of FINDING.
    blocked: spans of its fields that stay as they are.
    edits: the edits of each field so far.
    held_back: the repairs that are not made.
    after: the findings that are left.
    """

    index: int
    texts: dict[str, str]
    before: list[dict[str, Any]]
    blocked: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    edits: dict[str, list[Edit]] = field(default_factory=dict)
    held_back: dict[Repair, None] = field(default_factory=dict)
    after: list[dict[str, Any]] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return a field with the edits so far."""
        return apply(self.texts[name], self.edits[name]) if name in self.edits else self.texts[name]

    def add(self, repairs: Iterable[Repair]) -> bool:
        """Make repairs of the texts as they are now; return whether there were any that nothing blocks."""
        by_field: dict[str, list[Repair]] = defaultdict(list)
        for repair in repairs:
            by_field[repair.field].append(repair)
        changed = False
        for name, some in by_field.items():
            edits = self.edits.get(name, [])
            text = self.text(name)
            new = [e for e in edits_of(text, some) if not self._is_blocked(name, *original_span(edits, e.start, e.end))]
            if new:
                self.edits[name] = compose(self.texts[name], edits, new)
                changed = True
        return changed

    def block(self, name: str, edits: Sequence[Edit]) -> None:
        """Keep edits from being made."""
        self.blocked[name] += [(edit.start, edit.end) for edit in edits]
        self.held_back |= dict.fromkeys(r for edit in edits for r in edit.repairs)

    def _is_blocked(self, name: str, start: int, end: int) -> bool:
        return any((start < to and at < end) or (start, end) == (at, to) for at, to in self.blocked[name])

    def give_up(self) -> None:
        """Leave the article as it was."""
        for name, edits in self.edits.items():
            self.block(name, edits)
        self.edits, self.after = {}, list(self.before)
