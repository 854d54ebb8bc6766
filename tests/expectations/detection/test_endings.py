"""Each way in which a last line goes on is told from its likeness that ends."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from copydesk_expectations.detection import endings

#: A line of a story that breaks off, behind a whole sentence and among prose.
LINE: dict[str, Any] = {
    "text": "The first bus crossed it. The mayor, who had cut the red ribbon of the new",
    "words": 15,
    "chars": 75,
    "ends": False,
    "tail": "The mayor, who had cut the red ribbon of the new",
    "tail_words": 11,
    "inside": True,
    "share": 1.0,
    "dots": False,
}


def holds(predicate: pl.Expr, **changed: Any) -> bool:
    return bool(pl.DataFrame([LINE | changed]).select(predicate).item())


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("It rained. The mayor", "The mayor"),
        ("It rained.” The mayor", "The mayor"),
        ("The mayor", "The mayor"),
        ("下雨了。 市长", "市长"),
        ("It rained.", "It rained."),
    ],
)
def test_the_tail_is_what_stands_behind_the_last_sentence(text: str, tail: str) -> None:
    assert pl.select(endings.tail_of(pl.lit(text))).item() == tail


@pytest.mark.parametrize("mark", ["[…]", "[...]", "[ … ]", "(…)", "[&hellip;]", "word…", "word ...", "word...."])
def test_a_mark_of_a_cut_is_known_in_prose_alone(mark: str) -> None:
    text = f"The mayor said on Monday that {mark}"
    assert holds(endings.is_cut_mark(), text=text)
    assert not holds(endings.is_cut_mark(), text=text, words=5)
    assert not holds(endings.is_cut_mark(), text=text, dots=True)
    assert not holds(endings.is_cut_mark(), text=text, dots=None)
    assert not holds(endings.is_cut_mark(), text=f"{text} and no more")


def test_a_line_lacks_an_end_mark_where_it_does_not_end() -> None:
    assert holds(endings.lacks_end_mark())
    assert not holds(endings.lacks_end_mark(), ends=True)


@pytest.mark.parametrize(
    ("tail", "expected"), [("and the", True), ("und die", True), ("bread,", True), ("bread", False)]
)
def test_some_words_must_go_on(tail: str, expected: bool) -> None:
    assert holds(endings.must_go_on(()), tail=tail) == expected


@pytest.mark.parametrize(("tail", "expected"), [("it was", True), ("war nicht", True), ("the bridge", False)])
def test_function_words_are_known(tail: str, expected: bool) -> None:
    assert holds(endings.ends_in_function_word(()), tail=tail) == expected


def test_a_word_alone_begins_a_sentence_unless_it_signs() -> None:
    assert holds(endings.is_lone_word(()), tail="Streets", tail_words=1)
    assert not holds(endings.is_lone_word(()), tail="Staff", tail_words=1)
    assert not holds(endings.is_lone_word(()), tail="Streets", tail_words=2)
    assert not holds(endings.is_lone_word(()), tail="Streets", tail_words=1, share=0.7)


def test_a_phrase_has_a_word_in_lower_case_or_no_case() -> None:
    assert holds(endings.is_phrase(), tail="The mayor", tail_words=2)
    assert not holds(endings.is_phrase(), tail="Jane Roe", tail_words=2)
    assert not holds(endings.is_phrase(), tail="mayor", tail_words=1)
    assert holds(endings.is_phrase(), tail="قال العمدة", text="قال العمدة", tail_words=2)


def test_scripts_without_spaces_or_case_are_told_apart() -> None:
    assert holds(endings.is_unspaced(), text="第一辆公共汽车", chars=7)
    assert not holds(endings.is_unspaced(), text="公车", chars=2)
    assert not holds(endings.is_unspaced(), text="The bus", chars=7)
    assert holds(endings.is_caseless(), text="قال العمدة", chars=10)
    assert not holds(endings.is_caseless(), text="第一辆公共汽车", chars=7)
    assert not holds(endings.is_caseless(), text="The bus", chars=7)


def test_a_long_paragraph_breaks_off_whatever_stands_beside_it() -> None:
    assert holds(endings.is_story((), 0.6), share=0.0)
    assert not holds(endings.is_story((), 0.6), share=0.0, words=14)
    clause = {"tail": "a b c d e f the mayor said that nobody knew of it Monday", "tail_words": 13, "inside": False}
    assert holds(endings.is_story((), 0.6), share=0.3, **clause)
    assert not holds(endings.is_story((), 0.6), share=0.2, **clause)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"tail": "and the", "tail_words": 2, "inside": False, "share": 0.6}, True),
        ({"tail": "Jane Roe", "tail_words": 2}, False),
        ({"tail": "The mayor", "tail_words": 2, "inside": False, "share": 0.6}, False),
        ({"tail": "The mayor", "tail_words": 2, "inside": False, "share": 0.9}, True),
        ({"tail": "The mayor", "tail_words": 2, "inside": True, "share": 0.6}, True),
        ({"tail": "Was", "tail_words": 1, "share": 0.9}, True),
        ({"tail": "Was", "tail_words": 1, "share": 0.6}, False),
        ({"tail": "One Two Three Four Five Six", "tail_words": 6}, False),
        ({"tail": "One two three Four Five Six", "tail_words": 6, "inside": False, "share": 0.6}, True),
    ],
)
def test_a_tail_is_the_beginning_of_a_sentence_or_a_title(changed: dict[str, Any], expected: bool) -> None:
    assert holds(endings.is_begun(()), **changed) == expected


def test_what_breaks_off_has_no_end_and_is_not_signed() -> None:
    assert holds(endings.breaks_off((), 0.6))
    assert holds(endings.breaks_off((), 0.6), share=0.0)
    assert not holds(endings.breaks_off((), 0.6), ends=True)
    assert not holds(endings.breaks_off((), 0.6), text=f"{LINE['text']} (dpa)")
    short = {"words": 6, "tail": "The mayor was", "tail_words": 3, "inside": False}
    assert holds(endings.breaks_off((), 0.6), **short, share=0.9)
    assert not holds(endings.breaks_off((), 0.6), **short, share=0.5)
