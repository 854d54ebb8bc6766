"""Each output of `copydesk check` has an option, and a writer that is there."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pytest

from copydesk.commands.check_outputs import OUTPUTS, Output, write_outputs
from copydesk.commands.cli import parser


def settled(words: list[str]) -> argparse.Namespace:
    given = parser().parse_args(words)
    arguments: argparse.Namespace = given.options.settle(given, None)
    return arguments


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: output.name)
def test_every_output_has_an_option_and_a_writer(output: Output) -> None:
    assert callable(output.load())
    assert getattr(settled(["check", "a.jsonl", f"--{output.name}", "f"]), output.name) == Path("f")


def test_all_that_is_asked_for_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result: Any = "the result"
    monkeypatch.setattr(Output, "load", lambda _: lambda given, path: path.write_text(given))
    asked = {output: tmp_path / output.name for output in OUTPUTS}
    write_outputs(result, asked)
    assert [path.read_text() for path in asked.values()] == [result] * len(OUTPUTS)
