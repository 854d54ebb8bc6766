"""Great Expectations in a process of its own, which starts while the articles are analysed: its import takes seconds.

Where it was imported before (in a notebook, in pytest), it judges in this process, and so knows the expectations that
were registered here.
"""

from __future__ import annotations

import pickle
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from copydesk.errors import CopydeskError
from copydesk.processes import Process, serve, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from copydesk.checks.suite import Suite
    from copydesk.judge.signals import Signals
    from copydesk.model.result import ExpectationResult

__all__ = ["Judge", "needs_process"]


class Judge:
    """Judges signals against a suite.

    Its process starts when it is made, and ends with the `with` block. Call `expect`, then `judge`, then what `judge`
    returned; after that the same judge can take another suite.
    """

    def __init__(self) -> None:
        self._suite: Suite | None = None
        self._expectations: Any = None  # as Great Expectations knows them, where it judges in this process
        self._is_ready = False
        self._process = Process("copydesk.judge.process") if needs_process() else None

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.close()

    @property
    def runs(self) -> bool:
        """Whether it has a process, and that has not ended."""
        return self._process is not None and self._process.runs

    def expect(self, suite: Suite) -> None:
        """Take the suite to judge by."""
        self._suite, self._is_ready = suite, False
        if self._process is not None:
            self._process.send(suite)

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
            self._process.send(signals)

        def results() -> tuple[ExpectationResult, ...]:
            self.ready()
            if self._process is None:
                verdicts = import_module("copydesk.judge.verdicts")
                judged: tuple[ExpectationResult, ...] = verdicts.judge(signals, self._suite, self._expectations)
                return judged
            received: tuple[ExpectationResult, ...] = self._receive()
            return received

        return results

    def _receive(self) -> Any:
        assert self._process is not None
        try:
            message = self._process.receive()
        except EOFError:
            status = self._process.status()
            raise RuntimeError(f"the process of Great Expectations ended with status {status}") from None
        if isinstance(message, BaseException):
            raise message
        return message


def needs_process() -> bool:
    """Say whether Great Expectations is to be imported in another process: here it is not imported yet."""
    return "great_expectations" not in sys.modules and bool(sys.executable)


def _answer(questions: BinaryIO, answers: BinaryIO) -> None:
    """Read a suite and then signals, any number of times. Write None when a suite is known, then the results.

    What is raised is written, too, and ends the process.
    """
    import_module("copydesk.judge.quick_import").make_import_quick()
    try:
        verdicts = import_module("copydesk.judge.verdicts")
        definition = verdicts.definition_of_batches()
        while True:
            suite = pickle.load(questions)
            expectations = verdicts.expectations_of(suite)
            write(None, answers)
            write(verdicts.judge(pickle.load(questions), suite, expectations, definition), answers)
    except (EOFError, pickle.UnpicklingError):
        return  # whoever asked is gone, or was killed within a question
    except CopydeskError as error:
        write(error, answers)
    except Exception as error:
        write(RuntimeError(f"{type(error).__name__}: {error}"), answers)


if __name__ == "__main__":
    serve(_answer)
