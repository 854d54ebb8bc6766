"""Publishers are known by their names and their sites, in any spelling, and found once a batch."""

from __future__ import annotations

import re

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.metadata.publishers import compact, is_own_name, publisher_keys
from copydesk.metadata.urls import host, site_label

publishers = st.sampled_from(
    [None, "", "The Harbour Gazette", "harbour-gazette.example", "HG Online", "新华社", "a b", "x", "–"]
)
urls = st.sampled_from([None, "", "https://www.quayside.example/a", "//news.hg.co.uk:80/b?c", "harbourgazette.example"])
said = st.one_of(
    st.text(max_size=12),
    st.builds(
        lambda before, name, behind: before + name + behind,
        st.sampled_from(["", "The ", "the-", "a "]),
        st.sampled_from(["Harbour Gazette", "HARBOUR-GAZETTE", "hg", "Quayside", "新华社", "AB", "news", "X", ""]),
        st.sampled_from(["", " News", ".com", "Online", "!"]),
    ),
)
rows = st.lists(st.tuples(publishers, urls, said), min_size=1, max_size=8)


def batch_of(articles: list[tuple[str | None, str | None, str]]) -> Batch:
    columns = {"publisher": pl.String, "url": pl.String, "headline": pl.String}
    return Batch(pl.DataFrame(articles, schema=columns, orient="row").with_columns(body=pl.lit("")), first=5)


def compacted(name: str) -> str:
    return str(pl.select(compact(pl.lit(name))).item())


def flags(batch: Batch) -> list[bool]:
    return is_own_name(batch.articles["headline"], batch.articles["article"], batch).to_list()


@given(rows)
def test_a_publisher_is_known_the_same_alone(articles: list[tuple[str | None, str | None, str]]) -> None:
    together, alone = batch_of(articles), [batch_of([article]) for article in articles]
    assert publisher_keys(together).to_list() == [publisher_keys(one).item() for one in alone]
    assert flags(together) == [one for each in alone for one in flags(each)]


@given(rows)
def test_words_are_compared_with_the_publisher_its_address_and_the_site(
    articles: list[tuple[str | None, str | None, str]],
) -> None:
    def names(publisher: str | None, url: str | None) -> set[str]:
        at = [host(url)] + ([host(f"//{publisher}")] if publisher and re.fullmatch(r"\S+\.\S+", publisher) else [])
        some = [publisher, *at, *(site_label(one) for one in at if one)]
        return {name for one in some if len(name := compacted(one or "")) > 1}

    expected = [compacted(words) in names(publisher, url) for publisher, url, words in articles]
    assert flags(batch_of(articles)) == expected


@given(st.sampled_from(["The ", ""]), st.sampled_from(["Harbour Gazette", "harbour-gazette"]))
def test_a_publisher_goes_by_its_name_and_by_its_site(before: str, name: str) -> None:
    site = "https://www.harbourgazette.example/b"
    spelled = [before + name, name.upper() + " News", "harbourgazette.example", "Harbour", "Quay", None, ""]
    told = [True, True, True, False, False, False, False]
    for publisher, url in (("Harbour-Gazette.example", None), (None, site)):
        assert flags(batch_of([(publisher, url, words) for words in spelled])) == told  # type: ignore[misc]
    assert not any(flags(batch_of([("Quay", "https://a.example/b", words or "") for words in spelled[:4]])))


def test_an_article_counts_for_its_publisher_or_else_for_its_site() -> None:
    batch = batch_of([("The Harbour-Gazette", "https://a.example/b", ""), (None, "https://www.quay.example/b", "")])
    assert publisher_keys(batch).to_list() == ["harbourgazette", "quayexample"]


def test_a_single_letter_is_no_name() -> None:
    assert not any(flags(batch_of([("X", "//x/a", words) for words in ("x", "", "X.", "The X")])))
