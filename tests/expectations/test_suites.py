"""The suites of this package, held against its checks."""

from __future__ import annotations

import pytest

from copydesk.checks import all_checks
from copydesk.checks.suite import load_suite
from copydesk_expectations import find_suites

NAMED = {entry.check.name for suite in find_suites() for entry in load_suite(suite).entries if entry.check}


@pytest.mark.parametrize("check", sorted(all_checks()))
def test_every_check_is_in_a_suite(check: str) -> None:
    if check not in NAMED:
        pytest.fail(
            f"No suite names {check}, so that nobody runs it. Add expect_news_{check.replace('-', '_')} to"
            " expectations/copydesk_expectations/suites/news.yml, or to another suite there.",
            pytrace=False,
        )
