"""`copydesk explain`: every check is explained, and a misspelt one is met with a suggestion."""

from __future__ import annotations

from pathlib import Path

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


def test_an_account_of_one_article_is_printed_or_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"headline": "Bridge", "body": "The bridge reopened.\\nRead more\\nGossip of the day"}\n', "utf-8")
    assert main(["explain", "page-furniture", "--article", str(file), "1"]) == 0
    assert "The gate is open" in capsys.readouterr().out
    for check, row in (("page-furniture", "9"), ("page-furniture", "x"), ("mojibake", "1")):
        assert main(["explain", check, "--article", str(file), row]) == 2
        assert "--article" in capsys.readouterr().err
