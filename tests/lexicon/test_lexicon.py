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
from copydesk.checks.suite import parse_suite
from copydesk.errors import SuiteError
from copydesk.lexicon.lexicon import KINDS, LINE_KINDS, SLOT, Phrase, kind_bits, line_hits, load, parse
from copydesk_expectations.checks.residue.ad_residue import AdResidue

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


@given(plain, st.text(alphabet=st.characters(categories=["Ll"]), min_size=3, max_size=12))
def test_a_phrase_never_matches_inside_a_sentence(phrase: Phrase, word: str) -> None:
    sentence = f"{word} zorblat {phrase.text} quintle {word} vennig {word} and the zorblat vennig"
    assert hits([sentence]) == {}


def test_a_line_of_phrases_is_a_phrase() -> None:
    lines = [
        "Share Tweet Email",
        "132 shares",
        "We use cookies. Accept all",
        "Share the Tweet of the mayor",
        "132 trees",
    ]
    assert set(hits(lines)) == set(lines[:3])


def test_a_project_adds_its_own_phrases_from_the_suite(tmp_path: Path) -> None:
    own = tmp_path / "en.house.txt"
    own.write_text("# ours\n[ad]\nA word from our zorblats\n", encoding="utf-8")
    text = f"expectations:\n  - type: expect_news_ad_residue\n    kwargs: {{lexicons: ['{own}']}}"
    (check,) = parse_suite(text, file="s.yml").checks.values()
    assert isinstance(check, AdResidue)
    batch = Batch(pl.DataFrame({"body": ["A word from our zorblats\nHide Ad\nA word from the mayor."]}))
    found = batch.quoted(check.find(batch).collect())
    assert found["text"].to_list() == ["A word from our zorblats", "Hide Ad"]


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


def test_a_batch_without_a_short_line_has_no_phrase() -> None:
    assert hits(["All rights reserved, said the mayor of the island again and again. " * 9]) == {}
