"""Lines that may be page furniture: which ones are looked at, and what is said of each."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checks.batch import SHORT_LINE, Batch
from copydesk.furniture.lines import scaled, suspects
from copydesk.model.article import FIELDS
from copydesk.testing.strategies import bodies

PROSE = "The first bus crossed the bridge over the river at six in the morning, with some forty people on board."


def batch(*texts: str) -> Batch:
    frame = pl.DataFrame([dict.fromkeys(FIELDS) | {"body": text} for text in texts], dict.fromkeys(FIELDS, pl.String))
    place = {"file": pl.lit("x"), "row": pl.int_range(1, pl.len() + 1), "line": pl.lit(None, pl.Int64)}
    return Batch(frame.with_columns(**place))


@given(st.lists(bodies(), min_size=1, max_size=4))
def test_only_short_lines_are_suspects_and_every_feature_is_a_byte_for_each(texts: list[str]) -> None:
    some = batch(*texts)
    found = suspects(some)
    lines = found.lines()
    assert all(0 < len(line) <= SHORT_LINE for line in lines)
    assert set(lines) <= set(some.paragraphs["text"])
    for values in found.features.values():
        assert values.dtype == np.uint8 and len(values) == len(lines)


def test_a_line_beside_a_phrase_is_a_suspect_and_the_phrase_is_not() -> None:
    lines = suspects(batch("\n".join([PROSE, "Read more", "Zorblat quintle"]))).lines().to_list()
    assert "Zorblat quintle" in lines and "Read more" not in lines


def test_an_article_without_a_phrase_has_no_suspects() -> None:
    assert suspects(batch("\n".join([PROSE, "Zorblat quintle"]))).lines().is_empty()


@given(st.lists(st.floats(-50, 50), min_size=1))
def test_scaled_evidence_keeps_its_order(evidence: list[float]) -> None:
    values = np.array(evidence)
    steps = scaled(values)
    assert steps.dtype == np.uint8
    order = np.argsort(values)
    assert (np.diff(steps[order].astype(int)) >= 0).all()
