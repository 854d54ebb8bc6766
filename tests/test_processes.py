"""A process of ours answers messages, ends when nobody asks any more, and prints nothing among its answers."""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from copydesk import processes
from copydesk.processes import Process, serve

DOUBLES = """
import pickle, sys
from copydesk.processes import serve, write

def answer(questions, answers):
    while True:
        number = pickle.load(questions)
        print("not an answer")
        write(2 * number, answers)

serve(answer)
"""


@pytest.fixture
def process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Process]:
    (tmp_path / "doubles.py").write_text(DOUBLES, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    process = Process("doubles")
    yield process
    process.close()


def test_each_message_is_answered(process: Process) -> None:
    for number in (1, 21):
        process.send(number)
        assert process.receive() == 2 * number
    assert process.runs and process.pid > 0


def test_what_is_asked_of_a_process_that_has_ended_is_lost_and_known(process: Process) -> None:
    process.close()
    assert not process.runs and process.status() != 0
    with pytest.raises((EOFError, ValueError)):  # its pipes are closed
        process.receive()


def test_a_killed_process_answers_with_the_end(process: Process) -> None:
    process._process.kill()
    process.status()
    process.send(b"x" * 1_000_000)
    with pytest.raises(EOFError):
        process.receive()


@pytest.mark.parametrize("question", [b"", pickle.dumps(4)[:-1], pickle.dumps(4)])
def test_a_process_whose_asker_is_gone_ends_well_and_prints_nothing_else(tmp_path: Path, question: bytes) -> None:
    (tmp_path / "doubles.py").write_text(DOUBLES, encoding="utf-8")
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), processes.module_paths()])}
    command = [sys.executable, "-m", "doubles"]
    done = subprocess.run(command, input=question, capture_output=True, check=True, timeout=300, env=paths)
    assert done.stdout == (pickle.dumps(8, protocol=5) if question.endswith(b".") else b"")


def test_a_process_whose_answers_nobody_reads_ends_and_prints_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object) -> None:
        raise BrokenPipeError

    ended: list[int] = []
    monkeypatch.setattr(os, "dup2", lambda *_: None)
    monkeypatch.setattr(os, "fdopen", lambda *_: io.BytesIO())
    monkeypatch.setattr(os, "_exit", ended.append)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO()))
    serve(nobody)
    assert ended == [0]
