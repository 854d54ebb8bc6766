"""Each kind of line that only looks broken is told from a sentence that goes on."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from copydesk_expectations.detection.structure import breaks


def pair(text: str, following: str, **changed: Any) -> pl.DataFrame:
    row = {
        "text": text,
        "words": len(text.split()),
        "chars": len(text),
        "last": text.split()[-1],
        "first": following.split()[0],
        "following": following[:40],
        "next_lower": following[0].islower(),
        "next_ends": following[-1] in ".!?”",
        "next_words": len(following.split()),
        "language": "en",
        "in_list": False,
    }
    return pl.DataFrame([row | changed])


def holds(predicate: pl.Expr, *lines: str, **changed: Any) -> bool:
    return bool(pair(*lines, **changed).select(predicate).item())


@pytest.mark.parametrize(
    ("text", "following", "expected"),
    [
        ("The first bus crossed the bridge", "at six in the morning.", True),
        ("The first bus, he said,", "crossed it at six.", True),
        ("Posted on 12 January 2012 12:25PM", "it is a good bridge, I think.", False),
        ("The whole release is at http://x.example/a", "it is long and dull.", False),
        ("Home | Sports | Culture |", "boats on the river and the lake.", False),
        ("if the bridge is open, or", "if the bridge is closed.", False),
        ("to keep the bridge open; and", "to pay for the repairs.", False),
        ("Bridge reopens after years", "staff reporter 12", False),
    ],
)
def test_a_label_an_address_and_an_item_do_not_break_off(text: str, following: str, expected: bool) -> None:
    assert holds(breaks.can_break_off(), text, following) == expected
    assert not holds(breaks.can_break_off(), text, following, in_list=True)


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        ("at six in the morning.", True),
        ("morning, said the mayor.", True),
        ("iPhone drivers were there.", False),
        ("valley.example (Jane Roe)", False),
        ("video: the mayor on the bridge", False),
        ("yesterday, 15:30", False),
        ("a) the mayor goes first", False),
        ("At six in the morning.", False),
    ],
)
def test_a_sentence_goes_on_with_a_plain_word(following: str, expected: bool) -> None:
    assert holds(breaks.goes_on(), "The first bus crossed the bridge", following) == expected


@pytest.mark.parametrize(
    ("text", "following", "language", "expected"),
    [
        ("On Monday the city reopened the", "River Bridge in the north.", "en", True),
        ("On Monday the city reopened the", "River Bridge in the north.", "de", False),
        ("Die Küste nimmt den Tanker ein", "Player wird geladen.", "de", False),
        ("The council shall, with the consent of the", "(a) mayor and the clerk", "en", False),
        ("记者周一说明大桥的修理工作已经结束，", "第一辆公共汽车六点过桥。", "zh", False),
        ("市 长 说 大 桥 已 经 结 束，", "第一辆公共汽车六点过桥。", "zh", True),
        ("市 长 说 大 桥 已 经 结 束，", "“大桥六点开放。”", "zh", False),
    ],
)
def test_a_word_that_needs_another_one_ends_no_line(text: str, following: str, language: str, expected: bool) -> None:
    assert holds(breaks.cannot_end(), text, following, language=language) == expected


def test_small_letters_below_a_line_that_ends_are_a_list() -> None:
    #          wrapped: open line, two more; list: closed line, two items; the next article begins with a small letter
    article = np.array([0, 0, 0, 1, 1, 1, 2, 2])
    lower = np.array([0, 1, 1, 0, 1, 1, 1, 1], bool)
    closed = np.array([0, 0, 1, 1, 0, 0, 0, 0], bool)
    assert breaks.in_lists(article, lower, closed).tolist() == [False, False, False, False, True, True, True, False]
