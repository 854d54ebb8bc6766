"""The account of an article names the gate, and for each line its score and what raised it."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk.checks.batch import Batch
from copydesk.furniture.model import Model, Split
from copydesk.furniture.reasons import REASONS
from copydesk.furniture.repeats import REPEATS
from copydesk_expectations.detection.residue.page_account import account_of_lines
from copydesk_expectations.detection.residue.page_lines import HELD_AGAINST

PROSE = "The council met on Monday evening and agreed, after a long debate, to put off the decision on the old bridge."
MODEL = Model((Split("zone", 2, -1.0, 3.0),), 0.0, 1.75)
NAMES = tuple(sorted({*REASONS, *HELD_AGAINST} - {*REPEATS}))


def account(body: str, row: int = 1) -> str:
    batch = Batch(pl.DataFrame({"body": [body], "row": [1]}))
    return "\n".join(account_of_lines([batch], row, MODEL, NAMES, ()))


def test_each_line_is_named_with_its_score_and_its_reasons() -> None:
    told = account(f"{PROSE}\nRead more\n{PROSE}\nGossip")
    assert "The gate is open: a lexicon knows 1 of the lines, first of all 'Read more'." in told
    assert "phrase  Read more   (related)" in told
    assert "3.00* Gossip" in told and "raised by zone = 3 (+2.00)" in told


def test_a_shut_gate_is_named() -> None:
    told = account(f"{PROSE}\nGossip")
    assert "The gate is shut" in told and "3.00  Gossip" in told


def test_a_row_without_an_article_is_an_error() -> None:
    with pytest.raises(ValueError, match="no article stands in row 7"):
        account(PROSE, 7)


def test_a_structure_that_recurs_is_the_story_s() -> None:
    headings = "\n".join(f"{name} asks the mayor\n{PROSE}" for name in ("Anna", "Bert", "Carla", "Dora", "Emil"))
    told = account(f"{PROSE}\n{headings}\nRead more")
    assert "story   Anna asks the mayor   (part of a structure that recurs through it)" in told
