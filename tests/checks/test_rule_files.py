from __future__ import annotations

import pytest

from copydesk.checks.rule_files import with_rules
from copydesk.checks.suite import load_suite, parse_suite
from copydesk.errors import UsageError


def test_rules_go_to_the_checks_that_take_some() -> None:
    suite = with_rules(load_suite("news"), ["a.yml"])
    taking = [entry for entry in suite.entries if getattr(entry.check, "rules", None)]
    assert [entry.type for entry in taking] == ["expect_news_publisher_boilerplate"]
    assert taking[0].kwargs["rules"] == taking[0].raw["kwargs"]["rules"] == ["a.yml"]
    more = with_rules(suite, ["b.yml", "a.yml"])
    assert any(getattr(check, "rules", ()) == ("a.yml", "b.yml") for check in more.checks.values())


def test_rules_that_no_check_takes() -> None:
    with pytest.raises(UsageError, match="no check of the suite small takes rules"):
        with_rules(parse_suite("name: small\nexpectations: [{type: expect_news_ad_residue}]", file="s.yml"), ["a.yml"])
