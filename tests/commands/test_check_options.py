"""The options of `copydesk check` have the defaults that their help names, and refuse what is none."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from copydesk.commands.check_options import add_gate, add_reports, add_work


def parsed(*words: str) -> argparse.Namespace:
    command = argparse.ArgumentParser(exit_on_error=False)
    for add in (add_gate, add_work, add_reports):
        add(command)
    return command.parse_args(words)


def test_nothing_is_asked_for_by_default() -> None:
    given = parsed()
    assert (given.fail_on, given.memory) == ("critical", 32_000_000)
    assert not any((given.github, given.brief, given.no_cache, given.no_text, given.timing))
    assert given.baseline is given.rules is given.accepted is given.history is None


def test_files_are_paths_and_sizes_are_bytes() -> None:
    given = parsed("--baseline", "known.jsonl", "--memory", "1GB", "--fail-on", "never")
    assert (given.baseline, given.memory, given.fail_on) == (Path("known.jsonl"), 1_000_000_000, "never")


def test_a_severity_that_is_none_is_refused() -> None:
    with pytest.raises(argparse.ArgumentError, match="invalid choice: 'severe'"):
        parsed("--fail-on", "severe")
