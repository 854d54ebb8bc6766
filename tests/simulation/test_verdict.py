from __future__ import annotations

import numpy as np
import polars as pl

from copydesk.simulation.verdict import VERDICT, Rules, cut_lines, measured


def test_the_first_rule_that_is_broken_decides() -> None:
    rules = Rules(3)
    rules.drop("early", np.array([False, True, False]))
    assert rules.open.tolist() == [True, False, True]
    rules.drop_over("late", np.array([5, 5, 1]), np.array([10, 10, 10]), 0.3, pl.Series(["a", "b", "c"]))
    rules.drop_under("later", np.array([0, 0, 9]), np.array([10, 10, 10]), 0.5)
    verdict = rules.verdict()
    assert verdict.columns == list(VERDICT)
    assert verdict["rule"].to_list() == ["late", "early", None]
    assert verdict["value"].to_list() == [0.5, None, None]
    assert verdict["line"].to_list() == ["a", None, None]


def test_a_share_of_nothing_breaks_no_rule() -> None:
    assert np.isnan(measured([1, 0], [0, 0])).all()
    rules = Rules(1)
    rules.drop_over("over", [1], [0], 0.1)
    rules.drop_under("under", [1], [0], 0.1)
    assert rules.verdict()["rule"].to_list() == [None]


def test_lines_are_cut_of_articles_that_stay() -> None:
    rules = Rules(2)
    rules.drop("bad", [True, False])
    lines = pl.DataFrame(
        {"text": [0, 1, 1], "part": ["x y", "a b c", "d"], "words": [2, 3, 1], "rule": ["short", "short", None]},
        schema_overrides={"text": pl.UInt32},
    )
    verdict = cut_lines(rules.verdict(), lines)
    assert verdict["cut"].to_list() == [0, 3]
    assert verdict["cut_line"].to_list() == [None, "a b c"]
