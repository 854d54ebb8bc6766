"""Fingerprints: stable where they should be, different where they must be."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from copydesk.model.finding import FINDING, fingerprints, flagged, no_spans

rows = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["x", "y"]), st.sampled_from(["Hide Ad", "hide  ad", "Other"])),
    min_size=1,
    max_size=12,
)


def named(found: list[tuple[str, str, str]], places: list[int] | None = None) -> list[str]:
    frame = pl.DataFrame(
        {
            "article": [ord(f[0]) for f in found],
            "identity": [f[0] for f in found],
            "check": [f[1] for f in found],
            "key": [f[1] for f in found],
            "text": [f[2] for f in found],
            "field": ["body"] * len(found),
            "start": places or list(range(len(found))),
        }
    )
    return fingerprints(frame, pl.col("identity"), pl.col("text")).to_list()


@given(rows)
def test_no_two_findings_have_one_name(found: list[tuple[str, str, str]]) -> None:
    names = named(found)
    assert len(set(names)) == len(names)
    assert all(len(name) == 16 and int(name, 16) >= 0 for name in names)


@given(rows, st.integers(1, 1000))
def test_a_shifted_paragraph_keeps_its_name(found: list[tuple[str, str, str]], shift: int) -> None:
    assert named(found, [n + shift for n in range(len(found))]) == named(found)


@given(rows)
def test_another_article_or_defect_changes_no_name(found: list[tuple[str, str, str]]) -> None:
    assert named([*found, ("c", "x", "Hide Ad")])[: len(found)] == named(found)
    mine = [(f, name) for f, name in zip(found, named(found), strict=True) if f[0] == "a"]
    if mine:
        assert named([f for f, _ in mine]) == [name for _, name in mine]


def test_a_name_is_the_same_in_every_version() -> None:
    expected = hashlib.blake2b("\x1f".join(["a", "x", "body", "hide ad", "0"]).encode(), digest_size=8).hexdigest()
    assert named([("a", "x", "Hide  Ad ")]) == [expected]


def test_the_page_on_findings_names_the_columns_in_their_order() -> None:
    page = (Path(__file__).parents[2] / "docs" / "findings.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.M) == list(FINDING)


def test_nothing_found_has_the_columns_of_what_is_found() -> None:
    spans = pl.LazyFrame({"article": [0], "start": [0], "end": [4]}, schema_overrides={"article": pl.UInt32})
    words = pl.lit("Hide")
    some = flagged(
        spans, reason="a label", repair="replace", replacement=words, text=words, twin=pl.lit(1), group=pl.lit(0)
    )
    nothing = no_spans().collect()
    assert nothing.is_empty() and nothing.schema == some.collect_schema()
