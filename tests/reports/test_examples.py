"""Examples of the findings: the most frequent first, each words once, with how often and in how many articles."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.model.finding import no_findings
from copydesk.reports.examples import examples

from .newsroom import expectation, result

FOUND = st.lists(
    st.tuples(
        st.sampled_from(["ad-residue", "mojibake", "empty-label"]),
        st.sampled_from(["Hide Ad", "Ad", "", None, "\n1", "é"]),
        st.integers(1, 4),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(FOUND, st.integers(1, 5))
def test_each_words_once(found: list[tuple[str, str | None, int]], most: int) -> None:
    frame = pl.DataFrame(found, schema={"check": pl.String, "text": pl.String, "row": pl.Int64}, orient="row")
    frame = pl.concat([no_findings(), frame.with_columns(file=pl.lit("a"))], how="diagonal_relaxed")
    failed = [expectation(name, 9, 9) for name in ("ad-residue", "mojibake")]
    held = expectation("empty-label", 9, 0)
    shown = examples(result(findings=frame.lazy(), expectations=(*failed, held)), most)
    assert "empty-label" not in shown
    for e in failed:
        mine = [(n, text, row) for n, (check, text, row) in enumerate(found) if check == e.check]
        first: dict[object, list[tuple[int, str | None, int]]] = {}
        for n, text, row in mine:
            first.setdefault(text or n, []).append((n, text, row))
        wanted = [(s[0][1], s[0][2], len(s), len({row for *_, row in s})) for s in first.values()]
        wanted = sorted(wanted, key=lambda words: -words[2])[:most]  # the order of the findings where equally frequent
        got = [(f["text"], f["row"], f["times"], f["articles"]) for f in shown.get(e.check or "", [])]
        assert got == wanted
