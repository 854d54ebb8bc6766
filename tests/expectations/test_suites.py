"""The suites that are installed: each check is in one, and no entry repeats what its check says."""

from __future__ import annotations

import pytest
from ruamel.yaml import YAML

from copydesk.checks import all_checks, expectation_type, option_types, suite_files
from copydesk.checks.suite import load_suite

SUITES = sorted(suite_files())


NAMED = {entry.check.name for name in SUITES for entry in load_suite(name).entries if entry.check}


@pytest.mark.parametrize("check", sorted(all_checks()))
def test_every_check_is_in_a_suite(check: str) -> None:
    if check not in NAMED:
        pytest.fail(
            f"No suite names {check}, so that nobody runs it. Add expect_news_{check.replace('-', '_')} to"
            " expectations/copydesk_expectations/suites/news.yml, or to another suite there.",
            pytrace=False,
        )


@pytest.mark.parametrize("name", SUITES)
def test_an_entry_says_only_what_differs_from_its_check(name: str) -> None:
    checks = {expectation_type(check.name): check for check in all_checks().values()}
    for entry in YAML(typ="safe", pure=True).load(suite_files()[name].read_text(encoding="utf-8"))["expectations"]:
        check = checks[entry["type"]]
        assert entry.get("severity") != check.severity, f"{name}: {check.name} is {check.severity} without a word."
        for option, (_, default) in option_types(check).items():
            assert option not in entry["kwargs"] or entry["kwargs"][option] != default, (
                f"{name}: {check.name}: {option}"
            )


@pytest.mark.parametrize("name", SUITES)
def test_a_suite_names_a_check_once_and_keeps_the_order_of_the_list(name: str) -> None:
    order = list(all_checks())
    places = [order.index(entry.check.name) for entry in load_suite(name).entries if entry.check]
    assert places == sorted(set(places))
