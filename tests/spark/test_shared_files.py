"""Files that executors read themselves: a path that holds on the driver alone is refused before the work."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.checks.rule_files import with_rules
from copydesk.checks.suite import load_suite
from copydesk.errors import SuiteError, UsageError
from copydesk.spark.shared_files import expect_shared_files


def test_a_relative_path_holds_for_local_executors_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rules = tmp_path / "rules.yml"
    rules.write_text("rules:\n- {publisher: The Mail, line: Read our app, action: delete}\n")
    relative, whole = (with_rules(load_suite("news"), [name]) for name in ("rules.yml", str(rules)))
    expect_shared_files(relative, "local[2]")
    expect_shared_files(whole, "spark://host:7077")
    with pytest.raises(UsageError, match=r"publisher-boilerplate: rules: rules.yml: on Spark.*/shared/rules.yml"):
        expect_shared_files(relative, "spark://host:7077")


def test_rules_that_are_not_there() -> None:
    with pytest.raises(SuiteError, match="the rules cannot be read"):
        expect_shared_files(with_rules(load_suite("news"), ["/nowhere/rules.yml"]), "local[2]")
