"""What is nobody's name is found at its place, alone or beside names; names are left alone."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.lexicon.lexicon import load
from copydesk.text.expressions import normalised
from copydesk_expectations.checks.metadata.byline_junk import BylineJunk
from copydesk_expectations.detection.metadata import bylines as author
from copydesk_expectations.tables import read_table

AGENCIES = read_table("agencies")
NAMES = ("byline", "publisher", "url")
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
hostile = st.one_of(st.none(), texts, st.text("By ,&and\x1e1<a>@.", max_size=20))
people = st.sampled_from(
    [
        "Maren Tolliver",
        "María de la O",
        "J. Abernathy-Smith",
        "Анна Петрова",
        "沈若溪",
        "นภา ใจดี",
        "Di Marco",
        "Von Trapp",
    ]
)
betweens = st.sampled_from([", ", " and ", " & ", "; ", " und ", " et ", " | ", "\n", ",", " и "])
authors = st.tuples(people, betweens, people).map("".join)
agencies = st.sampled_from(AGENCIES)
junk = pl.DataFrame({"text": [p.text for p in load().phrases if p.kind == "byline-junk" and "…" not in p.text]})
phrases = junk.filter(~normalised(pl.col("text")).is_in(AGENCIES))["text"].to_list()
moments = st.sampled_from(
    [
        *("14 March 2026", "2026-03-14", "14. März 2026", "10:32", "10.32 Uhr", "5 minutes ago", "Minutes Ago"),
        *("2 часа назад", "vor 3 Stunden", "hace 2 horas", "3小时前", "Email The Author"),
    ]
)


def upper(phrase: str) -> str:
    """In upper case where that is not another word: the Turkish ı has no way back."""
    return phrase.upper() if phrase.upper().lower() == phrase.lower() else phrase


def found(*articles: dict[str, Any]) -> list[tuple[int, str]]:
    batch = Batch(pl.DataFrame(list(articles), schema=dict.fromkeys(NAMES, pl.String)))
    return batch.quoted(BylineJunk().find(batch).collect()).sort("article", "start").select("article", "text").rows()


@settings(max_examples=10)
@given(st.sampled_from(["", " ", "\t"]), st.sampled_from(["By ", "by: ", "Von ", "Par "]))
def test_every_phrase_of_the_lexicons_is_found(space: str, by: str) -> None:
    said = [form for p in phrases for form in (p, upper(p), by + p)]
    assert found(*({"byline": space + p + space} for p in said)) == list(enumerate(said))


@settings(max_examples=15)
@given(st.lists(st.tuples(authors, moments), min_size=4, max_size=12))
def test_a_moment_beside_names_is_found_at_its_place(said: list[tuple[str, str]]) -> None:
    assert found(*({"byline": f"{a}, {m}"} for a, m in said)) == [(n, m) for n, (_, m) in enumerate(said)]
    assert found(*({"byline": m} for _, m in said)) == [(n, m) for n, (_, m) in enumerate(said)]


@settings(max_examples=20)
@given(
    st.lists(st.integers(0, 10**9).map(str), min_size=1, max_size=5),
    st.sampled_from(
        ["@maren", "maren@harbour.example", "https://harbour.example/maren", "www.x.example", "facebook.com/m"]
    ),
    st.sampled_from(["<b>{}</b>", "{} &amp; others", "<a href='/x'>{}", "{}&#8217;s"]),
    people,
)
def test_digits_addresses_and_markup_are_no_names(digits: list[str], address: str, markup: str, name: str) -> None:
    said = [*digits, address, markup.format(name)]
    assert found(*({"byline": b} for b in said)) == list(enumerate(said))


@settings(max_examples=20)
@given(st.lists(st.one_of(people, authors, agencies, st.tuples(agencies, betweens, agencies).map("".join)), max_size=9))
def test_names_and_agencies_are_left_alone(said: list[str]) -> None:
    roles = [f"{b}, Senior Reporter" for b in said if b not in AGENCIES]
    written = [*said, *(f"By {b}" for b in said), *(b.upper() for b in said), *roles]
    assert found(*({"byline": b, "publisher": "Harbour Gazette"} for b in written)) == []


@settings(max_examples=20)
@given(people, st.sampled_from(["Harbour Gazette", "harbourgazette.example", "The Harbour Gazette"]))
def test_the_publisher_is_nobody(name: str, publisher: str) -> None:
    rows = [{"byline": b, "publisher": publisher} for b in ("Harbour Gazette", name, "Harbour Gazette Staff Club")]
    assert found(*rows) == [(0, "Harbour Gazette")]
    assert found({"byline": "Reuters", "publisher": "Reuters"}) == []


@settings(max_examples=40)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, hostile)), max_size=6), st.integers(0, 6))
def test_any_text_is_taken_and_chunks_make_no_difference(articles: list[dict[str, Any]], cut: int) -> None:
    parts = found(*articles[:cut]) + [(n + min(cut, len(articles)), text) for n, text in found(*articles[cut:])]
    assert sorted(found(*articles)) == sorted(parts)


plain = st.text(st.characters(max_codepoint=0x52F), max_size=12)
others = st.sampled_from(["***", "@maren", "x.com", "<b>", "AFP", ""])
parts = st.one_of(people, moments, st.sampled_from(phrases), others, plain)


@given(st.lists(st.tuples(st.sampled_from(["", "By ", "von ", " “"]), parts, betweens, parts).map("".join), max_size=6))
def test_no_junk_is_kept_out(bylines: list[str]) -> None:
    articles = [{"byline": byline} for byline in bylines]
    with patch.object(author, "may_be_nobody", lambda lines, *_: pl.Series([True]).new_from_index(0, len(lines))):
        every = found(*articles)
    assert found(*articles) == every


def test_a_byline_into_which_a_page_got_is_judged_by_its_beginning() -> None:
    """The time is linear: these would take minutes, and gigabytes of memory, if every part of them were compared."""
    long = ["&amp;" * 20_000, "aA" * 50_000, "a 1 " * 25_000, "Maren, " * 15_000, "Maren Tolliver and " * 5_000]
    assert found(*({"byline": byline} for byline in long)) == [(0, long[0])]
    assert found({"byline": "Maren Tolliver, 10:32, " + "Joss Abernathy, " * 9_000}) == [(0, "10:32")]
