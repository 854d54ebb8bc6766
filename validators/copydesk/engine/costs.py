"""Costs: how many CPU seconds each check takes. To measure them, one thread runs one check after the other."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

__all__ = ["SHARED", "Costs"]

T = TypeVar("T")

#: The name of what is made once for all checks: the paragraphs and their measures.
SHARED = "(what checks share)"


class Costs:
    """CPU seconds of this process, by the name of what they were for.

    What several checks share is made when the first of them asks for it, and counts as that one's.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._start = time.process_time()

    def measure(self, name: str, call: Callable[[], T]) -> T:
        """Call a function, and add what it takes."""
        before = time.process_time()
        try:
            return call()
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - before

    def total(self) -> float:
        """Return the CPU seconds since this was made, for anything."""
        return time.process_time() - self._start
