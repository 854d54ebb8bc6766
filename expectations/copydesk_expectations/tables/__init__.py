"""Tables: words that checks look up, one a line of a text file; `#` at the start of a line opens a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["read_table"]


@cache
def read_table(name: str) -> tuple[str, ...]:
    """Return the entries of a table, in their order.

    >>> "reuters" in read_table("agencies")
    True
    """
    text = (files(__name__) / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))
