"""Anchors are names, and no two are equal."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.reports.html.anchors import PAGE, Anchors

from ..hostile import HOSTILE


@settings(max_examples=30)
@given(st.lists(HOSTILE | st.sampled_from(["stories", "story-1", "f-0", "Ad Residue", "ad-residue"]), max_size=12))
def test_anchors_are_different_from_each_other_and_from_those_of_the_page(names: list[str]) -> None:
    anchors = Anchors()
    made = [anchors.of(name) for name in names]
    assert len({*made, *PAGE}) == len(made) + len(PAGE)
    assert not any(a.startswith(("story-", "f-", "pair-", "score-", "source-")) or a.split() != [a] for a in made)
