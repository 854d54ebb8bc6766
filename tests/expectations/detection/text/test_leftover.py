"""A leftover is passed on by the names of its parts."""

from __future__ import annotations

from copydesk_expectations.detection.text.leftover import Leftover


def test_its_parts_are_what_a_check_reports() -> None:
    leftover = Leftover(2, 7, "a special token", None)
    assert leftover._asdict() == {"start": 2, "end": 7, "reason": "a special token", "mended": None}
