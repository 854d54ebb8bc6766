"""One publisher that outweighs all others is named once, at its first article."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk_expectations.checks.collection.publisher_skew import PublisherSkew

names = st.lists(
    st.one_of(
        st.none(), st.sampled_from(["Harbour Gazette", " harbour gazette", "The Herald", "Post", "e.example", ""])
    ),
    max_size=12,
)


def found(publishers: list[str | None], *, cut: int = 0, min_articles: int = 4) -> list[tuple[int, str]]:
    check = PublisherSkew(min_articles=min_articles)
    frame = pl.DataFrame({"publisher": publishers}, schema={"publisher": pl.String})
    keys = [check.keys(Batch(frame.slice(0, cut))), check.keys(Batch(frame.slice(cut), first=min(cut, frame.height)))]
    rows = check.find(pl.concat(keys)).collect()
    for article, start, end, text in rows.select("article", "start", "end", "text").iter_rows():
        publisher = publishers[article]
        assert publisher is not None and publisher[start:end] == text
    return rows.select("article", "text").rows()


@settings(max_examples=60)
@given(names, st.integers(0, 12))
def test_the_publisher_of_more_than_half_is_found(publishers: list[str | None], cut: int) -> None:
    known = [(n, p.strip().lower()) for n, p in enumerate(publishers) if p and p.strip()]
    said = [name for _, name in known]
    top = [p for p in dict.fromkeys(said) if said.count(p) > 0.5 * len(said)]
    expected = (
        [next(n for n, name in known if name == p) for p in top] if len(said) >= 4 and len(set(said)) >= 3 else []
    )
    assert [n for n, _ in found(publishers, cut=cut)] == expected
    assert found(publishers, cut=cut, min_articles=len(said) + 1) == []


@pytest.mark.parametrize("share", [0, 1, -1, 2])
def test_a_share_is_between_none_and_all(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        PublisherSkew(share=share)
