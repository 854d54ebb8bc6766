"""Run a command, and say what it cost: wall, CPU and peak memory, its children included."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PAUSE = 0.05  # seconds between two looks at the memory of a tree of processes: costs a hundredth of a core


@dataclass(frozen=True, slots=True)
class Run:
    """What a command cost: seconds of wall and of CPU, bytes at the peak; and what it printed."""

    wall: float
    cpu: float
    peak: int
    printed: str


class CommandError(Exception):
    """A command did not end with 0. Names the command and the end of what it said."""


def run(command: Sequence[object], *, folder: Path, environment: Mapping[str, str]) -> Run:
    """Run a command in a folder, and measure it.

    Call it from a small process: Linux counts the memory of the caller, at the moment of the start, as the child's.

    Raises:
        CommandError: it did not end with 0.
    """
    words = [str(word) for word in command]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.perf_counter()
        process = subprocess.Popen(words, cwd=folder, env=environment, stdout=out, stderr=err)
        memory = _TreeMemory(process.pid)
        _, status, usage = os.wait4(process.pid, 0)  # unlike `Popen.wait` it says what was used
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        of_tree = memory.stop()
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise CommandError(f"{' '.join(words)}: ended with {process.returncode}\n{err.read()[-2000:]}")
        alone = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return Run(wall, usage.ru_utime + usage.ru_stime, max(alone, of_tree), out.read())


def say(progress: str) -> None:
    """Tell what is going on."""
    print(f"== {progress}", file=sys.stderr, flush=True)


class _TreeMemory:
    """The most memory that a process and its children were seen to have at once.

    Memory that processes share counts for each of them. Where there is no /proc, it is 0.
    """

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._ended = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """Stop looking; return bytes."""
        self._ended.set()
        self._thread.join()
        return self._peak

    def _watch(self) -> None:
        while not self._ended.wait(_PAUSE):
            self._peak = max(self._peak, sum(map(_resident, _tree(self._pid))))


def _tree(pid: int) -> list[int]:
    """Return a process and all below it."""
    pids = [pid]
    for parent in pids:  # grows while it is walked
        with suppress(OSError):  # it has ended
            for task in Path(f"/proc/{parent}/task").iterdir():
                pids += map(int, (task / "children").read_text().split())
    return pids


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # it has ended
        return 0
