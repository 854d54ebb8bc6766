"""Processes of our own, which take messages and give answers, both as pickles through pipes.

They run a module of ours, and not the main module of whoever calls the library, as those of `multiprocessing` do.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

__all__ = ["Process", "module_paths", "serve", "write"]


class Process:
    """A process that runs a module, which calls `serve`.

    Args:
        module: the module.
        environment: variables that it has beside those of this process.
    """

    def __init__(self, module: str, environment: Mapping[str, str] | None = None) -> None:
        # -P: a module in the working folder must not be imported in place of one of ours.
        # -m, not -c: pyspark, which Great Expectations imports where it is there, takes -c for doctests and exits.
        command = [sys.executable, "-P", "-W", "ignore", "-m", module]
        variables = {**os.environ, "PYTHONPATH": module_paths(), **(environment or {})}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=variables)

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def send(self, message: Any) -> None:
        """Send a message. One to a process that has ended is lost: `receive` tells that."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            pickle.dump(message, self._process.stdin, protocol=5)
            self._process.stdin.flush()

    def receive(self) -> Any:
        """Wait for an answer.

        Raises:
            EOFError: the process has ended.
        """
        assert self._process.stdout is not None
        try:
            return pickle.load(self._process.stdout)
        except pickle.UnpicklingError as error:
            raise EOFError("the process ended within an answer") from error

    def status(self) -> int:
        """Wait until it ends, and return its exit status."""
        return self._process.wait()

    def close(self) -> None:
        """End it now, and wait until it has ended. A thread that waits for an answer gets an EOFError."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # of what nobody reads any more
                assert pipe is not None
                pipe.close()


def module_paths() -> str:
    """Return the folders from which this process imports modules, in the form of PYTHONPATH."""
    return os.pathsep.join(p for p in sys.path if p)


def serve(answer: Callable[[BinaryIO, BinaryIO], None]) -> None:
    """Be the process of a `Process`, until nobody asks any more.

    Args:
        answer: takes where questions come from, and where answers go. It returns when there is no further question.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one ends it
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not print among the answers
    # Nobody reads the answers any more, or whoever asked is gone, or was killed within a question.
    with contextlib.suppress(OSError, EOFError, pickle.UnpicklingError):
        answer(questions, answers)
    os._exit(0)  # Python would first take all modules apart, which takes most of a second


def write(message: Any, answers: BinaryIO) -> None:
    """Write an answer."""
    pickle.dump(message, answers, protocol=5)
    answers.flush()
