"""Lines of short fields are found where they stand, and only those that are phrases."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.lexicon.fields import field_hits, field_lines
from copydesk.lexicon.lexicon import load

texts = st.lists(st.none() | st.text(st.sampled_from("ab \n\r\t‑é"), max_size=20), min_size=1, max_size=4)


def batch(*standfirsts: str | None) -> Batch:
    return Batch(pl.DataFrame({"standfirst": standfirsts}, schema={"standfirst": pl.String}))


@settings(max_examples=30)
@given(texts)
def test_lines_stand_where_they_say(standfirsts: list[str | None]) -> None:
    lines = field_lines(batch(*standfirsts), "standfirst")
    for article, text, start, end in lines.select("article", "text", "start", "end").rows():
        assert (standfirsts[article] or "")[start:end] == text
    said = [line.strip() for text in standfirsts for line in (text or "").split("\n") if line.strip()]
    assert lines["text"].to_list() == said


def test_a_phrase_above_a_standfirst_is_found() -> None:
    lexicon, above = load(), batch(None, "Anzeige\r\nThe bridge reopens.", "Story: an advertisement ran.")
    hits = field_hits(above, "standfirst", lexicon.openings, lexicon.kinds_of)
    assert hits.select("article", "text", "start", "end").rows() == [(1, "Anzeige", 0, 7)]
