"""Great Expectations at work beside the analysis: in a process of its own, since its import takes seconds.

Where it was imported already (in a notebook, in pytest) it judges in this process, and so knows expectations that
were registered here.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from copy import copy, deepcopy
from functools import cache
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO

from copydesk.errors import CopydeskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from copydesk.checks.suite import Suite
    from copydesk.judge.signals import Signals
    from copydesk.model.result import ExpectationResult

__all__ = ["Judge"]


class Judge:
    """Judges signals against a suite; starts to get ready when it is made, and ends with the `with` block."""

    def __init__(self) -> None:
        self._suite: Suite | None = None
        self._ready = False
        self._process: subprocess.Popen[bytes] | None = None
        if "great_expectations" not in sys.modules and sys.executable:
            # -P: a module in the working folder must not stand in for one of ours.
            # -m, not -c: pyspark, which Great Expectations imports where it is there, takes -c for doctests and exits.
            command = [sys.executable, "-P", "-W", "ignore", "-m", "copydesk.judge.process"]
            paths = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=paths)

    def __enter__(self) -> Judge:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def expect(self, suite: Suite) -> None:
        """Take the suite that it is to judge by."""
        self._suite = suite
        if self._process is not None:
            self._send(suite)

    def ready(self) -> None:
        """Wait until it can judge.

        Raises:
            SuiteError: an expectation of Great Expectations' own that does not exist, or with kwargs it does not take.
        """
        if self._process is None:
            import_module("copydesk.judge.verdicts").expectations_of(self._suite)
        elif not self._ready:
            self._receive()
        self._ready = True

    def judge(self, signals: Signals) -> Callable[[], tuple[ExpectationResult, ...]]:
        """Begin to judge the signals, see `copydesk.judge.verdicts.judge`; return what waits for the results."""
        if self._process is not None:
            self._send(signals)

        def judged() -> tuple[ExpectationResult, ...]:
            self.ready()
            if self._process is not None:
                results: tuple[ExpectationResult, ...] = self._receive()
            else:
                judging = import_module("copydesk.judge.verdicts")
                results = judging.judge(signals, self._suite, judging.expectations_of(self._suite))
            return results

        return judged

    def _send(self, message: Any) -> None:
        assert self._process is not None and self._process.stdin is not None
        try:
            pickle.dump(message, self._process.stdin, protocol=5)
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # it has ended, and has said why

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


#: Modules that Great Expectations imports, for a few of its expectations: a third of the time that its import takes.
_LATER = ("altair", "jsonschema", "scipy", "scipy.stats")

#: What it imports where it is installed, and does without where it is not. Signals are judged in pandas.
_NEVER = ("pyspark",)


class _Later(MetaPathFinder):
    """Finds modules of _LATER so that they are loaded when one of their names is first asked for; none of _NEVER."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return how to load a module; None for all others.

        Raises:
            ModuleNotFoundError: it is one of _NEVER.
        """
        if name in _NEVER:
            raise ModuleNotFoundError(f"No module named {name!r} where signals are judged", name=name)
        spec = PathFinder.find_spec(name, path, target) if name in _LATER else None
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def _copied(field: Any, memo: dict[int, Any]) -> Any:
    """Return a copy of a field of a pydantic model, for `copy.deepcopy`: what is changed later is the copy's own.

    A model copies all fields of the models that it inherits from. As Python copies any object, annotations and
    validators too, that is a fifth of the time that the import of Great Expectations takes.
    """
    made = memo[id(field)] = object.__new__(type(field))
    for name in field.__slots__:
        value = getattr(field, name)
        if name == "field_info":
            value = copy(value)
            value.extra = dict(value.extra)
        elif name == "class_validators":
            value = dict(value)
        elif isinstance(value, (list, dict, set)):
            value = deepcopy(value, memo)
        setattr(made, name, value)
    return made


def _quicken() -> None:
    """Have pydantic make models quickly, of which Great Expectations has some four hundred.

    Fields are copied by `_copied`, and a validator that many fields have is made ready for them once.
    """
    with contextlib.suppress(ImportError):
        fields: Any = import_module("pydantic.v1.fields")
        validators: Any = import_module("pydantic.v1.class_validators")
        fields.ModelField.__deepcopy__ = _copied
        fields.make_generic_validator = validators.make_generic_validator = cache(validators.make_generic_validator)


def serve() -> None:
    """Answer a `Judge`: read a suite and then signals, as pickles; write None or what was raised, then the results."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started us ends us
    ask, answer = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anyone prints is no answer
    with contextlib.suppress(EOFError):
        _serve(ask, answer)
    os._exit(0)  # to take Great Expectations apart, as Python does at its end, takes most of a second


def _serve(ask: BinaryIO, answer: BinaryIO) -> None:
    import gc

    gc.disable()  # the many small objects of an import are all here to stay

    def said(message: Any) -> None:
        pickle.dump(message, answer, protocol=5)
        answer.flush()

    sys.meta_path.insert(0, _Later())
    _quicken()
    try:
        judging = import_module("copydesk.judge.verdicts")
        suite = pickle.load(ask)
        expectations = judging.expectations_of(suite)
        said(None)
        said(judging.judge(pickle.load(ask), suite, expectations))
    except CopydeskError as error:
        said(error)
    except Exception as error:
        said(RuntimeError(f"{type(error).__name__}: {error}"))


if __name__ == "__main__":
    serve()
