"""An interruption ends a run at once, whatever the threads are doing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import polars as pl
import pytest

from copydesk.engine.threads import CORES, end_when_interrupted


@pytest.mark.parametrize("threads", ["1", "3"])
def test_the_number_of_threads_can_be_set(threads: str) -> None:
    command = [sys.executable, "-c", "from copydesk.engine.threads import CORES; print(CORES)"]
    env = {**os.environ, "POLARS_MAX_THREADS": threads}
    assert subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout.split() == [threads]


def test_there_is_a_core() -> None:
    assert CORES == pl.thread_pool_size() >= 1


def test_other_threads_than_the_main_one_leave_signals_alone() -> None:
    errors: list[BaseException] = []

    def call() -> None:
        try:
            end_when_interrupted()
        except ValueError as error:  # Python allows handlers in the main thread alone
            errors.append(error)

    thread = Thread(target=call)
    thread.start()
    thread.join()
    assert not errors


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("paths", [["-"], ["many.jsonl"]])
def test_an_interrupted_run_ends_at_once_and_leaves_nothing(tmp_path: Path, paths: list[str]) -> None:
    # Standard input that goes silent; and a file that takes longer to check than the test waits.
    row = '{"headline": "Storm", "body": "' + "The storm came at night, and it rained until morning. " * 400 + '"}\n'
    (tmp_path / "many.jsonl").write_text(row * 10_000)
    command = [sys.executable, "-P", "-m", "copydesk", "check", *paths, "--report", "r.html"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=_interruptible, text=True
    )
    if paths == ["-"]:
        assert process.stdin
        process.stdin.write(row * 10)  # more than a pipe holds: it returns when the run is reading
        process.stdin.flush()
    while paths != ["-"] and not list(tmp_path.glob(".copydesk/cache/*.part")):
        time.sleep(0.01)
        assert process.poll() is None
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=10)
    assert (process.returncode, errors) == (130, "copydesk: interrupted\n")
    assert not (tmp_path / "r.html").exists()
    assert not list(tmp_path.rglob("*.part"))


def _interruptible() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a process in the background ignores it otherwise
