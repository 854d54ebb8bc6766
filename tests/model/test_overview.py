"""The overview: what is counted adds up, whatever the batches, and stays small for any collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.checks.suite import parse_suite
from copydesk.engine import collection
from copydesk.engine.collection import Gathering
from copydesk.engine.ledger import Ledger, entries
from copydesk.model.article import FIELDS
from copydesk.model.chunk import Chunk
from copydesk.model.overview import EDGES, Overview, Volume

SUITE = parse_suite(
    "name: small\nexpectations:\n"
    + "".join(
        f"  - {{type: expect_news_{check}, kwargs: {{}}}}\n"
        for check in ("body_length", "ad_residue", "publisher_boilerplate", "duplicate_article")
    ),
    file="small.yml",
)
WORDS = [f"word{n}" for n in range(20)]


def chunk(articles: Sequence[dict[str, Any]], first: int = 0) -> Chunk:
    rows = [{f: a.get(f) for f in FIELDS} for a in articles]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(FIELDS, pl.String))
    where = [pl.lit("a.jsonl").alias("file"), (pl.int_range(pl.len()) + first + 1).alias("row")]
    return Chunk(frame.select(*where, pl.lit(None, pl.Int64).alias("line"), *FIELDS))


def overview(*chunks: Chunk) -> Overview:
    gathering = Gathering(SUITE)
    try:
        for c in chunks:
            gathering.add(gathering.analyse(c))
        gathering.finish()
        return gathering.overview([])
    finally:
        gathering.close()


ARTICLES = st.lists(
    st.fixed_dictionaries(
        {
            "publisher": st.sampled_from(["The Valley Post", "valley post", "Hill Echo", " ", None]),
            "url": st.sampled_from([None, "https://www.hill-echo.example/a", "https://quay.example/b"]),
            "headline": st.sampled_from(["Bridge", None, "Home"]),
            "published": st.sampled_from(["2031-04-02", "2031-04-09T10:00:00Z", "1911-01-01", "soon", None]),
            "body": st.integers(0, 90).map(lambda n: " ".join((WORDS * 5)[:n])) | st.just("Hide Ad"),
        }
    ),
    min_size=1,
    max_size=9,
)


@settings(deadline=None, max_examples=20)
@given(ARTICLES, st.integers(1, 8))
def test_every_article_is_counted_once_however_the_collection_is_cut(articles: list[dict[str, Any]], cut: int) -> None:
    whole = overview(chunk(articles))
    parts = [chunk(articles[n : n + cut], n) for n in range(0, len(articles), cut)]
    assert overview(*parts) == whole
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collection, "_ROWS", cut)
        assert overview(*parts) == whole
    if whole.publishers:
        assert sum(p.articles for p in whole.publishers) == len(articles)
        for n, name in enumerate(whole.checks):
            for publisher in whole.publishers:
                failing, checked = publisher.by_check[n]
                assert failing <= checked <= publisher.articles, name
    if whole.volume:
        assert sum(whole.volume.counts) + whole.volume.before + whole.volume.after + whole.volume.undated == len(
            articles
        )
        assert whole.volume.counts[0] and whole.volume.counts[-1]
    if whole.lengths:
        assert sum(whole.lengths.counts) + whole.lengths.empty == len(articles)


@settings(deadline=None, max_examples=25)
@given(ARTICLES, st.randoms(use_true_random=False))
def test_the_hash_knows_no_order_but_every_letter(articles: list[dict[str, Any]], random: Any) -> None:
    other = random.sample(articles, len(articles))
    changed = [{**articles[0], "headline": "Bridges"}, *articles[1:]]
    hashes = []
    for some in (articles, other, changed):
        ledger = Ledger()
        ledger.add(entries(Batch(chunk(some).articles)))
        hashes.append(ledger.hash)
    assert hashes[0] == hashes[1] != hashes[2]


def test_spellings_of_a_publisher_are_one() -> None:
    names = ["The Valley Post", "valley-post", "The Valley Post", None, None]
    urls = [None, None, None, "https://www.valleypost.example/a", None]
    seen = overview(chunk([{"publisher": p, "url": u, "body": "A story."} for p, u in zip(names, urls, strict=True)]))
    assert [(p.name, p.articles) for p in seen.publishers] == [
        ("The Valley Post", 3),
        ("valleypost.example", 1),
        ("", 1),
    ]
    assert seen.publishers_in_all == 2


def test_two_thousand_publishers_are_thirty_and_the_sum_of_the_rest() -> None:
    articles = [{"publisher": f"Paper {n}", "body": "Hide Ad\nA story." * (n % 3)} for n in range(2_000)]
    articles += [{"publisher": "Paper 7", "body": "Hide Ad"}] * 9
    seen = overview(chunk(articles))
    assert len(seen.publishers) == 31 and seen.publishers_in_all == 2_000
    assert seen.publishers[0].name == "Paper 7"
    assert seen.publishers[-1].publishers == 1_970
    assert sum(p.articles for p in seen.publishers) == 2_009


def dated(days: Sequence[date]) -> Volume:
    seen = overview(chunk([{"published": d.isoformat(), "body": "A story."} for d in days])).volume
    assert seen
    return seen


@settings(deadline=None, max_examples=40)
@given(st.lists(st.dates(date(1900, 1, 1), date(2200, 12, 31)), min_size=1, max_size=12))
def test_units_follow_each_other_without_gap_or_overlap(days: list[date]) -> None:
    volume = dated(days)
    begins = [volume.begin(n) for n in range(len(volume.counts) + 1)]
    assert begins == sorted(set(begins))
    assert len(begins) < 310
    expected = Counter(max(n for n, begin in enumerate(begins) if begin <= day) for day in days)
    assert volume.counts == tuple(expected[n] for n in range(len(volume.counts)))


@pytest.mark.parametrize(("span", "unit"), [(30, "day"), (91, "day"), (92, "week"), (1_000, "month"), (9_000, "year")])
def test_the_unit_follows_the_span(span: int, unit: str) -> None:
    assert dated([date(2001, 3, 4), date(2001, 3, 4) + timedelta(days=span)]).unit == unit


def test_stray_dates_do_not_stretch_the_span() -> None:
    volume = dated([date(2031, 4, 1 + n % 30) for n in range(600)] + [date(1970, 1, 1)])
    assert (volume.unit, volume.before, volume.after) == ("day", 1, 0)


def test_days_that_nobody_knows_are_counted_apart() -> None:
    seen = overview(chunk([{"published": p, "body": "A story."} for p in ("2031", "03/04/2031", "2031-04-02", None)]))
    assert seen.volume and seen.volume.undated == 3


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 300), min_size=1, max_size=20))
def test_lengths_fall_between_their_edges(sizes: list[int]) -> None:
    seen = overview(chunk([{"body": " ".join((WORDS * 20)[:n])} for n in sizes])).lengths
    some = [n for n in sizes if n]
    if not some:
        assert seen is None
        return
    assert seen and seen.empty == len(sizes) - len(some)
    edges = [*EDGES, 10**9]
    assert seen.counts == tuple(sum(low <= n < high for n in some) for low, high in pairwise(edges))
    assert (seen.fewest, seen.most) == (25, 100_000)


def test_repeated_lines_are_counted_by_publisher() -> None:
    story = "The {} reopened on Monday after two years.\nTake the Post with you: our app"
    articles = [
        {"publisher": "Valley Post", "headline": t, "body": story.format(t)} for t in ("bridge", "school", "hall")
    ]
    [line] = overview(chunk(articles)).lines
    assert (line.publisher, line.text, line.articles, line.of) == (
        "Valley Post",
        "Take the Post with you: our app",
        3,
        3,
    )
    assert (line.file, line.row) == ("a.jsonl", 1)


def test_copies_are_clusters_of_their_original() -> None:
    one = "The bridge over the river reopened on Monday after two years of repairs, the mayor said in the square."
    other = (
        "The council will vote in May on a new school for the valley, as parents have asked since the old one closed."
    )
    seen = overview(chunk([{"body": b} for b in (one, other, one, other.upper(), one)]))
    told = [(c.check, c.size, c.original.row, [x.row for x in c.copies]) for c in seen.copies]
    assert sorted(told) == [("duplicate-article", 2, 2, [4]), ("duplicate-article", 3, 1, [3, 5])]
    assert seen.clusters == 2
    assert all(copy.article is None for c in seen.copies for copy in (c.original, *c.copies))  # no file to read again


def test_an_overview_is_small_for_any_collection() -> None:
    body = "\n".join(
        ["Take the Post with you: our app", *(f"Line {n} of the page, always the same" for n in range(40))]
    )
    articles = [
        {
            "publisher": f"Paper {n % 60}",
            "headline": f"Story {n}",
            "published": f"{1900 + n % 280}-01-01",
            "body": f"{body}\nThe council met for the {n}th time.",  # copies of one body count once
        }
        for n in range(600)
    ]
    seen = overview(chunk(articles))
    assert len(seen.lines) <= 24 < seen.lines_in_all
    assert len(seen.copies) <= 6
