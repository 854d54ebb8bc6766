"""Every check is documented in the house's form, and the examples in its documentation are true."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from copydesk.checks import Check, all_checks
from copydesk.testing.check_examples import TO_WRITE, documentation_faults, example_faults

CHECKS = list(all_checks().values())


def must_be_empty(faults: Sequence[str]) -> None:
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.name)
def test_a_check_has_every_section_and_says_of_every_option_what_it_does(check: type[Check]) -> None:
    must_be_empty(documentation_faults(check))


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.name)
def test_a_check_lies_in_the_file_of_its_name_in_the_folder_of_its_family(check: type[Check]) -> None:
    place = f"copydesk_expectations.checks.{check.family}.{check.name.replace('-', '_')}"
    assert check.__module__ == place, f"{check.name} stands in {check.__module__}. Move it to {place}."


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.name)
def test_what_passes_passes(check: type[Check]) -> None:
    must_be_empty(example_faults(check, "Passes"))


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.name)
def test_what_fails_fails_with_these_words(check: type[Check]) -> None:
    must_be_empty(example_faults(check, "Fails"))


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.name)
def test_no_text_of_the_template_is_left_in_the_code_of_a_check(check: type[Check]) -> None:
    file = Path(inspect.getfile(check))
    code = re.sub(r'""".*?"""', "", file.read_text(encoding="utf-8"), flags=re.S)
    must_be_empty([f"{file.name}: {line.strip()}" for line in code.splitlines() if TO_WRITE in line])
