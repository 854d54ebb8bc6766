"""Differences whose every text tries to be more than text."""

from __future__ import annotations

import polars as pl
from hypothesis import strategies as st

from copydesk.gate.differences import Difference, Measure, Version
from copydesk.model.finding import no_findings

from .hostile import HOSTILE, writable

TEXT = HOSTILE.map(writable)
STRING, NUMBER = pl.String(), pl.Int64()
SHOWN: dict[str, pl.DataType] = {
    "article_id": STRING, "file": STRING, "row": NUMBER, "headline": STRING, "words": NUMBER
}  # fmt: skip
CHANGED: dict[str, pl.DataType] = {"words_before": NUMBER, "fields": pl.List(pl.String)}


@st.composite
def differences(draw: st.DrawFn) -> Difference:
    def listed(fields: bool = False) -> pl.DataFrame:
        rows = [
            {"article_id": draw(TEXT), "file": draw(TEXT), "row": 1, "headline": draw(st.none() | TEXT), "words": 3}
            | ({"words_before": draw(st.integers(0, 9)), "fields": ["body", "url"]} if fields else {})
            for _ in range(draw(st.integers(0, 3)))
        ]
        schema = SHOWN | (CHANGED if fields else {})
        return pl.DataFrame(rows, schema=schema)

    def found() -> pl.DataFrame:
        checks = [("ad-residue", "critical"), ("mojibake", "warning"), ("liveblog", "info")]
        rows = [
            {
                "text": draw(TEXT),
                "reason": draw(TEXT),
                "file": draw(TEXT),
                "row": n,
                "check": check,
                "severity": severity,
            }
            for n, (check, severity) in enumerate(draw(st.lists(st.sampled_from(checks), max_size=4)))
        ]
        return pl.concat([no_findings(), pl.DataFrame(rows, schema_overrides=no_findings().schema)], how="diagonal")

    measures = [Measure("length", "median", 3, draw(st.integers(0, 9)))]
    measures += [Measure("publisher", draw(TEXT), 1, 2, 0.1, 0.2) for _ in range(draw(st.integers(0, 30)))]
    versions = [Version(draw(TEXT), 10, 1, 100, draw(st.integers(0, 2)), 5) for _ in range(2)]
    return Difference(
        "0.1.0", draw(TEXT), versions[0], versions[1], listed(), listed(), listed(fields=True),
        4, found(), found(), 7, tuple(measures), draw(TEXT),
    )  # fmt: skip
