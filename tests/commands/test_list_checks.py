"""`copydesk list`: each check has one line, and each suite is named."""

from __future__ import annotations

import pytest

from copydesk.checks import all_checks, documentation, suite_files
from copydesk.commands.cli import main


def test_each_check_has_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for line, (name, check) in zip(lines, all_checks().items(), strict=False):
        assert line.split(maxsplit=3) == [name, check.family, check.severity, documentation(check)["title"]]
    assert lines[len(all_checks())] == ""
    assert f"Suites: {', '.join(sorted(suite_files()))}." in lines[-1]
