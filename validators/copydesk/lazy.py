"""polars and numpy, imported when they are first used.

Their import takes a tenth of a second. `copydesk --help`, `explain` and `list` need neither.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["np", "pl"]

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
else:

    class _Lazy:
        """A module that is imported when one of its names is first used."""

        def __init__(self, name: str) -> None:
            self._name = name

        def __getattr__(self, name: str) -> Any:
            value = getattr(import_module(self._name), name)
            setattr(self, name, value)  # the next look-up finds it without this method
            return value

    np, pl = _Lazy("numpy"), _Lazy("polars")
