"""Anchors that are names: `#ad-residue`, `#source-hill-echo`. A link stays right when ranks change."""

from __future__ import annotations

import re
from itertools import count

__all__ = ["PAGE", "Anchors"]

_LONGEST = 60  # characters

#: The ids that the page itself has; no other anchor may be one of them.
PAGE = frozenset(
    [
        "main",
        "verdict",
        "actions",
        "checks",
        "checks-title",
        "failed",
        "failed-title",
        "glance",
        "glance-title",
        "publishers",
        "volume",
        "lengths",
        "lines",
        "copies",
        "cards",
        "cards-title",
        "stories",
        "stories-title",
        "rejected",
        "rejected-title",
        "scores",
        "tip",
        "menu",
        "filter-checks",
        "filter-stories",
        "chosen",
    ]
)

#: How the ids of stories, pairs, findings, scores and publishers begin.
_KINDS = ("story-", "pair-", "f-", "score-", "source-")


class Anchors:
    """Gives each name an anchor of its own."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix, self._taken = prefix, set(PAGE)

    def of(self, name: str) -> str:
        """Return the anchor: the name in small letters, digits and hyphens, numbered where it is taken.

        >>> anchors = Anchors()
        >>> anchors.of("ad-residue"), anchors.of("ad-residue"), anchors.of("checks"), anchors.of("<&>")
        ('ad-residue', 'ad-residue-2', 'checks-2', 'unnamed')
        """
        slug = re.sub(r"[\W_]+", "-", name[: 4 * _LONGEST].lower()).strip("-")[:_LONGEST].strip("-") or "unnamed"
        first = self._prefix + (f"check-{slug}" if not self._prefix and slug.startswith(_KINDS) else slug)
        anchor = (
            first
            if first not in self._taken
            else next(numbered for n in count(2) if (numbered := f"{first}-{n}") not in self._taken)
        )
        self._taken.add(anchor)
        return anchor
