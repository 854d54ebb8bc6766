"""What a site puts behind and before headlines is found exactly; what a story says there is left alone."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk_expectations.checks.metadata.headline_site_suffix import HeadlineSiteSuffix

NAMES = ("headline", "publisher", "url")
hostile = st.one_of(
    st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.text("a |-:»·", max_size=9)
)
words = st.sampled_from(["bridge", "Bürgermeister", "reopens", "мост", "2026", "“Home”", "e-mail", "après", "9:1"])
headlines = st.lists(words, min_size=3, max_size=7).map(" ".join)
marks = st.sampled_from([" | ", "|", " - ", " – ", " — ", " • ", " · ", " » ", "  |  "])
sites = st.sampled_from(
    [
        {"publisher": "Harbour Gazette"},
        {"publisher": "harbourgazette.example"},
        {"publisher": "HG Media", "url": "https://www.harbour-gazette.example/a"},
        {"url": "http://harbourgazette.co.uk/2026/a?b=1"},
    ]
)


def found(*articles: dict[str, Any], cut: int = 0, **options: Any) -> list[tuple[int, str]]:
    check = HeadlineSiteSuffix(**options)
    frame = pl.DataFrame(list(articles), schema=dict.fromkeys(NAMES, pl.String))
    keys = [check.keys(Batch(frame.slice(0, cut))), check.keys(Batch(frame.slice(cut), first=min(cut, frame.height)))]
    rows = check.find(pl.concat(keys)).collect()
    for article, start, end, text in rows.select("article", "start", "end", "text").iter_rows():
        assert articles[article]["headline"][start:end] == text
    return rows.sort("article", "start").select("article", "text").rows()


@settings(max_examples=30)
@given(headlines, marks, st.sampled_from(["Harbour Gazette", "The Harbour Gazette", "HARBOUR GAZETTE"]), sites)
def test_the_name_of_the_site_is_found_behind_one_headline(headline: str, mark: str, name: str, site: Any) -> None:
    assert found({"headline": f"{headline}{mark}{name} ", **site}) == [(0, mark + name)]
    assert found({"headline": headline, **site}) == []


@settings(max_examples=20)
@given(headlines, st.sampled_from([" | ", " » ", " • ", "|"]), sites)
def test_the_name_of_the_site_is_found_before_one_headline(headline: str, mark: str, site: Any) -> None:
    assert found({"headline": f"Harbour Gazette{mark}{headline}", **site}) == [(0, "Harbour Gazette" + mark)]


@settings(max_examples=30)
@given(
    st.lists(headlines, min_size=8, max_size=12, unique=True),
    marks,
    st.sampled_from(["HG", "новости дня", "a b c"]),
    st.integers(0, 3),
    st.integers(0, 12),
)
def test_what_most_headlines_of_a_publisher_end_in_is_learned(
    said: list[str], mark: str, name: str, without: int, cut: int
) -> None:
    tailed = [h + mark + name if n >= without else h for n, h in enumerate(said)]
    expected = [(n, mark + name) for n in range(without, len(said))]
    articles = [{"headline": h, "publisher": "The Post"} for h in tailed]
    if (len(said) - without) / len(said) >= 0.8:
        assert found(*articles, cut=cut) == expected
    else:
        assert found(*articles, cut=cut) == []
    assert found(*articles, min_headlines=len(said) + 1) == []


@settings(max_examples=20)
@given(
    st.integers(5, 9),
    st.sampled_from(["北京停售不合格食品", "姚明冒雨護送大熊貓", "市長が辞任へ"]),
    st.sampled_from("-_—"),
)
def test_a_dash_needs_no_spaces_where_the_script_has_none(count: int, headline: str, mark: str) -> None:
    articles = [{"headline": f"{headline}{n}天{mark}港口报", "publisher": "p.example"} for n in range(count)]
    assert found(*articles) == [(n, mark + "港口报") for n in range(count)]


@settings(max_examples=20)
@given(st.lists(headlines, min_size=1, max_size=9), sites)
def test_equal_headlines_teach_nothing(said: list[str], site: Any) -> None:
    articles = [{"headline": f"{said[0]} – live", **site} for _ in said] + [
        {"headline": f"{h}: report", **site} for h in said[:3]
    ]
    assert found(*articles) == []


def test_what_a_story_says_is_left_alone() -> None:
    said = [
        "Watch: Bridge reopens",
        "Mayor to resign – report",
        "We must talk: Harbour Gazette",
        "Bridge-Harbour Gazette",
    ]
    assert found(*({"headline": h, "publisher": "Harbour Gazette"} for h in said)) == []
    assert found(*({"headline": f"Watch: {h} {n}", "publisher": "p"} for n, h in enumerate(said * 3))) == []


@settings(max_examples=40)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, hostile)), max_size=8), st.integers(0, 8))
def test_any_text_is_taken_and_chunks_make_no_difference(articles: list[dict[str, Any]], cut: int) -> None:
    assert found(*articles, cut=cut) == found(*articles)
