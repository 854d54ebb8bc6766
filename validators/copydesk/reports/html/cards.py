"""The cards: one a publisher, which the author of its scraper opens."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from copydesk.model.overview import Work, Workload
from copydesk.reports.html.anchors import Anchors

__all__ = ["Card", "cards"]


@dataclass(frozen=True, slots=True)
class Card:
    """A publisher's work, its anchor, and the address of its stories (`publisher=...`)."""

    anchor: str
    address: str
    load: Workload


def cards(work: Work | None) -> list[Card]:
    """Lay out a card for each publisher of the work, in its order."""
    anchors = Anchors("source-")
    loads = work.publishers if work else ()
    return [
        Card(anchors.of(w.publisher or "unknown"), f"publisher={quote(_encodable(w.publisher), safe='')}", w)
        for w in loads
    ]


def _encodable(name: str) -> str:
    """Return a name without halves of surrogate pairs, which no address can hold."""
    return name.encode("utf-8", "replace").decode()
