"""Great Expectations in a process of its own, which starts while the articles are analysed: its import takes seconds.

Where it was imported before (in a notebook, in pytest), it judges in this process, and so knows the expectations that
were registered here.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from copydesk.errors import CopydeskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from copydesk.checks.suite import Suite
    from copydesk.judge.signals import Signals
    from copydesk.model.result import ExpectationResult

__all__ = ["Judge", "module_paths", "needs_process"]


class Judge:
    """Judges signals against a suite.

    Its process starts when it is made, and ends with the `with` block. Call `expect`, then `judge`, then what `judge`
    returned; after that the same judge can take another suite.
    """

    def __init__(self) -> None:
        self._suite: Suite | None = None
        self._expectations: Any = None  # as Great Expectations knows them, where it judges in this process
        self._is_ready = False
        self._process: subprocess.Popen[bytes] | None = None
        if needs_process():
            # -P: a module in the working folder must not be imported in place of one of ours.
            # -m, not -c: pyspark, which Great Expectations imports where it is there, takes -c for doctests and exits.
            command = [sys.executable, "-P", "-W", "ignore", "-m", "copydesk.judge.process"]
            paths = {**os.environ, "PYTHONPATH": module_paths()}
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=paths)

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    @property
    def runs(self) -> bool:
        """Whether it has a process, and that has not ended."""
        return self._process is not None and self._process.poll() is None

    def expect(self, suite: Suite) -> None:
        """Take the suite to judge by."""
        self._suite, self._is_ready = suite, False
        if self._process is not None:
            self._send(suite)

    def ready(self) -> None:
        """Wait until Great Expectations is there and knows the suite.

        Raises:
            SuiteError: the suite has an expectation of Great Expectations' own that does not exist, or gives one
                kwargs that it does not take.
        """
        if self._is_ready:
            return
        if self._process is None:
            self._expectations = import_module("copydesk.judge.verdicts").expectations_of(self._suite)
        else:
            self._receive()
        self._is_ready = True

    def judge(self, signals: Signals) -> Callable[[], tuple[ExpectationResult, ...]]:
        """Begin to judge the signals.

        Returns:
            A function that waits for the results, see `copydesk.judge.verdicts.judge`.
        """
        if self._process is not None:
            self._send(signals)

        def results() -> tuple[ExpectationResult, ...]:
            self.ready()
            if self._process is None:
                verdicts = import_module("copydesk.judge.verdicts")
                judged: tuple[ExpectationResult, ...] = verdicts.judge(signals, self._suite, self._expectations)
                return judged
            received: tuple[ExpectationResult, ...] = self._receive()
            return received

        return results

    def _send(self, message: Any) -> None:
        assert self._process is not None and self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # the process has ended, and has said why
            pickle.dump(message, self._process.stdin, protocol=5)
            self._process.stdin.flush()

    def _receive(self) -> Any:
        assert self._process is not None and self._process.stdout is not None
        try:
            message = pickle.load(self._process.stdout)
        except EOFError:
            status = self._process.wait()
            raise RuntimeError(f"the process of Great Expectations ended with status {status}") from None
        if isinstance(message, BaseException):
            raise message
        return message


def needs_process() -> bool:
    """Say whether Great Expectations is to be imported in another process: here it is not imported yet."""
    return "great_expectations" not in sys.modules and bool(sys.executable)


def module_paths() -> str:
    """Return the folders from which this process imports modules, in the form of PYTHONPATH."""
    return os.pathsep.join(p for p in sys.path if p)


def serve() -> None:
    """Answer a `Judge` until it asks no more.

    Read a suite and then signals, as pickles, any number of times. Write None when a suite is known, then the results;
    or what was raised, which ends the process.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one ends it
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not print among the answers
    with contextlib.suppress(OSError):  # nobody reads the answers any more
        _answer(questions, answers)
    os._exit(0)  # Python would first take Great Expectations apart, which takes most of a second


def _answer(questions: BinaryIO, answers: BinaryIO) -> None:
    import_module("copydesk.judge.quick_import").make_import_quick()
    try:
        verdicts = import_module("copydesk.judge.verdicts")
        definition = verdicts.definition_of_batches()
        while True:
            suite = pickle.load(questions)
            expectations = verdicts.expectations_of(suite)
            _write(None, answers)
            _write(verdicts.judge(pickle.load(questions), suite, expectations, definition), answers)
    except (EOFError, pickle.UnpicklingError):
        return  # whoever asked is gone, or was killed within a question
    except CopydeskError as error:
        _write(error, answers)
    except Exception as error:
        _write(RuntimeError(f"{type(error).__name__}: {error}"), answers)


def _write(message: Any, answers: BinaryIO) -> None:
    pickle.dump(message, answers, protocol=5)
    answers.flush()


if __name__ == "__main__":
    serve()
