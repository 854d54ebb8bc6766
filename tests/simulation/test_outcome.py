from __future__ import annotations

import json

from copydesk.simulation.outcome import Example, Outcome, Share, Simulation


def test_the_table_and_the_json_say_the_same() -> None:
    whole = Share("all", 4, 1, 400, 120)
    example = Example("a-1", "a.jsonl", 1, True, "dup_line_frac", 0.5, 0.3, "Same  line", 1)
    outcome = Outcome(
        "c4", "C4", True, whole, 2, [("dup_line_frac", 1)], 1, 0, [whole], [Share("de", 4, 1, 400, 120)], [example]
    )
    made = Simulation("0.1", "news", 4, 400, 2, 1, 30, 3, 1, [outcome])
    table = "\n".join(made.table())
    assert "25.0 %" in table
    assert "30.0 %" in table
    assert "3 rows could not be read" in table
    assert "Made for English alone: C4" in table
    assert "drops a-1 by dup_line_frac (0.5, limit 0.3): “Same line” [copydesk: 1 finding]" in table
    assert json.loads(made.json())["outcomes"][0]["whole"]["words_lost"] == 120
