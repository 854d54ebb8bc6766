"""Paths into records: 'headline.main', 'authors[].name', 'hits[0]._source.body'.

A key of the very name of a path goes before what the path leads to, as in tables that were made flat.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

__all__ = ["dotted_paths", "follow", "key_of", "value_of"]

_STEP = re.compile(r"([^.\[\]]*)((?:\[\d*\])*)")
_INDEX = re.compile(r"\[(\d*)\]")

#: How deep objects are looked into for paths, and how many paths are listed of a record.
_DEEPEST, _MOST_PATHS = 4, 400


def value_of(record: Mapping[str, Any], column: str) -> Any:
    """Return the value of a column, which is a key or a path; None where there is none.

    >>> record = {"headline": {"main": "Storm"}, "authors": [{"name": "A"}, {"name": "B"}], "a.b": 1}
    >>> value_of(record, "headline.main"), value_of(record, "authors[].name"), value_of(record, "a.b")
    ('Storm', ['A', 'B'], 1)
    >>> value_of(record, "authors[1].name"), value_of(record, "headline.sub")
    ('B', None)
    """
    if column in record or not ("." in column or "[" in column):
        return record.get(column)
    return follow(record, column)


def key_of(path: str) -> str:
    """Return the key at which a path starts.

    >>> key_of("authors[].name")
    'authors'
    """
    return path.partition(".")[0].partition("[")[0]


def follow(value: Any, path: str) -> Any:
    """Return what a path leads to from a value; None where it leads nowhere."""
    return _follow(value, [step for step in path.split(".") if step])


def _follow(value: Any, steps: list[str]) -> Any:
    for place, step in enumerate(steps):
        if isinstance(value, list):  # 'authors.name' means what 'authors[].name' does
            return [found for item in value if (found := _follow(item, steps[place:])) is not None] or None
        key, indexes = (_STEP.match(step) or _STEP.match(""))[1], _INDEX.findall(step)  # type: ignore[index]
        if key and (not isinstance(value, dict) or (value := value.get(key)) is None):
            return None
        for index in indexes:
            if not isinstance(value, list):
                return None
            if index:
                value = value[int(index)] if int(index) < len(value) else None
    return value


def dotted_paths(records: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the paths to the values in objects of some records, those of shallow objects first; no top-level keys.

    >>> dotted_paths([{"a": {"b": "x", "c": {"d": 1}}, "e": [{"f": 1}]}])
    ['a.b', 'e[].f', 'a.c.d']
    """
    found: dict[str, int] = {}
    for record in records:
        for path, depth in _below(record, "", 1):
            if len(found) >= _MOST_PATHS:
                break
            found.setdefault(path, depth)
    return sorted(found, key=lambda path: found[path])


def _below(value: Mapping[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, int]]:
    for key, item in value.items():
        at = f"{prefix}{key}"
        if isinstance(item, list) and item and isinstance(item[0], dict):
            at, item = f"{at}[]", item[0]
        if isinstance(item, dict):
            if depth < _DEEPEST:
                yield from _below(item, f"{at}.", depth + 1)
        elif depth > 1:
            yield at, depth
