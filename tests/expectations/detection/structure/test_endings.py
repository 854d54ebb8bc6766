"""Each way in which a last line goes on is told from its likeness that ends."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from copydesk_expectations.detection.structure import endings

#: A line of a story that breaks off, behind a whole sentence and among prose.
LINE: dict[str, Any] = {
    "text": "The first bus crossed it. The mayor, who had cut the red ribbon of the",
    "words": 15,
    "chars": 71,
    "ends": False,
    "language": "en",
    "tail": "The mayor, who had cut the red ribbon of the",
    "tail_words": 10,
    "inside": True,
    "above": True,
    "phrase": False,
    "begun_word": False,
    "lines": 9,
    "dots": False,
}


def holds(predicate: pl.Expr, **changed: Any) -> bool:
    line = {"tail": changed["text"]} | changed if "text" in changed else changed
    return bool(pl.DataFrame([LINE | line], schema_overrides={"language": pl.String}).select(predicate).item())


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


@pytest.mark.parametrize("mark", ["[…]", "[...]", "[ … ]", "(…)", "[&hellip;]", "… [+2137 chars]", "... (99 more)"])
def test_a_mark_of_a_cut_is_known_in_prose_alone(mark: str) -> None:
    text = f"The mayor said on Monday that {mark}"
    assert holds(endings.is_cut_mark(), text=text)
    assert not holds(endings.is_cut_mark(), text=text, words=5)
    assert not holds(endings.is_cut_mark(), text=f"{text} and no more")
    assert not holds(endings.is_cut_mark(), text=f"[...] {text}")


def test_an_ellipsis_alone_needs_more_evidence() -> None:
    excerpt = endings.is_excerpt_end(())
    assert holds(excerpt, text="The mayor had cut the red ribbon of the...")
    assert not holds(excerpt, text="The mayor had cut the red ribbon of the...", dots=True)
    assert not holds(excerpt, text="The mayor had cut the red ribbon of the...", above=False)
    assert not holds(excerpt, text="Time will tell whether the mayor is right...")
    assert holds(excerpt, text="Time will tell whether the mayor is right...", lines=1)


@pytest.mark.parametrize(
    ("tail", "language", "expected"),
    [
        ("and the", "en", True),
        ("und die", "de", True),
        ("at seven am", "en", False),  # a German preposition
        ("and und", None, True),
        ("bread,", "en", True),
        ("bread", "en", False),
    ],
)
def test_some_words_must_go_on_in_their_language(tail: str, language: str | None, expected: bool) -> None:
    assert holds(endings.must_go_on(()), tail=tail, language=language) == expected


def test_a_function_word_ends_no_prose() -> None:
    last = {"tail": "the mayor said that it was", "tail_words": 6}
    assert holds(endings.ends_in_function_word(()), **last)
    assert not holds(endings.ends_in_function_word(()), **last, language="tr")
    assert not holds(endings.ends_in_function_word(()), **last, words=5)
    assert not holds(endings.ends_in_function_word(()), tail="Read more", tail_words=2)


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("He said: “We have waited", True),
        ("He said: “We have waited” and left", False),
        ("The bus (the first one", True),
        ("市長は「やっと開いた", True),
        ("He said “yes", False),
    ],
)
def test_what_opens_must_close(tail: str, expected: bool) -> None:
    assert holds(endings.is_left_open(), tail=tail) == expected


def test_long_chinese_and_japanese_lines_end_in_no_particle() -> None:
    assert holds(endings.is_open_unspaced(), text="市は老朽化した水族館を", chars=30)
    assert not holds(endings.is_open_unspaced(), text="市は老朽化した水族館を", chars=29)
    assert not holds(endings.is_open_unspaced(), text="市は水族館を再開した", chars=30)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The Prime Minister came. A prime minister and the Prime  minister left. The ", True),
        ("The Prime Minister came. The ", False),  # once
        ("The Prime Minister came. The Prime Minister left in his prime. The Prime ended. The ", False),
        ("The Prime Minister came. It was Prime, and the Prime Minister left. The ", False),
        ("The Prime Minister came. The Prime\nMinister left. The ", False),
        ("", False),
    ],
)
def test_the_first_of_a_pair_stands_nowhere_alone(text: str, first: bool) -> None:
    assert endings.is_first_of_pair("Prime", text) == first
    assert not endings.is_first_of_pair("P.", text)


def test_a_begun_word_is_a_part_of_another_one() -> None:
    words = frozenset(["schools", "bridge", "bridges"])
    assert endings.is_begun_word("sch", words)
    assert not endings.is_begun_word("bridge", words)
    assert not endings.is_begun_word("school", words)  # an inflection
    assert not endings.is_begun_word("s", words)


def test_what_breaks_off_is_of_the_story_and_not_signed() -> None:
    breaks_off = endings.breaks_off(())
    assert holds(breaks_off)
    assert holds(breaks_off, above=False)
    assert not holds(breaks_off, above=False, inside=False)
    assert not holds(breaks_off, ends=True)
    assert not holds(breaks_off, phrase=True)
    assert not holds(breaks_off, text="Jane Roe and Olaf Lee Of The")
    assert not holds(breaks_off, text="The mayor, who had cut the red ribbon (dpa)")
    assert not holds(breaks_off, text="The mayor had cut the red ribbon")
    assert holds(breaks_off, text="The mayor had cut the red ribbon", begun_word=True)
