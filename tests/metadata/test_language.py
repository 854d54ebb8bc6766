"""A language is told as regular expressions over the text tell it, whatever the text is."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st
from polars.testing import assert_series_equal

from copydesk.lexicon.lexicon import load
from copydesk.metadata import language
from copydesk.metadata.language import CHARS, identify, is_in_language
from copydesk.testing.strategies import hostile_text
from copydesk.text.buffer import Text

LISTS = load().words("function-words")
LANGUAGES = ["en", "de", "da", "no", "ru", "uk", "vi", "hi", "ar", "fa", "id", "zh", "ja", "el", None]
odd = [
    "é",
    "ß",
    "Й",
    "ⅣⅤ",
    "İi\u0307",
    "ſ",
    "\0",
    "\u00a0",
    "\r\n",
    "\u0085",
    "the\0",
    "日本",
    "のニ",
    "한국",
    "देव",
    "ไทย",
]
odd += ["देव", "ไทย", "א", "ა", "😀", "\U00020000", "\U000e0100", "ꙮ", "ª"]


@st.composite
def texts(draw: Any) -> str:
    """Draw words of a language or two, with spaces and what else there is between them."""
    words = [
        word for code in draw(st.lists(st.sampled_from(sorted(LISTS)), min_size=1, max_size=2)) for word in LISTS[code]
    ]
    word = (
        st.sampled_from(words) | st.sampled_from(words).map(str.upper) | st.sampled_from(odd) | hostile_text(max_size=3)
    )
    gap = st.sampled_from([" ", " ", " ", "  ", ", ", "\n", "-", ""])
    some = draw(st.lists(st.tuples(word, gap).map("".join), max_size=40))
    before: str = draw(st.sampled_from(["", " ", "x" * 470, "日" * 480]))
    return before + "".join(some)


def plainly(text: str, code: str | None) -> bool:
    """Say what `is_in_language` must say, of words."""
    words = language._frequent(code) if code else ()
    pattern = rf"(?s)(?: (?:{'|'.join(words)}) .*){{3}}"
    return bool(words) and bool(pl.Series([text[:CHARS]]).str.contains(pattern)[0])


@given(st.lists(st.tuples(texts(), st.sampled_from(LANGUAGES[:11])), max_size=6))
@example([(" the and the and the ", "en"), (" the and the and the and", "en"), (" the the the", "en")])
def test_frequent_words_are_counted_as_an_expression_does(some: list[tuple[str, str | None]]) -> None:
    text = Text(pl.Series([text for text, _ in some], dtype=pl.String), breaks=True)
    of = np.array([LANGUAGES.index(code) for _, code in some], np.int64)
    assert is_in_language(text, LANGUAGES, of).tolist() == [plainly(*each) for each in some]


@given(st.lists(texts(), max_size=6))
def test_characters_are_of_the_scripts_of_expressions(some: list[str]) -> None:
    text = pl.Series(some, dtype=pl.String)
    of, codes, classes = language._characters(text)
    assert "".join(map(chr, codes)) == "".join(some)
    for number, pattern in enumerate(language._SCRIPTS.values(), 1):
        counted = np.bincount(of[classes % language._CLASSES == number], minlength=len(some))
        assert_series_equal(pl.Series(counted, dtype=pl.UInt32), text.str.count_matches(pattern))
    words = text.str.to_lowercase().str.extract_all(r"[\p{L}\p{M}]+").list.head(language.WORDS)
    assert language._first_words(text) == words.to_list()


@given(st.lists(texts(), max_size=6))
def test_a_text_is_told_the_same_alone(some: list[str]) -> None:
    together = identify(pl.Series(some, dtype=pl.String)).to_list()
    assert together == [identify(pl.Series([text]))[0] for text in some]
    assert set(together) <= language.known_languages() | {None}
