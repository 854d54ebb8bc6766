"""The entries of lexicon files are read with their kinds, and a slip is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from copydesk.errors import SuiteError
from copydesk.lexicon.lexicon import load
from copydesk.lexicon.phrases import KINDS, LINE_KINDS, Phrase, caseless, is_inside, kind_bits, own_text, parse, stem_of


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Hide Ad", "line 1: 'Hide Ad' stands before any"),
        ("# x\n[adverts]\nHide Ad", "line 2: \\[adverts\\] is no kind of phrase"),
        ("[ad]\n…", "line 2: '…' holds no word"),
    ],
)
def test_a_slip_in_a_lexicon_names_the_line(text: str, message: str) -> None:
    with pytest.raises(SuiteError, match=message):
        parse(text, language="en", file="en.txt")


def test_every_kind_is_known() -> None:
    assert set(LINE_KINDS) < set(KINDS)
    assert {p.kind for p in load().phrases} <= set(KINDS)


def test_each_kind_of_lines_has_a_bit_of_its_own() -> None:
    assert [kind_bits(kind).bit_count() for kind in LINE_KINDS] == [1] * len(LINE_KINDS)
    assert kind_bits(*LINE_KINDS) == 2 ** len(LINE_KINDS) - 1


def test_comments_and_blank_lines_are_no_phrases() -> None:
    assert parse("# ours\n\n[ad]\n Hide Ad \n", language="en", file="en.txt") == [Phrase("en", "ad", "Hide Ad")]


@pytest.mark.parametrize(
    ("text", "stem", "inside"),
    [("Read more: …", "Read more: ", False), ("… via zorblat", " via zorblat", False), ("… on zorblat …", "", True)],
)
def test_the_stem_begins_a_phrase_or_else_ends_it(text: str, stem: str, inside: bool) -> None:
    assert (stem_of(text), is_inside(text)) == (stem, inside)


def test_words_match_in_any_case_and_with_any_marks_between() -> None:
    pattern = re.compile(caseless("à lire"))
    assert pattern.fullmatch("À – LIRE".encode()) and not pattern.search("à et lire".encode())


def test_a_lexicon_that_is_not_there_or_not_utf_8_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "en.txt"
    broken.write_bytes(b"[ad]\nCaf\xe9")
    with pytest.raises(SuiteError, match=r"not UTF-8 \(byte 8\)"):
        own_text(str(broken))
    with pytest.raises(SuiteError, match="there is no such lexicon file"):
        own_text(str(tmp_path / "de.txt"))
