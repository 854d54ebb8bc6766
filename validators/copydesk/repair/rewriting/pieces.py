"""The pieces of a file that is written again: bytes that are copied, and records of which some bytes change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from copydesk.readers.files.compression import Stream
from copydesk.repair.articles import Repaired

__all__ = ["Patch", "Piece", "Queue", "Record", "RefusedError", "changed", "checked", "read_all"]

_BLOCK = 1 << 20


class RefusedError(Exception):
    """A field that cannot be written back; the message says why."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record that changes: `parts` are stretches of its bytes, as they were and as they become.

    refused: why its repairs are not made; None where they are.
    values: in a format of columns instead of bytes, the values that its columns had.
    """

    repaired: Repaired
    parts: tuple[tuple[bytes, bytes], ...]
    refused: str | None = None
    values: Mapping[str, Any] | None = None


Piece = bytes | Record

#: The first character of a stretch, the one after its last, and what the stretch becomes.
Patch = tuple[int, int, str]


class Queue:
    """The articles of one file that are to be written back, in the order of their rows."""

    def __init__(self, articles: Iterator[Repaired]) -> None:
        self._articles = articles
        self._next = next(articles, None)

    def peek(self) -> Repaired | None:
        """Return the next article."""
        return self._next

    def take(self, row: int) -> Repaired | None:
        """Return the article of a row, if it is to be written back; rows are asked for in order."""
        while self._next is not None and self._next.row < row:
            self._next = next(self._articles, None)
        if self._next is None or self._next.row != row:
            return None
        taken, self._next = self._next, next(self._articles, None)
        return taken

    @property
    def is_empty(self) -> bool:
        """Whether no article is left."""
        return self._next is None


def checked(repaired: Repaired, field: str, text: str) -> None:
    """Check that a field is what the reader read.

    Raises:
        RefusedError: it is not.
    """
    if repaired.before[field] != text:
        raise RefusedError("the field was put together from several values")


def changed(repaired: Repaired, text: str, patch: Callable[[], Iterable[Patch]]) -> Record:
    """Return a record that changes, or one that is refused.

    Args:
        repaired: the article.
        text: the text of the record.
        patch: returns the stretches of the text that become others, or raises a RefusedError.
    """
    whole = text.encode(errors="surrogateescape")
    try:
        patches = sorted(patch())
    except RefusedError as refused:
        return Record(repaired, ((whole, whole),), str(refused))
    except (ValueError, LookupError, RecursionError):  # the record is none of those that the reader counts
        return Record(repaired, ((whole, whole),), "the record was not found where the reader read it")
    parts: list[tuple[bytes, bytes]] = []
    at = 0
    for start, end, new in patches:
        same = text[at:start].encode()
        parts += [(same, same), (text[start:end].encode(), new.encode())]
        at = end
    rest = text[at:].encode()
    return Record(repaired, (*parts, (rest, rest)))


def read_all(stream: Stream) -> bytes:
    """Read a file to its end, with a byte order mark if it has one."""
    parts = []
    while part := stream.read(_BLOCK):
        parts.append(part)
    return b"".join(parts)
