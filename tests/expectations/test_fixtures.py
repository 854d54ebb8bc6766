"""The suite against the fixtures: every labelled defect is found, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from copydesk.checks import all_checks
from copydesk.checks.suite import load_suite
from copydesk.engine.collection import findings_of
from copydesk.model.article import FIELDS
from copydesk.readers import read
from copydesk.testing.check_examples import TO_WRITE

FIXTURES = Path(__file__).parents[2] / "fixtures"
#: What a finding of a check may lie in, beside defects of its own name.
AKIN = {"page-furniture": {c for c, check in all_checks().items() if check.family == "residue"}}

#: Defects of a whole article: a finding of theirs may quote any of its words.
WHOLE = {
    "boilerplate-page",
    "duplicate-article",
    "language-mismatch",
    "liveblog",
    "near-duplicate-article",
}

#: Rows that cannot be read are in demo/; an id stands once in the fixtures; the rest speak of whole collections, or of
#: lines that no list knows, or are off in the suite `news`.
UNLABELLED = {
    "unreadable-row",
    "page-furniture",
    "publisher-skew",
    "publication-gaps",
    "conflicting-id",
    "private-data",
    "equal-length-body",
}

Place = tuple[str, str, str]


def articles(name: str) -> dict[str, dict[str, Any]]:
    lines = (FIXTURES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return {a["id"]: a for a in map(json.loads, lines)}


@cache
def found(name: str) -> pl.DataFrame:
    chunks = (chunk.articles for chunk in read([FIXTURES / f"{name}.jsonl"]))
    return findings_of(chunks, load_suite("news"))


def known(kind: str, names: set[str]) -> set[Place]:
    entries = json.loads((FIXTURES / "known.json").read_text(encoding="utf-8"))
    return {(e["article"], e["check"], e["text"]) for e in entries if e["kind"] == kind and e["article"] in names}


def alarms(name: str) -> Iterator[Place]:
    """Yield the findings that meet no labelled defect."""
    labelled = articles(name)
    for f in found(name).filter(~pl.col("check").is_in(["publisher-skew", "publication-gaps"])).iter_rows(named=True):
        defects = labelled[f["article_id"]].get("defects", [])
        akin = {f["check"]} | AKIN.get(f["check"], set())
        if not any(d["check"] in akin and meets(d, f) for d in defects):
            yield f["article_id"], f["check"], f["text"]


def misses(name: str) -> Iterator[Place]:
    """Yield the labelled defects that no finding of their check meets."""
    by_article = found(name).partition_by("article_id", as_dict=True)
    for identity, article in articles(name).items():
        rows = by_article[(identity,)].to_dicts() if (identity,) in by_article else []
        for d in article.get("defects", []):
            if d["check"] in all_checks() and not any(f["check"] == d["check"] and meets(d, f) for f in rows):
                yield identity, d["check"], d["text"]


def meets(defect: dict[str, Any], finding: dict[str, Any]) -> bool:
    if defect["field"] != finding["field"]:
        return False
    if defect["check"] in WHOLE:
        return True
    if defect["start"] == defect["end"] or finding["start"] == finding["end"]:
        return bool(defect["start"] == finding["start"])
    return bool(finding["start"] < defect["end"] and finding["end"] > defect["start"])


@pytest.mark.parametrize("name", ["clean", "hard", "broken"])
def test_nothing_else_is_found(name: str) -> None:
    assert set(alarms(name)) == known("false alarm", set(articles(name)))


def test_every_labelled_defect_is_found() -> None:
    assert set(misses("broken")) == known("miss", set(articles("broken")))


@pytest.mark.parametrize("name", ["clean", "hard", "broken"])
def test_findings_and_labels_quote_the_exact_words(name: str) -> None:
    labelled = articles(name)
    for f in found(name).iter_rows(named=True):
        assert (labelled[f["article_id"]].get(f["field"]) or "")[f["start"] : f["end"]] == f["text"]
    for article in labelled.values():
        for d in article.get("defects", []):
            assert (article.get(d["field"]) or "")[d["start"] : d["end"]] == d["text"]


@pytest.mark.parametrize("check", sorted(set(all_checks()) - UNLABELLED))
def test_every_check_has_a_labelled_defect(check: str) -> None:
    labelled = [a for a in articles("broken").values() if any(d["check"] == check for d in a.get("defects", []))]
    if not labelled:
        pytest.fail(
            f"fixtures/broken.jsonl: no article has a defect of {check}. Write one with the id 'broken-en-{check}', and"
            " list the exact words under 'defects' (fixtures/README.md says how).",
            pytrace=False,
        )
    assert TO_WRITE not in json.dumps(labelled), (
        f"fixtures/broken.jsonl: the article for {check} still has text of the template. Replace what says {TO_WRITE}"
    )


def test_fixtures_use_the_fields_of_an_article() -> None:
    for name in ("clean", "hard", "broken"):
        for article in articles(name).values():
            assert set(article) <= {*FIELDS, "defects", "why"}
