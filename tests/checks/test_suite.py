"""Suites are read strictly."""

from __future__ import annotations

from pathlib import Path

import great_expectations as gx
import pytest
from ruamel.yaml import YAML

import copydesk_expectations.gx  # noqa: F401 - registers the expectations
from copydesk.checks import suite_files
from copydesk.checks.suite import load_suite, parse_suite
from copydesk.errors import SuiteError
from copydesk.judge.verdicts import expectations_of

ENTRY = "expectations:\n  - type: expect_news_body_length\n"


@pytest.mark.parametrize("name", sorted(suite_files()))
def test_great_expectations_loads_an_installed_suite_whole(name: str) -> None:
    data = YAML(typ="safe", pure=True).load(suite_files()[name].read_text(encoding="utf-8"))
    ours = load_suite(name)
    theirs = gx.ExpectationSuite(**data)
    assert [e.expectation_type for e in theirs.expectations] == [e.type for e in ours.entries]
    # Great Expectations takes an entry without a severity for critical; `copydesk_expectations.gx.load_suite` does not.
    severities = [entry.get("severity", "critical") for entry in data["expectations"]]
    assert [e.severity.value for e in theirs.expectations] == severities
    assert len(theirs.expectations) == len(ours.entries) == len(expectations_of(ours))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "got nothing"),
        ("- a", "got a list"),
        ("name: x\nexpectations: []", "holds no expectations"),
        ("name: x", "holds no expectations"),
        ("nmae: x\n" + ENTRY, "'nmae' is no part of a suite. Did you mean 'name'?"),
        ("expectations:\n  - typ: a", "line 2: expected an expectation with a 'type'"),
        ("expectations:\n  - type: expect_news_ad_residu", "Did you mean 'expect_news_ad_residue'?"),
        (ENTRY + "    kwargs: {min_word: 3}", "no option 'min_word'. Did you mean 'min_words'?"),
        (ENTRY + "    kwargs: {min_words: many}", "expected a value of type int, got 'many'"),
        (ENTRY + "    kwargs: {min_words: true}", "expected a value of type int, got True"),
        (ENTRY + "    kwargs: {min_words: 9, max_words: 3}", "expected 0 <= min_words <= max_words"),
        (ENTRY + "    kwargs: {mostly: 99}", "expected mostly to be a number from 0 to 1, got 99"),
        (ENTRY + "    kwargs: [1]", "expected kwargs to be a mapping, got a list"),
        (ENTRY + "    severity: critcal", "Did you mean 'critical'?"),
        (ENTRY + "    sevrity: critical", "Did you mean 'severity'?"),
        ("expectations: [", "this is not YAML"),
        (
            "expectations:\n  - type: expect_news_ad_residue\n    kwargs: {lexicons: en.txt}",
            "expected a list",
        ),
    ],
)
def test_a_slip_is_an_error_that_names_the_line_and_the_remedy(text: str, message: str) -> None:
    with pytest.raises(SuiteError, match=r"my\.yml") as error:
        parse_suite(text, file="my.yml")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{type: expect_colum_values_to_be_unique}", "Did you mean 'expect_column_values_to_be_unique'?"),
        ("{type: expect_column_values_to_be_unique, kwargs: {colum: url}}", "Did you mean 'column'?"),
        ("{type: expect_column_values_to_match_regex, kwargs: {column: url, regex: x, mosty: 1}}", "mosty"),
    ],
)
def test_a_slip_in_an_expectation_of_great_expectations_own_is_an_error_too(entry: str, message: str) -> None:
    suite = parse_suite(f"expectations:\n  - {entry}", file="my.yml")
    with pytest.raises(SuiteError, match=r"my\.yml, line 2") as error:
        expectations_of(suite)
    assert message in str(error.value)


def test_a_suite_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="Did you mean 'news'"):
        load_suite("newz")
    with pytest.raises(SuiteError, match="cannot be read"):
        load_suite(tmp_path / "none.yml")


def test_columns_that_the_suite_names_are_collected() -> None:
    suite = parse_suite(
        "expectations:\n"
        "  - type: expect_column_values_to_match_regex\n"
        "    kwargs: {column: url, regex: ^http}\n"
        "  - type: expect_news_body_length\n"
        "    kwargs:\n"
        "      row_condition:\n"
        "        type: and\n"
        "        conditions:\n"
        "          - {type: comparison, column: {name: section}, operator: '==', parameter: brief}\n"
        "          - {type: nullity, column: {name: desk}, is_null: false}\n",
        file="my.yml",
    )
    assert suite.columns == {"url", "section", "desk"}
