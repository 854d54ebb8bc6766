"""The evidence of a line is the sum over its rows of words, as a slow count of its tokens finds them."""

from __future__ import annotations

import polars as pl
import pytest
from copydesk.furniture.evidence import MOST_WORDS, WordEvidence, tokens
from hypothesis import given
from hypothesis import strategies as st

from copydesk.testing.strategies import hostile_text
from copydesk.text.expressions import normalised

words = st.sampled_from(["sign", "up", "12", "e-mails", "don't", "Ärzte", "жук", "日本", "©", "–", "Σας", "a"])
lines = st.lists(words, max_size=9).map(" ".join) | hostile_text(max_size=60)


def grams_of(line: str) -> list[str]:
    """Return the rows of one to three words of a line: those of one word first."""
    plain = pl.Series("line", [line]).to_frame().select(normalised(pl.col("line"))).to_series()
    (parts,) = tokens(plain).to_list()
    parts = [part for part in parts if part]
    return [" ".join(parts[n : n + size]) for size in range(1, MOST_WORDS + 1) for n in range(len(parts) - size + 1)]


@given(st.lists(lines.filter(lambda line: "\n" not in line), min_size=1, max_size=5))
def test_each_known_row_of_words_is_found_each_time(some: list[str]) -> None:
    known = dict.fromkeys(gram for line in some[::2] for gram in grams_of(line))
    evidence = WordEvidence({gram: float(n) for n, gram in enumerate(known)})
    at, gram = evidence.match(pl.Series(some))
    found: list[list[str]] = [[] for _ in some]
    for line, number in zip(at.tolist(), gram.tolist(), strict=True):
        found[line].append(evidence.grams[number])
    assert found == [[g for g in grams_of(line) if g in known] for line in some]


def test_evidence_is_the_sum_of_weights() -> None:
    evidence = WordEvidence({"sign up": 1.5, "up": 0.25, "^ sign": 1.0, "0": -2.0})
    lines = pl.Series(["Sign up for 300 e-mails", "up, up and away", "Nothing", "", "12 and 13"])
    assert evidence.of(lines).tolist() == [0.75, 0.5, 0.0, 0.0, -4.0]


def test_nothing_is_known_without_weights() -> None:
    assert WordEvidence({}).of(pl.Series(["a line", ""])).tolist() == [0.0, 0.0]


def test_the_strongest_words_say_each_thing_once() -> None:
    evidence = WordEvidence({"sign up": 2.0, "up": 1.0, "^ newsletter": 1.5, "story": -3.0})
    (strongest,) = evidence.strongest(pl.Series(["newsletter: sign up, no story"]), 3)
    assert strongest == ["sign up", "newsletter"]


@pytest.mark.parametrize(
    ("line", "expected"), [("get 1,5 or 20", ["^", "get", "0", "0", "or", "0", "$"]), ("", ["^", "", "$"])]
)
def test_every_number_is_the_same_word(line: str, expected: list[str]) -> None:
    assert tokens(pl.Series([line])).to_list() == [expected]
