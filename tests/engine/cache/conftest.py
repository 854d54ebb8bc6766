"""Small files are worth an entry here; and a run without Great Expectations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from copydesk.engine import cache as caching
from copydesk.engine.cache import witness


@pytest.fixture(autouse=True)
def every_file_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "LEAST", 1)
    monkeypatch.setattr(witness, "_STEP_NS", 0)  # nobody changes a file here twice in one step of the clock


class NoJudge:
    """Judges nothing, and so needs no process that imports Great Expectations."""

    def expect(self, suite: object) -> None:
        pass

    def ready(self) -> None:
        pass

    def judge(self, signals: object) -> Callable[[], tuple[Any, ...]]:
        return tuple


@pytest.fixture
def no_judge() -> Any:
    return NoJudge()
