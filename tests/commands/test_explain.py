"""`copydesk explain`: every check is explained, and a misspelt one is met with a suggestion."""

from __future__ import annotations

import pytest

from copydesk.checks import DOC_SECTIONS, all_checks, expectation_type, option_types
from copydesk.commands.cli import main


@pytest.mark.parametrize("name", sorted(all_checks()))
def test_every_section_and_every_default_is_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", name]) == 0
    text = capsys.readouterr().out
    check = all_checks()[name]
    assert text.startswith(f"{name} ({check.family}, {check.severity}; {expectation_type(name)})\n")
    assert [text.index(f"\n{section}:\n") for section in DOC_SECTIONS] == sorted(
        text.index(f"\n{section}:\n") for section in DOC_SECTIONS
    )
    for option, (_, default) in option_types(check).items():
        assert f"{option}={default!r}" in text


def test_the_type_of_an_expectation_names_its_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "expect_news_ad_residue"]) == 0
    assert capsys.readouterr().out.startswith("ad-residue (")
    assert main(["explain", "expect_news_ad_residu"]) == 2
    assert "'ad-residue'" in capsys.readouterr().err


def test_a_misspelt_check_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "repeated-paragaph"]) == 2
    assert "'repeated-paragraph'" in capsys.readouterr().err
