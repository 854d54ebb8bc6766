"""Tables: words that checks look up, one a line of a text file; `#` at the start of a line opens a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["read_sections", "read_table"]


@cache
def read_table(name: str) -> tuple[str, ...]:
    """Return the entries of a table, in their order.

    >>> "reuters" in read_table("agencies")
    True
    """
    text = (files(__name__) / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def read_sections(name: str) -> dict[str, tuple[str, ...]]:
    """Return the entries of a table that has sections: a line `[section]`, and then its entries.

    >>> "page not found" in read_sections("gates")["strong"]
    True
    """
    sections: dict[str, list[str]] = {}
    section = ""
    for line in read_table(name):
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        else:
            sections.setdefault(section, []).append(line)
    return {section: tuple(entries) for section, entries in sections.items()}
