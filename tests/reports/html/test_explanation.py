"""What `explain` says is in the page, with how to mend it."""

from __future__ import annotations

from copydesk.checks import check_named, documentation
from copydesk.reports.html.explanation import explanation

from ..newsroom import FAMILY


def test_checks_that_are_installed_are_explained() -> None:
    for check in FAMILY:
        titles = [title for title, _ in explanation(check)]
        assert titles == ["Why it matters", "When it is wrong", "Mend it in the scraper"]
    why = dict(explanation("ad-residue"))["Why it matters"]
    assert why.split() == documentation(check_named("ad-residue"))["Why it matters"].split() and "\n" not in why
    assert explanation("no-such-check") == ()
