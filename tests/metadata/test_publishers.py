"""Publishers are known by their names and their sites, in any spelling, and found once a batch."""

from __future__ import annotations

from unittest.mock import patch

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.metadata.publishers import _Names, own_named, publisher_keys

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


def named(batch: Batch) -> list[bool]:
    return own_named(batch.articles["headline"], batch.articles["article"], batch).to_list()


@given(rows)
def test_a_publisher_is_known_the_same_alone(articles: list[tuple[str | None, str | None, str]]) -> None:
    together, alone = batch_of(articles), [batch_of([article]) for article in articles]
    assert publisher_keys(together).to_list() == [publisher_keys(one).item() for one in alone]
    assert named(together) == [one for each in alone for one in named(each)]


@given(rows)
def test_no_name_of_a_publisher_is_kept_out(articles: list[tuple[str | None, str | None, str]]) -> None:
    with patch.object(_Names, "may_be", lambda _, words: pl.Series([True] * len(words.begin), dtype=pl.Boolean)):
        every = named(batch_of(articles))
    assert named(batch_of(articles)) == every


@given(st.sampled_from(["The ", ""]), st.sampled_from(["Harbour Gazette", "harbour-gazette"]))
def test_a_publisher_goes_by_its_name_and_by_its_site(before: str, name: str) -> None:
    site = "https://www.harbourgazette.example/b"
    spelled = [before + name, name.upper() + " News", "harbourgazette.example", "Harbour", "Quay", None, ""]
    told = [True, True, True, False, False, False, False]
    for publisher, url in (("Harbour-Gazette.example", None), (None, site)):
        assert named(batch_of([(publisher, url, words) for words in spelled])) == told  # type: ignore[misc]
    assert not any(named(batch_of([("Quay", "https://a.example/b", words or "") for words in spelled[:4]])))


def test_an_article_counts_for_its_publisher_or_else_for_its_site() -> None:
    batch = batch_of([("The Harbour-Gazette", "https://a.example/b", ""), (None, "https://www.quay.example/b", "")])
    assert publisher_keys(batch).to_list() == ["harbourgazette", "quayexample"]


def test_a_single_letter_is_no_name() -> None:
    assert not any(named(batch_of([("X", "//x/a", words) for words in ("x", "", "X.", "The X")])))
