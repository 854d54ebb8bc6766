"""A reason says in words what stands in the features."""

from __future__ import annotations

from copydesk.furniture.lines import HEAD, INSIDE, NO_PROSE, TAIL
from copydesk.furniture.reasons import REASONS, reason

LINE = dict.fromkeys((*REASONS, "repeats"), 0) | {"lines of the run": 5, "zone": TAIL, "lines since prose": 4}


def test_a_phrase_above_and_one_below_are_told_apart() -> None:
    behind = reason(LINE | {"lines since a phrase": 2}, "Read more", 0)
    above = reason(LINE | {"lines since a phrase": 9}, "Read more", 0)
    assert "behind 'Read more'" in behind and "above 'Read more'" in above


def test_the_run_the_publisher_and_the_place_are_named() -> None:
    said = reason(LINE | {"spread of lengths in the run": 99}, None, 1)
    assert said == (
        "a short line in a run of 5 lines that stands in 1 other article of the publisher,"
        " below the last sentence of the story"
    )
    assert "of one length" in reason(LINE, None, 0)
    assert "run" not in reason(LINE | {"lines of the run": 2}, None, 0)
    places = {reason(LINE | {"zone": zone}, None, 0).rpartition(", ")[2] for zone in (NO_PROSE, HEAD, INSIDE, TAIL)}
    assert len(places) == 4
