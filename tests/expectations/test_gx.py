"""The door for Great Expectations: a class for every check, and the suites with the severities of their checks."""

from __future__ import annotations

import json
from pathlib import Path

import great_expectations as gx
import pytest

import copydesk_expectations.gx as news
from copydesk.checks import all_checks, option_types, suite_files
from copydesk.checks.suite import load_suite
from copydesk.errors import SuiteError
from copydesk_expectations.checks import CHECKS


def test_every_check_is_a_class_and_its_options_are_fields() -> None:
    for check in CHECKS:
        made = getattr(news, "ExpectNews" + check.name.title().replace("-", ""))
        assert made.check is check
        assert set(option_types(check)) | {"mostly", "row_condition", "columns"} <= set(made.__fields__)
    assert len(news.__all__) == len(all_checks()) + 1 == len(set(news.__all__))
    assert all(hasattr(news, name) for name in news.__all__)


def test_a_class_that_is_not_there_is_named() -> None:
    with pytest.raises(AttributeError, match="no expectation 'ExpectNewsBody'"):
        news.ExpectNewsBody  # noqa: B018 - the look is the test


@pytest.mark.parametrize("name", sorted(suite_files()))
def test_a_suite_has_the_types_and_severities_that_copydesk_gives_it(name: str) -> None:
    ours, theirs = load_suite(name), news.load_suite(name)
    assert theirs.name == name
    assert [(e.expectation_type, e.severity.value) for e in theirs.expectations] == [
        (e.type, e.severity) for e in ours.entries
    ]


def test_a_suite_file_with_a_slip_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "my.yml"
    file.write_text("expectations:\n  - type: expect_news_ad_residu\n", encoding="utf-8")
    with pytest.raises(SuiteError, match="Did you mean 'expect_news_ad_residue'"):
        news.load_suite(file)


def test_a_suite_that_great_expectations_stored_is_whole(tmp_path: Path) -> None:
    stored = gx.ExpectationSuite("mine", expectations=[news.ExpectNewsAdResidue(mostly=0.9), news.ExpectNewsLiveblog()])
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(stored.to_json_dict()), encoding="utf-8")
    assert len(news.load_suite(file).expectations) == 2
    assert len(gx.ExpectationSuite(**json.loads(file.read_text(encoding="utf-8"))).expectations) == 2
