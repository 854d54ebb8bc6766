"""The process that judges: it answers as this process would, and what goes wrong in it is raised here."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from copydesk.checks.suite import Suite, load_suite
from copydesk.engine.collection import Gathering
from copydesk.errors import SuiteError
from copydesk.judge import process
from copydesk.judge.process import Judge
from copydesk.judge.signals import Signals
from copydesk.readers import find_files, read_files

CLEAN = Path(__file__).parents[2] / "fixtures" / "clean.jsonl"
UNKNOWN = "name: own\nexpectations:\n  - type: expect_column_to_exits\n    kwargs: {column: body}\n"


def signals_of(suite: Suite) -> Signals:
    gathering = Gathering(suite)
    try:
        for chunk in read_files(find_files([CLEAN])):
            gathering.add(gathering.analyse(chunk))
        gathering.finish()
        return gathering.signals()
    finally:
        gathering.close()


def another_process(monkeypatch: pytest.MonkeyPatch) -> Judge:
    """Return a judge with a process of its own, although Great Expectations may be imported here."""
    with monkeypatch.context() as patch:
        patch.delitem(sys.modules, "great_expectations", raising=False)
        return Judge()


def results(judge: Judge, suite: Suite) -> list[Any]:
    with judge:
        judge.expect(suite)
        judged = judge.judge(signals_of(suite))
        return [replace(result, kwargs={}) for result in judged()]


def test_another_process_judges_as_this_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    suite = load_suite("news")
    elsewhere = results(another_process(monkeypatch), suite)
    import great_expectations  # noqa: F401 - so that the next judges here

    here = Judge()
    assert here._process is None
    assert results(here, suite) == elsewhere
    assert len(elsewhere) == len(suite.entries)


def test_a_slip_in_the_suite_is_raised_here_before_any_article_is_judged(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "own.yml").write_text(UNKNOWN, encoding="utf-8")
    with another_process(monkeypatch) as judge:
        judge.expect(load_suite(tmp_path / "own.yml"))
        with pytest.raises(SuiteError, match="Did you mean 'expect_column_to_exist'"):
            judge.ready()


def test_a_process_that_dies_is_named_with_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    with another_process(monkeypatch) as judge:
        assert judge._process is not None
        judge._process._process.kill()
        judge._process.status()
        judge.expect(load_suite("news"))  # which nobody reads
        with pytest.raises(RuntimeError, match="the process of Great Expectations ended with status"):
            judge.ready()


def test_the_process_ends_with_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    with another_process(monkeypatch) as judge:
        process = judge._process
        assert process is not None and process.runs
    assert not process.runs


def test_the_process_that_nobody_asks_ends() -> None:
    command = [sys.executable, "-m", "copydesk.judge.process"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=300)
    assert done.stdout == b""


@pytest.mark.parametrize("question", [b"", pickle.dumps("a suite")[:-4]])
def test_a_process_whose_asker_was_killed_ends_and_prints_nothing(
    monkeypatch: pytest.MonkeyPatch, question: bytes
) -> None:
    answers = io.BytesIO()
    modules = SimpleNamespace(make_import_quick=lambda: None, definition_of_batches=lambda: None)
    monkeypatch.setattr(process, "import_module", lambda name: modules)
    process._answer(io.BytesIO(question), answers)
    assert not answers.getvalue()
