"""`preparation-leftover`: TO WRITE: what these tests hold."""

from __future__ import annotations

import pytest

from copydesk.testing.check_examples import words_found
from copydesk_expectations.checks.text.preparation_leftover import PreparationLeftover


def test_its_cases() -> None:
    assert words_found(PreparationLeftover, [{"body": "It rained."}]) == [[]]
    pytest.fail("Test PreparationLeftover on real cases and on properties. Then remove this line.", pytrace=False)
