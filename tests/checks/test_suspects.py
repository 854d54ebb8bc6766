"""Suspects: only texts with a match are read, and their spans come out as they are."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.checks.suspects import spans_in

TEXTS = st.lists(
    st.none() | st.lists(st.sampled_from(["rain", "~~", "é", " ", "\n"]), max_size=6).map("".join), max_size=8
)


@given(TEXTS, st.sampled_from(["body", "headline"]))
def test_the_texts_that_are_read_are_those_with_a_match(texts: list[str | None], field: str) -> None:
    seen: list[str] = []

    def look(text: str) -> list[dict[str, Any]]:
        seen.append(text)
        return [{"start": text.index("~~"), "end": text.index("~~") + 2, "reason": "a wave"}]

    articles = pl.DataFrame({field: texts}, schema={field: pl.String})
    spans = spans_in(Batch(articles, first=7), field, (b"~~",), look, says=("reason",)).collect()
    suspects = [n for n, text in enumerate(texts) if text and "~~" in text]
    assert seen == [texts[n] for n in suspects]
    assert spans["article"].to_list() == [7 + n for n in suspects]
    assert spans.schema == {"article": pl.UInt32, "start": pl.Int64, "end": pl.Int64, "reason": pl.String}
    for row in spans.iter_rows(named=True):
        assert (texts[row["article"] - 7] or "")[row["start"] : row["end"]] == "~~"


def test_of_the_suspects_only_the_likely_ones_are_read() -> None:
    def look(text: str) -> list[dict[str, Any]]:
        return [{"start": 0, "end": len(text)}]

    articles = pl.DataFrame({"body": ["~~ rain", None, "rain", "é ~~"]})
    spans = spans_in(Batch(articles), "body", (b"~~",), look, says=(), likely=r"^\p{L}").collect()
    assert spans["article"].to_list() == [3]
