"""JSON lines written again: lines are counted as they are read, and copied unless a literal in them changes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from copydesk.readers.files.compression import Stream
from copydesk.repair.articles import Repaired
from copydesk.repair.rewriting.json_record import object_patches
from copydesk.repair.rewriting.pieces import Patch, Piece, Queue, changed

__all__ = ["rewrite"]

_BLOCK = 1 << 20
_SPACE = b" \t\r"
_BOM = b"\xef\xbb\xbf"


def rewrite(stream: Stream, articles: Queue) -> Iterator[Piece]:
    """Yield the pieces of a file."""
    row = 0
    for line in _lines(stream):
        if articles.is_empty:
            yield line
            continue
        mark = _BOM if not row and line.startswith(_BOM) else b""
        own = line.removeprefix(mark)
        if not own.rstrip(b"\n").strip(_SPACE):
            yield line
            continue
        row += 1
        repaired = articles.take(row)
        if repaired is None:
            yield line
            continue
        text = own.decode(errors="surrogateescape")
        yield mark
        yield changed(repaired, text, partial(_patches, text, repaired))


def _patches(text: str, repaired: Repaired) -> list[Patch]:
    return object_patches(text, text.index("{"), repaired)


def _lines(stream: Stream) -> Iterator[bytes]:
    """Yield the lines of a file, each with its end."""
    held: list[bytes] = []
    while block := stream.read(_BLOCK):
        lines = block.splitlines(keepends=True) if b"\r" not in block else _split(block)
        for line in lines:
            held.append(line)
            if line.endswith(b"\n"):
                yield b"".join(held)
                held = []
    if held:
        yield b"".join(held)


def _split(block: bytes) -> list[bytes]:
    parts = block.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + parts[-1:]
