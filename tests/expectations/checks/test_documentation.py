"""Every check is documented in the house's form, and the examples in its documentation are true."""

from __future__ import annotations

import pytest

from copydesk.checks import Check, all_checks
from copydesk.testing.check_examples import documentation_faults, example_faults

CHECKS = list(all_checks().values())


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.name)
def test_a_check_has_every_section_and_says_of_every_option_what_it_does(check: type[Check]) -> None:
    faults = documentation_faults(check)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.name)
def test_a_check_lies_in_the_file_of_its_name_in_the_folder_of_its_family(check: type[Check]) -> None:
    place = f"copydesk_expectations.checks.{check.family}.{check.name.replace('-', '_')}"
    assert check.__module__ == place, f"{check.name} stands in {check.__module__}. Move it to {place}."


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.name)
def test_what_passes_passes(check: type[Check]) -> None:
    faults = example_faults(check, "Passes")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.name)
def test_what_fails_fails_with_these_words(check: type[Check]) -> None:
    faults = example_faults(check, "Fails")
    assert not faults, "\n".join(faults)
