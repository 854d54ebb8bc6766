"""A check of phrases finds the lines of its kinds, also those of a project's own lexicon."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from copydesk.checks.batch import Batch
from copydesk.checks.suite import parse_suite
from copydesk_expectations.checks.residue.ad_residue import AdResidue


def test_a_project_adds_its_own_phrases_from_the_suite(tmp_path: Path) -> None:
    own = tmp_path / "en.house.txt"
    own.write_text("# ours\n[ad]\nA word from our zorblats\n", encoding="utf-8")
    text = f"expectations:\n  - type: expect_news_ad_residue\n    kwargs: {{lexicons: ['{own}']}}"
    (check,) = parse_suite(text, file="s.yml").checks.values()
    assert isinstance(check, AdResidue)
    batch = Batch(pl.DataFrame({"body": ["A word from our zorblats\nHide Ad\nA word from the mayor."]}))
    found = batch.quoted(check.find(batch).collect())
    assert found["text"].to_list() == ["A word from our zorblats", "Hide Ad"]


def test_a_phrase_above_the_standfirst_is_found_in_it() -> None:
    batch = Batch(
        pl.DataFrame({"standfirst": ["Advertisement\nThe quay reopens."], "body": ["Share Tweet\nIt rained."]})
    )
    found = AdResidue().find(batch).collect()
    assert found.select("field", "start", "end").rows() == [("standfirst", 0, 13)]
