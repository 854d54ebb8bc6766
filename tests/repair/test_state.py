"""The state of an article: edits add up, and blocked spans stay."""

from __future__ import annotations

from copydesk.repair.edits import Repair
from copydesk.repair.state import State


def test_repairs_add_up_and_blocked_spans_stay() -> None:
    state = State(0, {"body": "One.\nHide Ad\nTwo.Three."}, [])
    label = Repair("ad-residue", "body", 5, 12, None)
    assert state.add([label]) and state.text("body") == "One.\nTwo.Three."
    assert state.add([Repair("glued-words", "body", 5, 15, "Two. Three.")])
    assert state.text("body") == "One.\nTwo. Three."
    state.give_up()
    assert state.text("body") == state.texts["body"] and label in state.held_back
    assert not state.add([label])
