"""Readers: one file a format, and what finds, opens and reads files of all formats.

The names below are loaded when they are used: `copydesk --help` lists formats and layouts, and must be quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copydesk.readers.files.source import ReadOptions, Source, with_layout
    from copydesk.readers.files.sources import Found, Frame, Paths, find, find_files, is_frame, list_paths
    from copydesk.readers.reading import CHUNK_BYTES, even_chunks, join_chunks, read, read_files, read_source

__all__ = [
    "CHUNK_BYTES",
    "Found",
    "Frame",
    "Paths",
    "ReadOptions",
    "Source",
    "even_chunks",
    "find",
    "find_files",
    "is_frame",
    "join_chunks",
    "list_paths",
    "read",
    "read_files",
    "read_source",
    "with_layout",
]

_HOMES = {
    **dict.fromkeys(("ReadOptions", "Source", "with_layout"), "files.source"),
    **dict.fromkeys(("Found", "Frame", "Paths", "find", "find_files", "is_frame", "list_paths"), "files.sources"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"copydesk.readers.{_HOMES.get(name, 'reading')}"), name)
