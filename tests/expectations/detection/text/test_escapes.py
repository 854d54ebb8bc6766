"""Escape sequences are told from paths and code, and become the characters that they stand for."""

from __future__ import annotations

import pytest

from copydesk_expectations.detection.text.escapes import escapes, quoted_printable


@pytest.mark.parametrize("text", [r"C:\new\n and a\nb", r"a\nb", r"It rained. One \n is none, he wrote"])
def test_a_break_in_a_word_is_none(text: str) -> None:
    assert not [*escapes(text)]


def test_a_break_between_sentences_and_a_character_in_a_word_are_mended() -> None:
    text = r"It rained.\n\nThe caf\u00e9 shut."
    assert [(text[x.start : x.end], x.mended) for x in escapes(text)] == [(r"\n\n", "\n\n"), (r"caf\u00e9", "café")]


def test_quoted_printable_is_read_where_it_is_utf_8() -> None:
    assert [x.mended for x in quoted_printable("caf=C3=A9 and =C3=28, sum =E2=82=AC5")] == ["é", "€"]
