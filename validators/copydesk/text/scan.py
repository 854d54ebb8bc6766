"""Search the bytes of a text for many patterns in one pass."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from copydesk.lazy import np
from copydesk.native.functions import find_missing_spaces, find_mojibake

if TYPE_CHECKING:
    from copydesk.text.buffer import Places, Text

__all__ = ["by_kernel", "compiled", "either", "scan"]

#: The native functions that look for a pattern, by the names that `by_kernel` takes.
_FUNCTIONS = {"joints": find_missing_spaces, "threes": find_mojibake}

#: Patterns to the names of the native functions that find the same.
_QUICK: dict[bytes, str] = {}

_local = threading.local()

#: Held while patterns are compiled, which takes .1 s: by one thread for all.
_compiling = threading.Lock()


def scan(text: Text, patterns: Iterable[bytes]) -> Mapping[bytes, Places]:
    """Find patterns in UTF-8 text.

    Args:
        text: the text.
        patterns: regular expressions over bytes, in what hyperscan and Python's `re` have in common; `.` is any byte.

    Returns:
        For each pattern, where its matches end (Int64, in order, each place once; overlapping matches count).
        Without hyperscan, which some platforms lack, `re` finds them one by one, of matches that overlap the first.
    """
    patterns = tuple(dict.fromkeys(patterns))
    asked = _left(patterns)
    ends: list[list[int]] = [[] for _ in asked]
    if text.size and asked:
        database = compiled(asked)
        if database is None:
            for found, pattern in zip(ends, asked, strict=True):
                found += [m.end() for m in re.finditer(pattern, text.bytes.tobytes(), re.DOTALL)]
        else:
            database.scan(text.bytes, match_event_handler=_keep, context=ends, scratch=_scratch(asked, database))
    places = {p: np.unique(np.array(found, np.int64)) for p, found in zip(asked, ends, strict=True)}
    return {p: _found(_QUICK[p], text) if p in _QUICK else places[p] for p in patterns}


def by_kernel(function: str, pattern: bytes) -> bytes:
    """Have a native function look for a pattern that begins as most text does; return the pattern.

    Hyperscan stops wherever a match may begin. The native part sees in sixteen bytes at once that none does.
    """
    _QUICK[pattern] = function
    return pattern


def _found(function: str, text: Text) -> Places:
    """Return where matches end that a native function finds."""
    return _FUNCTIONS[function](text.data, text.size)


def compiled(patterns: Iterable[bytes]) -> Any:
    """Return patterns as hyperscan has them, once compiled; None where there is no hyperscan, or none is for it."""
    with _compiling:
        return _database(_left(patterns)) if _left(patterns) else None


def _left(patterns: Iterable[bytes]) -> tuple[bytes, ...]:
    """Return the patterns that no native function looks for."""
    return tuple(p for p in patterns if p not in _QUICK)


def either(characters: Iterable[str]) -> bytes:
    r"""Return a pattern over UTF-8 for one of some characters.

    >>> either("é–—")
    b'(?:\\xc3\\xa9|\\xe2\\x80[\\x93\\x94])'
    """
    last: dict[bytes, list[int]] = {}
    for character in characters:
        *lead, end = character.encode()
        last.setdefault(bytes(lead), []).append(end)

    def said(some: Iterable[int]) -> str:
        return "".join(f"\\x{byte:02x}" for byte in some)

    parts = [said(lead) + (f"[{said(ends)}]" if len(ends) > 1 else said(ends)) for lead, ends in last.items()]
    return (f"(?:{'|'.join(parts)})" if len(parts) > 1 else parts[0]).encode()


def _keep(pattern: int, _start: int, end: int, _flags: int, ends: list[list[int]]) -> None:
    ends[pattern].append(end)


@lru_cache(maxsize=32)
def _database(patterns: tuple[bytes, ...]) -> Any:
    """Compile patterns; None where there is no hyperscan."""
    try:
        import hyperscan
    except ImportError:
        return None
    database = hyperscan.Database()
    numbers = list(range(len(patterns)))
    flags = [hyperscan.HS_FLAG_DOTALL] * len(patterns)
    database.compile(expressions=list(patterns), ids=numbers, elements=len(patterns), flags=flags)
    return database


def _scratch(patterns: tuple[bytes, ...], database: Any) -> Any:
    """Return this thread's working memory for a database: two scans must not share one."""
    import hyperscan

    kept: dict[tuple[bytes, ...], Any] = _local.__dict__.setdefault("scratches", {})
    if patterns not in kept:
        kept[patterns] = hyperscan.Scratch(database)
    return kept[patterns]
