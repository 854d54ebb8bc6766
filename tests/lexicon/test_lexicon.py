"""Lexicons: every phrase finds its line in any spelling, and none finds a line of clean news."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checks import lexicon_files
from copydesk.checks.batch import SHORT_LINE, Batch
from copydesk.lexicon.lexicon import line_hits, load
from copydesk.lexicon.phrases import LINE_KINDS, SLOT, Phrase, kind_bits

FIXTURES = Path(__file__).parents[2] / "fixtures"
LANGUAGES = "en de fr es it pt nl sv da no fi pl cs el ru uk tr ar fa hi id vi zh ja ko".split()  # noqa: SIM905 - one line to read


def hits(lines: list[str], own: tuple[str, ...] = ()) -> dict[str, int]:
    """Return the lines that are phrases, with their kinds."""
    found = line_hits(Batch(pl.DataFrame({"body": lines}, schema={"body": pl.String})), own)
    return dict(found.select("text", "kinds").iter_rows())


def filled(phrase: Phrase) -> str:
    """Return the phrase with words in its slots; beside a letter they are set off by a space."""
    if phrase.language in ("zh", "ja"):
        return phrase.text.replace(SLOT, "木木木")
    return re.sub(r"(?<=\w)Zorblat|quintle(?=\w)", lambda m: f" {m[0]} ", phrase.text.replace(SLOT, "Zorblat quintle"))


@cache
def clean_lines() -> list[tuple[str, str]]:
    """Every paragraph, and every sentence as if it were a line, of clean articles: (language, line)."""
    articles = [json.loads(line) for line in (FIXTURES / "clean.jsonl").read_text(encoding="utf-8").splitlines()]
    lines = []
    for article in articles:
        for paragraph in article["body"].split("\n"):
            lines += [
                (article["language"], part) for part in [paragraph, *re.split(r"(?<=[.!?。！？۔।])\s*", paragraph)]
            ]
    return [(language, line.strip()) for language, line in lines if line.strip()]


def test_the_languages_are_there() -> None:
    assert {f.name.removesuffix(".txt") for f in lexicon_files()} >= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_kind_of_words_that_checks_rely_on(language: str) -> None:
    kinds = {p.kind for p in load().phrases if p.language == language}
    needed = {"ad", "newsletter", "related", "share", "label", "caption", "consent", "page", "headline-placeholder"}
    assert needed | {"byline-junk", "function-words", "open-ended"} <= kinds


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_finds_its_own_line(language: str) -> None:
    phrases = [p for p in load().phrases if p.language == language and p.kind in LINE_KINDS]
    found = hits(list(dict.fromkeys(filled(p) for p in phrases)))
    missed = [p for p in phrases if len(filled(p)) <= SHORT_LINE and not found.get(filled(p), 0) & kind_bits(p.kind)]
    assert not missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_finds_a_line_of_clean_text_in_its_language(language: str) -> None:
    mine = [line for name, line in clean_lines() if name == language]
    assert len(mine) > 5
    assert hits(mine) == {}


plain = st.sampled_from(
    [p for p in load().phrases if p.kind in LINE_KINDS and p.language == "en" and SLOT not in p.text]
)


@given(
    plain,
    st.sampled_from(["", "» ", "– ", "  ", "• "]),
    st.sampled_from(["", ":", " »", "!", " …", "\u200b"]),
    st.booleans(),
)
def test_spelling_makes_no_difference(phrase: Phrase, before: str, after: str, upper: bool) -> None:
    text = phrase.text.upper() if upper else phrase.text
    line = f"{before}{text.replace(' ', '  ')}{after}"
    assert any(found & kind_bits(phrase.kind) for found in hits([line]).values())


#: What stands between any words in a line of the page, as 'Text by X. All rights reserved. No copies.'
inner = {p.text.strip(f"{SLOT} ") for p in load().phrases if p.text.startswith(SLOT) and p.text.endswith(SLOT)}


@given(
    plain.filter(lambda phrase: phrase.text not in inner),
    st.text(alphabet=st.characters(categories=["Ll"]), min_size=3, max_size=12),
)
def test_a_phrase_never_matches_inside_a_sentence(phrase: Phrase, word: str) -> None:
    sentence = f"{word} zorblat {phrase.text} quintle {word} vennig {word} and the zorblat vennig"
    assert hits([sentence]) == {}


def test_a_batch_without_a_short_line_has_no_phrase() -> None:
    assert hits(["All rights reserved, said the mayor of the island again and again. " * 9]) == {}
