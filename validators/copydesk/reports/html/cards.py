"""The cards: one a publisher, which the author of its scraper opens."""

from __future__ import annotations

from dataclasses import dataclass, replace

from copydesk.model.overview import Work, Workload
from copydesk.reports.html.anchors import Anchors
from copydesk.reports.html.page import address, size_of

__all__ = ["Card", "cards"]


_ROOM = 300_000  # bytes of all cards as rendered


@dataclass(frozen=True, slots=True)
class Card:
    """A publisher's work, its anchor, and the address of its stories (`publisher=...`)."""

    anchor: str
    address: str
    load: Workload


def cards(work: Work | None) -> list[Card]:
    """Lay out a card for each publisher of the work, in its order; the last ones without lines where room is short."""
    anchors = Anchors("source-")
    made = []
    left = _ROOM
    for load in work.publishers if work else ():
        where = f"publisher={address(load.publisher)}"
        card = Card(anchors.of(load.publisher or "unknown"), where, load)
        size = size_of("card", card, file="actions.html")
        if size > left:
            card = replace(card, load=replace(load, checks=load.checks[:5], changes=()))
            size = 0
        left -= size
        made.append(card)
    return made
