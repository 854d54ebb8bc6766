from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.simulation.words import cut_word, special_words


@pytest.mark.parametrize(
    ("word", "tokens"),
    [
        ("plain", ("plain",)),
        ("(Brandt’s", ("(", "Brandt", "’s")),
        ("cannot,", ("can", "not", ",")),
        ("they'll've", ("they", "'ll", "'ve")),
        ("(D-Mich.)", ("(", "D", "-", "Mich.", ")")),
        ("harbour--the", ("harbour", "--", "the")),
        ("end.”", ("end", ".", "”")),
        ("wait…", ("wait", "…")),
        ("7p.m.", ("7", "p.m.")),
        ("$3.5bn", ("$", "3.5bn")),
        ("www.harbour.example/a-b", ("www.harbour.example/a-b",)),
        ("pier.Next", ("pier", ".", "Next")),
        ("12km", ("12", "km")),
        ("U.S.", ("U.S.",)),
        ("......", ("......",)),
    ],
)
def test_a_word_is_cut_as_spacy_cuts_it(word: str, tokens: tuple[str, ...]) -> None:
    assert cut_word(word) == tokens


@settings(max_examples=60)
@given(st.text(st.sampled_from("ab'’.,-()$5%…A:/@&\U0001f600"), min_size=1, max_size=12))
def test_the_tokens_are_the_word(word: str) -> None:
    assert "".join(cut_word(word)) == word


def test_each_special_word_is_its_pieces() -> None:
    assert all("".join(pieces) == word for word, pieces in special_words().items())


@pytest.mark.parametrize("piece", ["(", "a.", "-a", "'", "a@a:"])
def test_a_run_of_any_length_is_cut_at_once(piece: str) -> None:
    start = time.process_time()
    cut_word(piece * 400_000)
    cut_word(piece * 160)
    assert time.process_time() - start < 2
