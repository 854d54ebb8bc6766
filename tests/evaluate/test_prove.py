"""The proof, on the project's own clean articles: the suite finds what is planted, and the proof can fail."""

from __future__ import annotations

import copy
import random
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from copydesk.checks import all_checks, expectation_type
from copydesk.checks.suite import load_suite, parse_suite
from copydesk.evaluate.planting import Article, all_planters
from copydesk.evaluate.prove import false_alarms, prove
from copydesk.model.article import FIELDS
from copydesk.readers import read

CLEAN = Path(__file__).parents[2] / "fixtures" / "clean.jsonl"

#: The share that must be found at least; what is not named here: all but one in a hundred.
SHARES = {
    "glued-words": 0.85,  # names and abbreviations are left alone
    "language-mismatch": 0.97,  # kin of the declared language claim nothing
    "liveblog": 0.95,
    "mojibake": 0.97,  # one accent read wrongly in a long text
    "page-furniture": 0.95,
    "mid-sentence-break": 0.95,
    "truncated-body": 0.95,
    "truncated-body: cut at any word": 0.25,  # a cut that may be a whole sentence looks like a forgotten full stop
    "promo-residue": 0.95,
    "near-duplicate-article": 0.94,  # of texts of 160 words; longer ones: 0.97
}

#: What can be planted in no article: these checks speak of rows and of whole collections.
UNPLANTED = {"unreadable-row", "publisher-skew", "publication-gaps"}


@cache
def clean() -> list[Article]:
    frame = pl.concat([c.articles for c in read([CLEAN])])
    return frame.select(f for f in FIELDS if f in frame.columns).to_dicts()


@pytest.mark.parametrize("check", sorted(set(all_checks()) - UNPLANTED))
def test_a_planter_plants_what_the_check_must_find(check: str) -> None:
    planters = all_planters().get(check, {})
    idle = [kind for kind, planter in planters.items() if not planter(copy.deepcopy(clean()), random.Random(0))]
    if idle or not planters:
        pytest.fail(
            f"expectations/copydesk_expectations/planting/{all_checks()[check].family}.py plants nothing for {check}"
            f" {idle or ''} in any article of fixtures/clean.jsonl. Write how the defect is put into a clean article.",
            pytrace=False,
        )


@pytest.mark.parametrize("check", sorted(set(all_checks()) - UNPLANTED))
def test_what_is_planted_is_found(check: str) -> None:
    suite = parse_suite(f"expectations:\n  - type: {expectation_type(check)}", file="one.yml")
    for proof in prove(clean(), suite):
        least = SHARES.get(f"{check}: {proof.kind}", SHARES.get(check, 0.99))
        assert proof.share >= least, (
            f"{check}, {proof.kind}: {proof.found} of {proof.planted} planted defects were found, expected a share of"
            f" {least}. By language (found, planted): {proof.by_language}. Missed in the articles {proof.missed}."
        )


def test_nothing_is_found_where_nothing_is_planted() -> None:
    assert false_alarms(clean(), load_suite("news")) == {}


def test_planting_says_where_the_defect_is() -> None:
    for planters in all_planters().values():
        for planter in planters.values():
            articles = copy.deepcopy(clean())
            for defect in planter(articles, random.Random(1)):
                assert defect.article < len(articles)
                if defect.end is not None and defect.start is not None:
                    assert 0 <= defect.start < defect.end <= len(articles[defect.article][defect.field] or "")


def test_the_same_seed_plants_the_same() -> None:
    suite = parse_suite("expectations:\n  - type: expect_news_ad_residue", file="s.yml")
    assert prove(clean(), suite, seed=3) == prove(clean(), suite, seed=3)


def test_a_check_that_misses_is_shown_to_miss() -> None:
    text = "expectations:\n  - type: expect_news_repeated_paragraph\n    kwargs: {min_words: 5000}"
    assert all(p.found == 0 and p.planted for p in prove(clean(), parse_suite(text, file="s.yml")))
