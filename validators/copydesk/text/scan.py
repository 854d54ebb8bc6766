"""Search the bytes of a text for many patterns in one pass."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from copydesk.lazy import np
from copydesk.native.functions import find_missing_spaces, find_mojibake

if TYPE_CHECKING:
    from copydesk.text.buffer import Places, Text

__all__ = ["Matches", "by_kernel", "compiled", "either"]

#: Each match that hyperscan reports is a call of Python, which takes 1.7 µs. Residue-heavy text has one in 2,000 bytes.
#: Where there are more than one in so many bytes, and more than _FEW in all, each text is searched on its own instead.
_BYTES_A_MATCH, _FEW = 64, 4096

#: The native functions that look for a pattern, by the names that `by_kernel` takes.
_FUNCTIONS = {"joints": find_missing_spaces, "threes": find_mojibake}

#: Patterns to the names of the native functions that find the same.
_QUICK: dict[bytes, str] = {}

_local = threading.local()

#: Held while patterns are compiled, which takes .1 s: by one thread for all.
_compiling = threading.Lock()


class Matches:
    """Where patterns match in UTF-8 texts. One pass finds all of them, unless they are very many.

    Args:
        text: the texts.
        patterns: regular expressions over bytes, in what hyperscan and Python's `re` have in common; `.` is any byte.
    """

    def __init__(self, text: Text, patterns: Iterable[bytes]) -> None:
        self.patterns = frozenset(patterns)
        self._text = text
        self._scanned = _left(self.patterns)
        self._found = _all_ends(text, self._scanned)
        self._ends: dict[bytes, Places] = {}

    def ends(self, pattern: bytes) -> Places:
        """Return where the matches of a pattern end (Int64, in order, each place once; overlapping matches count).

        Without hyperscan, which some platforms lack, and where matches are very many, `re` finds them one by one, of
        matches that overlap the first.
        """
        if pattern not in self._ends:
            self._ends[pattern] = self._find(pattern)
        return self._ends[pattern]

    def texts(self, patterns: Iterable[bytes]) -> Places:
        """Return the numbers of the texts in which one of the patterns matches (Int64, some of them several times)."""
        asked = [p for p in patterns if p in self.patterns]
        known = [self._first_texts[p] if p in self._first_texts else self._text.of(self.ends(p) - 1) for p in asked]
        return np.concatenate([np.empty(0, np.int64), *known])

    def _find(self, pattern: bytes) -> Places:
        if pattern in _QUICK:
            return _FUNCTIONS[_QUICK[pattern]](self._text.data, self._text.size)
        if self._found is not None:
            return np.unique(np.array(self._found[self._scanned.index(pattern)], np.int64))
        data = self._text.bytes.tobytes()
        return np.unique(np.array([m.end() for m in re.finditer(pattern, data, re.DOTALL)], np.int64))

    @cached_property
    def _first_texts(self) -> Mapping[bytes, Places]:
        """For each pattern the numbers of the texts in which it matches; empty where `ends` knows them.

        Hyperscan tells each pattern once a text. So this takes no longer where a text has many matches.
        """
        database = None if self._found is not None else _database(self._scanned, once=True)
        if database is None:
            return {}
        numbers: list[list[int]] = [[] for _ in self._scanned]
        data, scratch = self._text.bytes.data, _scratch(self._scanned, database, once=True)

        def keep(pattern: int, _start: int, _end: int, _flags: int, number: int) -> None:
            numbers[pattern].append(number)

        for number, (begin, end) in enumerate(zip(self._text.begin.tolist(), self._text.end.tolist(), strict=True)):
            database.scan(data[begin : end + 1], match_event_handler=keep, context=number, scratch=scratch)
        return {p: np.array(some, np.int64) for p, some in zip(self._scanned, numbers, strict=True)}


def _all_ends(text: Text, patterns: tuple[bytes, ...]) -> list[list[int]] | None:
    """Return where the matches of each pattern end; None where there is no hyperscan, or matches are very many."""
    ends: list[list[int]] = [[] for _ in patterns]
    if not text.size or not patterns:
        return ends
    database = _database(patterns)
    if database is None:
        return None
    import hyperscan

    left = _FEW + text.size // _BYTES_A_MATCH

    def keep(pattern: int, _start: int, end: int, _flags: int, _context: object) -> bool | None:
        nonlocal left
        left -= 1
        ends[pattern].append(end)
        return left < 0 or None  # true ends the scan

    try:
        database.scan(text.bytes, match_event_handler=keep, scratch=_scratch(patterns, database))
    except hyperscan.error:
        if left >= 0:
            raise
        return None
    return ends


def by_kernel(function: str, pattern: bytes) -> bytes:
    """Have a native function look for a pattern that begins as most text does; return the pattern.

    Hyperscan stops wherever a match may begin. The native part sees in sixteen bytes at once that none does.
    """
    _QUICK[pattern] = function
    return pattern


def compiled(patterns: Iterable[bytes]) -> Any:
    """Return patterns as hyperscan has them, once compiled; None where there is no hyperscan, or none is for it."""
    with _compiling:
        return _database(_left(patterns)) if _left(patterns) else None


def _left(patterns: Iterable[bytes]) -> tuple[bytes, ...]:
    """Return the patterns that no native function looks for."""
    return tuple(sorted(p for p in set(patterns) if p not in _QUICK))


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


@lru_cache(maxsize=32)
def _database(patterns: tuple[bytes, ...], *, once: bool = False) -> Any:
    """Compile patterns, of which hyperscan tells each match, or `once` a scan; None where there is no hyperscan."""
    try:
        import hyperscan
    except ImportError:
        return None
    database = hyperscan.Database()
    numbers = list(range(len(patterns)))
    flags = [hyperscan.HS_FLAG_DOTALL | (hyperscan.HS_FLAG_SINGLEMATCH if once else 0)] * len(patterns)
    database.compile(expressions=list(patterns), ids=numbers, elements=len(patterns), flags=flags)
    return database


def _scratch(patterns: tuple[bytes, ...], database: Any, *, once: bool = False) -> Any:
    """Return this thread's working memory for a database: two scans must not share one."""
    import hyperscan

    kept: dict[tuple[tuple[bytes, ...], bool], Any] = _local.__dict__.setdefault("scratches", {})
    if (patterns, once) not in kept:
        kept[patterns, once] = hyperscan.Scratch(database)
    return kept[patterns, once]
