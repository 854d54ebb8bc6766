"""Placeholders are found whole and exactly, whatever stands around them; headlines are left alone."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.lexicon.lexicon import load
from copydesk.model.article import FIELDS
from copydesk_expectations.checks.metadata.headline_placeholder import HeadlinePlaceholder

NAMES = ("headline", "section", "publisher", "url")
hostile = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
words = st.sampled_from(["bridge", "Bürgermeister", "reopens", "мост", "2026", "“Home”", "404", "après"])
headlines = st.lists(words, min_size=4, max_size=9).map(" ".join)
phrases = st.sampled_from([p.text for p in load().phrases if p.kind == "headline-placeholder" and "…" not in p.text])
spaces = st.text(" \t\u00a0", max_size=2)


def found(*articles: dict[str, Any]) -> list[tuple[int, str]]:
    batch = Batch(pl.DataFrame(list(articles), schema=dict.fromkeys(NAMES, pl.String)))
    frame = batch.quoted(HeadlinePlaceholder().find(batch).collect())
    assert set(NAMES) <= set(FIELDS)
    return frame.select("article", "text").rows()


@settings(max_examples=25)
@given(phrases, spaces, spaces)
def test_every_placeholder_of_the_lexicons_is_found_at_its_place(phrase: str, before: str, after: str) -> None:
    upper = phrase.upper()  # the Turkish ı has no way back
    said = [phrase, upper if upper.lower() == phrase.lower() else phrase, phrase.lower()]
    assert found(*({"headline": before + p + after} for p in said)) == list(enumerate(said))


@settings(max_examples=25)
@given(phrases, st.sampled_from("|-–—•·»"), st.sampled_from(["Harbour Gazette", "The Harbour Gazette"]), st.booleans())
def test_the_name_of_the_site_beside_it_makes_no_difference(phrase: str, mark: str, name: str, first: bool) -> None:
    headline = f"{name} {mark} {phrase}" if first else f"{phrase} {mark} {name}"
    sites = [{"publisher": "Harbour Gazette"}, {"url": "https://www.harbourgazette.example/a"}]
    assert found(*({"headline": headline, **site} for site in sites)) == [(0, headline), (1, headline)]


@settings(max_examples=25)
@given(st.text("0123456789!?.,:;|-–/ *…€", min_size=1, max_size=30).filter(lambda t: t.strip()))
def test_a_headline_needs_a_letter(headline: str) -> None:
    assert found({"headline": headline}) == [(0, headline.strip())]


@settings(max_examples=25)
@given(headlines, st.sampled_from(["-", "_"]), st.sampled_from(["", ".html", "-123456"]))
def test_a_slug_is_no_headline(headline: str, joint: str, ending: str) -> None:
    slug = joint.join(headline.lower().replace("“", "").replace("”", "").split()) + ending
    expected = [(0, slug)] if len(slug) >= 20 and not slug.isdigit() else None
    if expected and any(c.isalpha() for c in slug):
        assert found({"headline": slug}) == expected


@settings(max_examples=25)
@given(headlines, st.sampled_from(["News", "Sport > Bridge", "мост"]))
def test_a_section_is_no_headline_and_a_headline_is(headline: str, section: str) -> None:
    part = section.split(" > ")[-1]
    articles = [{"headline": part.upper(), "section": section}, {"headline": headline, "section": section}]
    assert [row for row in found(*articles) if row[0] == 0] == [(0, part.upper())]


@settings(max_examples=25)
@given(st.lists(words.filter(lambda w: any(c.isalpha() for c in w) and w[0] != "“"), min_size=4, max_size=9))
def test_a_headline_is_left_alone(said: list[str]) -> None:
    headline = " ".join(said)
    assert found({"headline": headline, "section": "News", "publisher": "Harbour Gazette"}) == []


def test_words_of_a_placeholder_in_a_headline_are_none() -> None:
    headlines = [
        "Home – at last",
        "Home: a poem by the mayor",
        "404 jobs lost as mill closes",
        "Error – how the council lost three million",
        "State-of-the-art",
        "Mother-in-law of all bridges",
        "Page not found? What the missing diary says",
        "Welcome home, crew tells bridge",
    ]
    assert found(*({"headline": h, "publisher": "Harbour Gazette", "section": "News"} for h in headlines)) == []


@settings(max_examples=25)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, hostile)), max_size=5), st.integers(0, 5))
def test_any_text_is_taken_and_chunks_make_no_difference(articles: list[dict[str, Any]], cut: int) -> None:
    rows = found(*articles)
    parts = found(*articles[:cut]) + [(n + min(cut, len(articles)), text) for n, text in found(*articles[cut:])]
    assert sorted(rows) == sorted(parts)
    assert all(articles[n]["headline"] for n, _ in rows)


plain = st.text(st.characters(max_codepoint=0x52F), max_size=12)
others = st.sampled_from(["Sport", "a-b-c-d-e-f-g-h-i-j-k", "{{ x }}", "%x%", "2:1", ""])
parts = st.one_of(phrases, words, others, plain)


@given(st.lists(st.tuples(parts, st.sampled_from(["", " | ", " - ", ", "]), parts).map("".join), max_size=6))
def test_no_placeholder_is_kept_out(said: list[str]) -> None:
    articles = [{"headline": headline, "section": "News, Sport", "publisher": "Home"} for headline in said]
    looks = HeadlinePlaceholder._looks

    def anything(check: HeadlinePlaceholder, batch: Batch) -> tuple[Any, ...]:
        return tuple((pl.col("article").is_not_null(), which, why) for _, which, why in looks(check, batch))

    with patch.object(HeadlinePlaceholder, "_looks", anything):
        every = found(*articles)
    assert found(*articles) == every
