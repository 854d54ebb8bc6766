"""The examples in the documentation of our checks are true."""

from __future__ import annotations

import pytest
from newsroom_checks import find_checks

from copydesk.checks import Check
from copydesk.testing.check_examples import verify


@pytest.mark.parametrize("check", find_checks())
def test_the_documentation_is_true(check: type[Check]) -> None:
    verify(check)
