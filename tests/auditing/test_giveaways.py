from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.auditing.stories import labelled

from copydesk.auditing.giveaways import feature_keys, giveaway_spans, label_counts
from copydesk.checks.batch import Batch


def batch(rows: list[dict[str, str]], first: int = 0) -> Batch:
    frame = pl.DataFrame(rows).rename({"title": "headline", "date": "published"})
    return Batch(frame.with_columns(side=pl.lit(None, pl.String)), first=first)


@settings(max_examples=5, deadline=None)
@given(st.integers(20, 100))
def test_batches_make_no_difference(cut: int) -> None:
    rows = labelled(120)
    batches = [batch(rows[:cut]), batch(rows[cut:], cut)]
    parts = giveaway_spans(
        pl.concat(map(feature_keys, batches)).lazy(),
        pl.concat(map(label_counts, batches)).group_by("label").agg(pl.col("count").sum()),
    )
    whole = giveaway_spans(feature_keys(batch(rows)).lazy(), label_counts(batch(rows)))
    assert sorted(parts["label-giveaway"]["reason"]) == sorted(whole["label-giveaway"]["reason"])


def test_the_words_stand_where_the_finding_says() -> None:
    rows = labelled(120)
    spans = giveaway_spans(feature_keys(batch(rows)).lazy(), label_counts(batch(rows)))["label-giveaway"]
    names = {"body": "body", "published": "date", "publisher": "publisher"}
    for row in spans.iter_rows(named=True):
        assert rows[row["article"]][names[row["field"]]][row["start"] : row["end"]] == row["text"] != ""
