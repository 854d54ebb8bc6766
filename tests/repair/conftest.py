"""A suite of a few checks, so that repairs run quickly."""

from __future__ import annotations

import pytest

from copydesk.checks.suite import Suite, parse_suite

NAMES = ("ad-residue", "repeated-paragraph", "mid-sentence-break", "empty-label", "glued-words", "repeated-headline")


@pytest.fixture(scope="session")
def suite() -> Suite:
    """A suite of a few checks, so that it runs quickly."""
    types = "\n".join(f"  - type: expect_news_{name.replace('-', '_')}" for name in NAMES)
    return parse_suite(f"expectations:\n{types}", file="suite.yml")
