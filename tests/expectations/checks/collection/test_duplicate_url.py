"""Copies of an address are found in any spelling, and the first is named; different stories are left alone."""

from __future__ import annotations

import re
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk_expectations.checks.collection.duplicate_url import DuplicateUrl
from copydesk_expectations.detection.collection.article_numbers import article_numbers

NAMES = ("url", "headline", "body")
SPELLINGS = (
    "{}",
    "{}/",
    "{}?utm_source=feed&utm_medium=rss",
    "{}#comments",
    "{}/amp/",
    "{}.amp.html",
    "{}/index.html",
    "{}?fbclid=abc",
)
slugs = st.lists(
    st.text("abcdefgh-", min_size=4, max_size=9).filter(lambda s: s.strip("-") == s),
    min_size=1,
    unique=True,
    max_size=6,
)
hostile = st.one_of(st.none(), st.text(max_size=30), st.text("http:/.am?=&#1234567", max_size=30))


def found(*articles: dict[str, Any], cut: int = 0) -> list[tuple[int, int]]:
    check = DuplicateUrl()
    frame = pl.DataFrame(list(articles), schema=dict.fromkeys(NAMES, pl.String))
    keys = [check.keys(Batch(frame.slice(0, cut))), check.keys(Batch(frame.slice(cut), first=min(cut, frame.height)))]
    rows = check.find(pl.concat(keys)).collect()
    for article, start, end, text in rows.select("article", "start", "end", "text").iter_rows():
        assert articles[article]["url"][start:end] == text
    return rows.select("article", "twin").rows()


@settings(max_examples=30)
@given(slugs, st.lists(st.sampled_from(SPELLINGS), min_size=1, max_size=4), st.integers(0, 20))
def test_each_copy_is_found_with_the_first_as_its_twin(said: list[str], spellings: list[str], cut: int) -> None:
    originals = [f"https://example.org/2026/{slug}" for slug in said]
    copies = [f" {form.format(url.replace('https://', 'http://www.'))}" for form in spellings for url in originals]
    expected = [(len(said) + n, n % len(said)) for n in range(len(copies))]
    assert found(*({"url": url} for url in [*originals, *copies]), cut=cut) == expected
    assert found(*({"url": url} for url in originals)) == []


@settings(max_examples=20)
@given(slugs, st.integers(10**6, 10**12).map(str), st.sampled_from(["/{}-{}", "/{}/{}", "/{1}/{0}", "/{}/a{}.html"]))
def test_one_number_under_many_slugs_is_one_story_if_headline_or_text_agree(
    said: list[str], number: str, form: str
) -> None:
    urls = ["https://example.org" + form.format(slug, number) for slug in said]
    copies = [(n, 0) for n in range(1, len(urls))]
    date = len(number) in (8, 10, 12, 14) and number[:2] in ("19", "20")
    if not date:
        assert found(*({"url": url, "headline": "Bridge reopens"} for url in urls)) == copies
        assert found(*({"url": url, "body": "It rained."} for url in urls)) == copies
    assert found(*({"url": url, "headline": f"Story {n}"} for n, url in enumerate(urls))) == []
    assert found(*({"url": url} for url in urls)) == []
    other = [f"https://site{n}.example{form.format(slug, number)}" for n, slug in enumerate(said)]
    assert found(*({"url": url, "headline": "Bridge reopens"} for url in other)) == []


def test_a_day_is_no_number_and_a_site_no_address() -> None:
    days = [f"https://example.org/20260314/{slug}" for slug in ("weather", "traffic")]
    assert found(*({"url": url, "headline": "Today"} for url in days)) == []
    assert found(*({"url": "https://example.org/"} for _ in range(3))) == []


@settings(max_examples=40)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, hostile)), max_size=8), st.integers(0, 8))
def test_any_text_is_taken_and_chunks_make_no_difference(articles: list[dict[str, Any]], cut: int) -> None:
    assert found(*articles, cut=cut) == found(*articles)


pieces = st.lists(
    st.sampled_from(["a", "abc", "123456", "20260314", "1234567890123456789", *"-/_.,?#ab0Z"]), max_size=9
)


@given(st.lists(pieces.map("".join), min_size=1, max_size=6))
def test_a_number_stands_alone_or_behind_a_few_letters(forms: list[str]) -> None:
    alone = re.compile(r"^.*[-/_.,][a-zA-Z]{0,3}([0-9]{6,18})(?:[-/_.,].*)?$")
    day = re.compile(r"^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])(?:[0-9]{2}){0,3}$")
    numbers = article_numbers(pl.Series([*forms, None], dtype=pl.String))
    found = [alone.match(re.split("[?#]", form)[0]) for form in forms]
    assert numbers["number"].to_list() == [f[1] if f and not day.match(f[1]) else None for f in found] + [None]
    assert numbers["host"].to_list() == [form.split("/")[0] for form in forms] + [None]
