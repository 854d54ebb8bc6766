from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.simulation.tokens import Tokens
from copydesk.simulation.words import cut_word

TEXTS = st.lists(st.text(st.sampled_from("aBe’. ,!\n5—"), max_size=30), max_size=5)


@settings(max_examples=40)
@given(TEXTS)
def test_each_text_has_the_tokens_of_its_words(texts: list[str]) -> None:
    tokens = Tokens(pl.Series(texts, dtype=pl.String))
    assert [tokens.of(n) for n in range(len(texts))] == [
        [t for w in text.split() for t in cut_word(w)] for text in texts
    ]
    assert tokens.count.tolist() == [len(tokens.of(n)) for n in range(len(texts))]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", 0),
        ("The pier closed", 1),
        ("The pier closed. Nobody came.", 2),
        ("“The pier closed.” Nobody came!", 2),
        ("Mr. Brandt left. Why?! Nobody knew.", 3),
        (". and then it rained", 2),
    ],
)
def test_sentences(text: str, sentences: int) -> None:
    assert Tokens(pl.Series(["", text, "One. Two."])).sentences().tolist() == [0, sentences, 2]


def test_kinds_of_tokens() -> None:
    tokens = Tokens(pl.Series(["The pier, and the 12 boats."]))
    kinds = {v: (w, a) for v, w, a in zip(tokens.values, tokens.words(), tokens.lettered(), strict=True)}
    assert kinds[","] == (False, False)
    assert kinds["12"] == (True, False)
    assert kinds["pier"] == (True, True)
    assert tokens.stop_words().tolist() == [2]  # "The" is no stop word: datatrove compares with case
