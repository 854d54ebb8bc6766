"""What a tokenizer put in is found, and becomes what stood there where that is certain."""

from __future__ import annotations

import pytest

from copydesk_expectations.detection.text.leftover import Leftover
from copydesk_expectations.detection.text.tokens import (
    BRACKET,
    brackets,
    joined_pieces,
    redactions,
    spaced_tokens,
    special_tokens,
)


def parts(text: str, found: list[Leftover]) -> list[tuple[str, str | None]]:
    return [(text[x.start : x.end], x.mended) for x in found]


def test_a_pair_of_brackets_goes_with_its_words_and_one_alone_without() -> None:
    text = "The -lrb- old -rrb- quay -LSB- sic -rrb-"
    assert parts(text, [*brackets(text)]) == [("-lrb- old -rrb-", "(old)"), ("-LSB-", "["), ("-rrb-", ")")]
    assert BRACKET.search(text) and not BRACKET.search("-lib-")


@pytest.mark.parametrize(
    ("token", "mended"),
    [("<unk>", None), ("[MASK]", None), ("<URL>", None), ("</s>", ""), ("[SEP]", ""), ("NEWLINE_CHAR", "\n")],
)
def test_a_token_for_a_word_has_no_repair(token: str, mended: str | None) -> None:
    text = f"The quay {token} reopened"
    assert parts(text, [*special_tokens(text)]) == [(token, mended)]


def test_words_that_were_taken_out_are_found() -> None:
    assert parts("see @ @ @ there, @mayor @@", [*redactions("see @ @ @ there, @mayor @@")]) == [("@ @ @", None)]


def test_pieces_of_words_are_joined_where_there_are_several() -> None:
    text = "ro@@ ad to the br@@ idge by the to@@ wn"
    assert [x.mended for x in joined_pieces(text)] == ["road", "bridge", "town"]
    assert not [*joined_pieces("ro@@ ad to the bridge")]


def test_tokens_are_apart_where_nearly_all_marks_are() -> None:
    text = "It rained .\nthe bus came , and went . the bridge , he said , held ."
    assert parts(text, spaced_tokens(text)) == [("It rained .", None)]
    assert not spaced_tokens(text + " It held, it held, and it held.") and not spaced_tokens("a , b")
