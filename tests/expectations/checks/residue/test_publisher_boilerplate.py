"""A publisher's own lines: found wherever they stand, and no line of a story."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.model.article import FIELDS
from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.residue.publisher_boilerplate import PublisherBoilerplate

Article = dict[str, Any]


def prose(n: int, paragraphs: int = 3) -> list[str]:
    """Return paragraphs that no other number has."""
    return [
        f"On day {n} the council of ward {n * 7 + p} met for the {p}th time, and went home." for p in range(paragraphs)
    ]


def published(n: int, *lines: str, publisher: str | None = "The Post", **more: Any) -> Article:
    first, *rest = prose(n)
    body = "\n".join([first, *lines, *rest])
    return {"body": body, "publisher": publisher, "headline": f"Ward {n}", "url": f"https://post.example/{n}"} | more


def found(articles: Sequence[Article], cuts: Sequence[int] = (), **options: Any) -> pl.DataFrame:
    check = PublisherBoilerplate(**options)
    schema = {f: pl.String for f in FIELDS if any(f in a for a in articles)}
    rows = pl.DataFrame([{k: a.get(k) for k in schema} for a in articles], schema=schema)
    rows = rows.with_columns(file=pl.lit("x"), row=pl.int_range(pl.len()), line=pl.lit(0))
    bounds = [0, *sorted(c for c in set(cuts) if 0 < c < len(articles)), len(articles)]
    keys = [check.keys(Batch(rows[a:b], first=a)).collect() for a, b in pairwise(bounds)]
    got = check.find(pl.concat(keys).lazy()).collect()
    for article, start, end, text in got.select("article", "start", "end", "text").iter_rows():
        assert articles[article]["body"][start:end] == text
    return got


def words_found(articles: Sequence[Article], **options: Any) -> list[tuple[int, str]]:
    return list(found(articles, **options).select("article", "text").iter_rows())


lines = st.lists(
    st.sampled_from(["take", "post", "with", "you", "our", "app", "news", "daily", "home", "valley"]),
    min_size=3,
    max_size=7,
)


@given(lines, st.integers(3, 12), st.integers(0, 20), st.sampled_from([str.upper, str.title, str.lower]))
@settings(max_examples=30)
def test_a_line_of_enough_articles_is_found_in_each(words: list[str], times: int, others: int, case: Any) -> None:
    line = " ".join(words)
    variants = [line, case(line), f"{line} »", f"– {line.replace(' ', '  ')}"]
    articles = [published(n, variants[n % 4]) for n in range(times)] + [published(100 + n) for n in range(others)]
    assert words_found(articles) == [(n, variants[n % 4]) for n in range(times)]


@given(lines, st.integers(1, 12), st.integers(1, 30))
@settings(max_examples=30)
def test_a_line_of_too_few_articles_is_not(words: list[str], times: int, min_articles: int) -> None:
    articles = [published(n, " ".join(words)) for n in range(times)] + [published(50 + n) for n in range(5)]
    assert bool(words_found(articles, min_articles=min_articles)) == (times >= min_articles)


@given(st.integers(3, 12), st.integers(0, 60))
@settings(max_examples=20)
def test_the_share_of_the_publishers_articles_counts(times: int, others: int) -> None:
    articles = [published(n, "From the desk of the Post") for n in range(times)]
    articles += [published(100 + n) for n in range(others)]
    assert bool(words_found(articles, min_share=0.2)) == (times >= 0.2 * (times + others))


@given(st.integers(1, 9), st.sampled_from(["url", "headline"]))
@settings(max_examples=20)
def test_copies_of_an_article_count_once(copies: int, same: str) -> None:
    own = "Ward three votes for a bridge"
    articles = [published(1, own) | {same: "https://post.example/x" if same == "url" else "One"} for _ in range(copies)]
    articles = [
        a | ({"headline": f"H {n}"} if same == "url" else {"url": f"https://post.example/{n}"})
        for n, a in enumerate(articles)
    ]
    assert not words_found([*articles, *(published(10 + n) for n in range(4))])


@given(st.integers(2, 9))
@settings(max_examples=10)
def test_copies_without_url_and_headline_are_told_by_their_longest_paragraph(copies: int) -> None:
    bare = {"url": None, "headline": None}
    assert not words_found([published(1, "Ward three votes for a bridge") | bare for _ in range(copies)])
    assert words_found([published(n, "Ward three votes for a bridge") | bare for n in range(3)])


@given(st.lists(st.sampled_from(["The Post", "The Echo", "The Times", None]), min_size=1, max_size=12))
@settings(max_examples=20)
def test_publishers_are_told_apart(publishers: list[str | None]) -> None:
    articles = [published(n, "From the desk", publisher=p, url=None) for n, p in enumerate(publishers)]
    expected = [n for n, p in enumerate(publishers) if p is not None and publishers.count(p) >= 3]
    assert [a for a, _ in words_found(articles)] == expected


@given(st.integers(3, 6))
@settings(max_examples=10)
def test_without_a_publisher_the_host_is_taken(times: int) -> None:
    hosts = ["https://www.post.example/", "http://post.example/"]
    articles = [published(n, "From the desk", publisher=None, url=f"{hosts[n % 2]}{n}") for n in range(times)]
    assert len(words_found(articles)) == times
    articles = [published(n, "From the desk", publisher=None, url=f"https://p{n}.example/{n}") for n in range(times)]
    assert not words_found(articles)


@given(st.integers(4, 30), st.integers(1, 3))
@settings(max_examples=20)
def test_headings_in_a_few_articles_are_left_alone(articles: int, with_heading: int) -> None:
    collection = [published(n, *(["Analysis"] if n < with_heading else [])) for n in range(articles + 2)]
    assert not words_found(collection)


@given(st.integers(3, 9))
@settings(max_examples=10)
def test_headlines_rules_and_figures_are_left_alone(times: int) -> None:
    articles = [published(n, "* * *", "2 – 1", f"Ward {n}") for n in range(times)]
    assert not words_found(articles)
    assert not words_found([published(n, "The ward votes", headline="The ward votes") for n in range(times)])


@given(st.integers(2, 14), st.sets(st.integers(1, 13)))
@settings(max_examples=20)
def test_how_a_collection_is_cut_into_batches_changes_nothing(count: int, cuts: set[int]) -> None:
    articles = [published(n, *["From the desk", "Our app for you"][: n % 3]) for n in range(count)]
    assert found(articles, sorted(cuts)).equals(found(articles))


@given(st.integers(3, 12))
@settings(max_examples=10)
def test_the_order_of_a_collection_changes_nothing(count: int) -> None:
    articles = [published(n, *["From the desk", "Our app for you"][: n % 3]) for n in range(count)]
    backward = [(count - 1 - a, t) for a, t in words_found(articles[::-1])]
    assert sorted(backward) == sorted(words_found(articles))


@given(st.lists(st.tuples(hostile_text(), hostile_text(), hostile_text()), max_size=8))
@settings(max_examples=25)
def test_no_text_breaks_it(texts: list[tuple[str, str, str]]) -> None:
    found([{"body": b, "publisher": p, "url": u, "headline": p} for b, p, u in [*texts, *texts, *texts]])
    found([{"body": b} for b, _, _ in texts] + [{"body": None}, {"body": "x" * 10**6}])
