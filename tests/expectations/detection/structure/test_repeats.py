"""What stands twice is found to the letter; refrains, tables and chance are not."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from copydesk.checks.batch import Batch
from copydesk_expectations.detection.structure.repeats import (
    Sentences,
    is_repeated,
    leads_above_themselves,
    repeated_sentences,
)

LONG = "The bridge over the river reopened on Monday after two long years."
OTHER = "The first bus crossed it at six in the morning, the mayor said."
MORE = "A fair is to follow on Saturday with music in all of the streets."


def batch(*bodies: str) -> Batch:
    return Batch(pl.DataFrame({"body": bodies}))


def repeats(body: str) -> list[str]:
    rows = repeated_sentences(batch("It rained.", body), 8).to_dicts()
    assert {row["article"] for row in rows} <= {1}
    return [body[row["start"] : row["end"]] for row in rows]


def test_sentences_are_cut_at_their_marks() -> None:
    sentences = Sentences(batch(f"{LONG} {OTHER}\n“{MORE}” he said. 下雨了。市长来了。"))
    assert sentences.words.tolist()[:2] == [12, 13]
    assert len(sentences) == 6


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{LONG} {OTHER} {LONG} {OTHER}", [f"{LONG} {OTHER}"]),
        (f"{LONG} {OTHER} Yes. {MORE} {LONG} {OTHER} Yes. {MORE}", [f"{LONG} {OTHER} Yes. {MORE}"]),
        (f"{LONG}\n{OTHER} Né. {LONG}", [LONG]),
        (
            "桥梁在经过两年的维修之后于星期一上午重新开放了。下雨。" * 2,
            ["桥梁在经过两年的维修之后于星期一上午重新开放了。"],
        ),
        (f"{LONG} {OTHER} {MORE}", []),
        ("It rained on Monday. It rained on Monday.", []),
        (" ".join([LONG] * 4), []),
        ("Mix 2 cups of 3 sorts of flour 4 times. It rained. Mix 2 cups of 3 sorts of flour 4 times.", []),
        (
            "Who was it that opened the bridge on Monday?\nJane.\nWho was it that opened the bridge on Monday?\nOlaf.",
            [],
        ),
    ],
)
def test_a_long_sentence_that_stands_twice_is_found(body: str, expected: list[str]) -> None:
    found = repeats(body)
    if body.startswith("桥"):
        assert found[0].startswith(expected[0])
    else:
        assert found == expected


def test_far_below_a_sentence_needs_more_words() -> None:
    short = "The clerk answered that he was checking it."
    between = "\n".join(f"Day {day} of the fair." for day in range(8))
    assert repeats(f"{short} Yes.\n{between}\n{short} No.") == []
    assert repeats(f"{short} Yes.\nNo.\n{short} No.") == [short]
    assert repeats(f"{LONG} Yes.\n{between}\n{LONG} No.") == [LONG]


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        (LONG[:40] + "...", True),
        (LONG[:40] + " […]", True),
        (LONG, True),
        (LONG.upper(), False),
        ("The bridge over...", False),
        ("The bridge over the lake reopened on Monday after years.", False),
    ],
)
def test_a_lead_above_itself_is_its_beginning(lead: str, expected: bool) -> None:
    rows = leads_above_themselves(batch(f"{lead}\n{LONG} {OTHER}\n{MORE}"), 6)
    assert rows["first"].to_list() == ([1] if expected else [])


def test_keys_are_compared_whole() -> None:
    keys = np.array([1, 2, 1 << 60, 1, (1 << 60) + 1], np.uint64)
    assert is_repeated(keys).tolist() == [True, False, False, True, False]
