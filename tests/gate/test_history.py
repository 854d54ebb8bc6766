"""The history: a line for each run, read again for the trend; what is no history is refused by its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from copydesk.errors import OutputError, UsageError
from copydesk.gate.history import append_run, earlier_runs, read_history
from copydesk.model.result import Origin

from ..reports.newsroom import expectation, result


def test_runs_are_appended_and_compared_with_those_of_their_suite(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    assert read_history(path) == []
    for found in (4, 2):
        run = result(expectations=(expectation("ad-residue", 100, found),), origin=Origin("news", "2031-04-02T10:00Z"))
        append_run(run, path)
    append_run(replace(run, suite="other"), path)
    runs = read_history(path)
    assert [r["date"] for r in runs] == ["2031-04-02T10:00Z"] * 3
    assert earlier_runs(runs, run) == ({"ad-residue": 4.0}, {"ad-residue": 2.0})


def test_a_run_that_was_cut_short_does_not_spoil_the_next(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    append_run(result(), path)
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append_run(result(), path)
    assert len(read_history(path)) == 2


@pytest.mark.parametrize("line", ["not JSON", "[1]", '{"checks": 3}', "[" * 100_000])
def test_another_file_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "history.jsonl"
    path.write_text(f'{{"checks": {{}}}}\n{line}\n')
    with pytest.raises(UsageError, match=r"history.jsonl:2: expected a run"):
        read_history(path)
    with pytest.raises(OutputError):
        append_run(result(), tmp_path)
