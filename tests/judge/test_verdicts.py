"""Verdicts: one for each entry of the suite, in its order; what cannot be judged did not hold."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk.checks.suite import Suite, judgements_of, parse_suite
from copydesk.errors import SuiteError
from copydesk.judge.signals import Signals, count_findings
from copydesk.judge.verdicts import expectations_of, judge
from copydesk.model.result import ExpectationResult


def verdicts(entries: str) -> list[ExpectationResult]:
    """Judge four articles, of which one has two findings of `ad-residue`, and two rows that could not be read."""
    suite: Suite = parse_suite("name: s\nexpectations:\n" + entries, file="s.yml")
    judgements = judgements_of(suite)
    signals = Signals(judgements, suite)
    frame = pl.DataFrame({"article": [0, 1, 2, 3], "words": [3, 9, 9, 9], "score": ["1", "2", "x", "4"]})
    findings = pl.DataFrame({"article": [1, 1], "key": ["ad-residue"] * 2})
    signals.add(count_findings(frame, findings, {"body"}, judgements))
    signals.add_rejected(2, {"unreadable-row": 2} if any(j.key == "unreadable-row" for j in judgements) else {})
    return list(judge(signals, suite, expectations_of(suite)))


def test_each_entry_has_its_verdict_in_order() -> None:
    ad, strict, rows, date = verdicts(
        "  - {type: expect_news_ad_residue, kwargs: {mostly: 0.7}}\n"
        "  - {type: expect_news_ad_residue, severity: info, kwargs: {}}\n"
        "  - {type: expect_news_unreadable_row, kwargs: {}}\n"
        "  - {type: expect_news_date_implausible, kwargs: {}}\n"
    )
    assert (ad.success, ad.articles_checked, ad.articles_unexpected, ad.findings) == (True, 4, 1, 2)
    assert (strict.success, strict.severity, strict.unexpected_percent) == (False, "info", 25)
    assert not rows.success and rows.articles_unexpected == 2
    assert [e.of_rows for e in (ad, strict, rows, date)] == [False, False, True, False]
    assert date.success is None and date.message == "the data has no published"


def test_an_expectation_of_great_expectations_own_shows_its_values() -> None:
    words, unjudged = verdicts(
        "  - {type: expect_column_values_to_be_between, kwargs: {column: words, min_value: 5}}\n"
        "  - {type: expect_column_values_to_be_between, kwargs: {column: score, min_value: 2}}\n"
    )
    assert words.success is False and words.values == ("3.0",)
    assert words.check is None and words.title == ""
    assert unjudged.success is False and unjudged.unjudged  # one score is no number
    assert unjudged.message.startswith("could not be judged: ")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{type: expect_column_values_to_be_betwen, kwargs: {}}", "there is no expectation .* Did you mean"),
        (
            "{type: expect_column_values_to_be_between, kwargs: {colum: words}}",
            "colum: there is no such option. Did you mean 'column'",
        ),
    ],
)
def test_a_slip_in_a_suite_is_named(entry: str, message: str) -> None:
    suite = parse_suite(f"name: s\nexpectations:\n  - {entry}\n", file="s.yml")
    with pytest.raises(SuiteError, match=message):
        expectations_of(suite)


def test_a_column_that_the_data_lacks_or_that_is_empty_never_passes() -> None:
    suite = parse_suite(
        "name: s\nexpectations:\n"
        "  - {type: expect_column_values_to_be_between, kwargs: {column: published, min_value: '2020'}}\n"
        "  - {type: expect_column_to_exist, kwargs: {column: published}}\n"
        "  - {type: expect_column_pair_values_to_be_equal, kwargs: {column_A: section, column_B: url}}\n"
        "  - {type: expect_column_values_to_match_regex, kwargs: {column: section, regex: a}}\n"
        "  - {type: expect_column_values_to_be_null, kwargs: {column: section}}\n",
        file="s.yml",
    )
    signals = Signals([], suite)
    signals.add(pl.DataFrame({"article": [0, 1], "section": [None, None], "published": [None, None]}))
    signals.add_fields({"body", "section"})
    lacking, there, pair, empty, null = judge(signals, suite, expectations_of(suite))
    assert lacking.success is False and lacking.message == "the data has no column 'published'"
    assert there.success is False and pair.message == "the data has no column 'url'"
    assert empty.success is False and empty.message == "no article has a value in 'section'"
    assert null.success is True
