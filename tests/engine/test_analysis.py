"""The names of findings: what is reordered, split or cut into other batches changes none of them."""

from __future__ import annotations

import random
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.suite import parse_suite
from copydesk.engine.collection import findings_of

SUITE = parse_suite(
    """
expectations:
  - {type: expect_news_duplicate_article, kwargs: {}}
  - {type: expect_news_near_duplicate_article, kwargs: {}}
  - {type: expect_news_duplicate_url, kwargs: {}}
  - {type: expect_news_publisher_boilerplate, kwargs: {}}
  - {type: expect_news_publisher_skew, kwargs: {min_articles: 4, share: 0.4, min_publishers: 2}}
  - {type: expect_news_publication_gaps, kwargs: {per_day: 1, min_days: 3}}
  - {type: expect_news_ad_residue, kwargs: {}}
  - {type: expect_news_page_furniture, kwargs: {}}
""",
    file="order.yml",
)
WORDS = ("bridge", "river", "council", "mayor", "school", "ferry", "market", "winter", "valley", "storm", "repair")


def body(seed: int, changes: int, lines: int) -> str:
    """Return a body of its own by seed, of which some words are changed, with some lines of the page."""
    words = random.Random(seed).choices(WORDS, k=120)
    for at in range(changes):
        words[at * 17 % 120] = f"word{at}x{seed}"
    return " ".join(words) + ".\n" + "\n".join(["Hide Ad", "Home", "Sports"][:lines])


articles = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.integers(0, 9).map(str),  # some of them twice
            "url": st.tuples(st.integers(0, 3), st.integers(0, 2)).map(
                lambda p: f"https://news.example/{'abc'[p[1]]}-{1234567 + p[0]}"
            ),
            "headline": st.sampled_from(["Bridge", "Ferry", "School"]),
            "publisher": st.sampled_from(["The Valley Post", "valley post", "Hill Echo"]),
            "published": st.integers(1, 9).map(lambda day: f"2026-03-0{day}"),
            "body": st.builds(body, st.integers(0, 1), st.sampled_from([0, 0, 3, 12, 40]), st.integers(0, 3)),
        }
    ),
    min_size=2,
    max_size=14,
)


def names(chunks: list[list[dict[str, Any]]]) -> list[str]:
    frames = [
        pl.DataFrame(rows).with_columns(
            file=pl.lit(f"{n}.jsonl"), row=pl.int_range(1, pl.len() + 1), line=pl.lit(None, pl.Int64)
        )
        for n, rows in enumerate(chunks)
    ]
    return sorted(findings_of(frames, SUITE)["fingerprint"])


@settings(max_examples=20)
@given(articles, st.integers(0, 14), st.randoms(use_true_random=False))
def test_order_and_batches_change_no_name(collection: list[dict[str, Any]], cut: int, chance: random.Random) -> None:
    expected = names([collection])
    shuffled = chance.sample(collection, len(collection))
    assert names([part for part in (shuffled[:cut], shuffled[cut:]) if part]) == expected
