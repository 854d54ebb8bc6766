"""Publishers are known by their names and their sites, in any spelling, and found once a batch."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from copydesk.batch import Batch
from copydesk.publishers import is_publisher, may_be_publisher, own_names, publisher_keys

publishers = st.sampled_from([None, "", "The Harbour Gazette", "harbour-gazette.example", "HG Online", "新华社", "a b"])
urls = st.sampled_from([None, "", "https://www.quayside.example/a", "//news.hg.co.uk:80/b?c", "harbourgazette.example"])
said = st.one_of(
    st.text(max_size=12),
    st.builds(
        lambda before, name, behind: before + name + behind,
        st.sampled_from(["", "The ", "the-", "a "]),
        st.sampled_from(["Harbour Gazette", "HARBOUR-GAZETTE", "hg", "Quayside", "新华社", "AB", "news"]),
        st.sampled_from(["", " News", ".com", "Online", "!"]),
    ),
)
rows = st.lists(st.tuples(publishers, urls, said), min_size=1, max_size=8)


def batch_of(articles: list[tuple[str | None, str | None, str]]) -> Batch:
    columns = {"publisher": pl.String, "url": pl.String, "headline": pl.String}
    return Batch(pl.DataFrame(articles, schema=columns, orient="row").with_columns(body=pl.lit("")))


@given(rows)
def test_no_name_of_a_publisher_is_kept_out(articles: list[tuple[str | None, str | None, str]]) -> None:
    batch = batch_of(articles)
    words = batch.articles["headline"]
    named = batch.articles.with_columns(names=own_names(batch)).select(is_publisher(pl.col("headline"))).to_series()
    assert (may_be_publisher(words, batch) | ~named).all()


@given(rows)
def test_a_publisher_is_known_the_same_alone(articles: list[tuple[str | None, str | None, str]]) -> None:
    together, alone = batch_of(articles), [batch_of([article]) for article in articles]
    assert publisher_keys(together).to_list() == [publisher_keys(one).item() for one in alone]
    names = [set(some) for some in own_names(together).to_list()]
    assert names == [set(own_names(one).to_list()[0]) for one in alone]


def test_a_publisher_goes_by_its_name_or_else_by_its_site() -> None:
    batch = batch_of([("The Harbour-Gazette", "https://a.example/b", ""), (None, "https://www.quay.example/b", "")])
    assert publisher_keys(batch).to_list() == ["harbourgazette", "quayexample"]
    assert {"harbourgazette", "aexample"} <= set(own_names(batch)[0])
