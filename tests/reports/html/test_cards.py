"""A card for each publisher, with an anchor and an address that can be passed on."""

from __future__ import annotations

from copydesk.model.overview import Work, Workload
from copydesk.reports.html.cards import cards


def test_an_address_names_the_publisher() -> None:
    loads = tuple(Workload(name, 1, 1, 1, 0, (), ()) for name in ("A & B", "a b", "", "\ud800"))
    made = cards(Work(4, 0, loads, 4, 4))
    assert [c.anchor for c in made] == ["source-a-b", "source-a-b-2", "source-unknown", "source-unnamed"]
    assert [c.address for c in made] == ["publisher=A%20%26%20B", "publisher=a%20b", "publisher=", "publisher=%3F"]
    assert cards(None) == []
