"""The cache: parts of files that were analysed before, so that an unchanged file is not analysed again.

An entry is named after all that its parts follow from: the file's name and content, the checks and all files of the
packages they come from, the columns asked for, lexicons, versions, and the day, since some checks ask for it.

- It is written only if what was read is what was hashed (`copydesk.engine.cache.witness`), whole or not at all.
- It is used only if this user has written it (`copydesk.engine.cache.key`), and nothing in it has changed
  (`copydesk.engine.cache.entry`). Any other counts as not there.
- The folder holds so many bytes at most; what was not used for longest goes (`copydesk.engine.cache.folder`).
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache, cached_property, partial
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
from blake3 import blake3

import copydesk
from copydesk.checks import Check, providers
from copydesk.engine.cache.entry import DamagedError
from copydesk.engine.cache.folder import SIZE, Folder
from copydesk.engine.cache.key import load_key
from copydesk.engine.cache.reader import EntryReader
from copydesk.engine.cache.witness import Content, Witness, content_of
from copydesk.engine.cache.writer import EntryWriter, Room
from copydesk.engine.collection import Gathering
from copydesk.engine.parts import is_sound
from copydesk.errors import CacheError
from copydesk.lexicon.phrases import own_text
from copydesk.readers import Source

__all__ = ["LEAST", "SIZE", "Cache", "Content", "DamagedError", "EntryReader", "EntryWriter", "Storage"]

#: Smaller files are analysed sooner than they are looked up.
LEAST = 256 << 10


@dataclass(frozen=True, slots=True)
class Storage:
    """Where a cache lies, and how much it may hold.

    folder: where the entries lie; made when the first is written.
    size: how many bytes they may have together.
    tell: is told in a sentence why the cache is not used, where it is not.
    """

    folder: Path
    size: int = SIZE
    tell: Callable[[str], object] = warnings.warn


class Cache:
    """Parts by file.

    Args:
        storage: where the entries lie.
        gathering: the checks that are run, and what they need.
        mapped: which columns the user has named.
    """

    def __init__(self, storage: Storage, gathering: Gathering, mapped: Mapping[str, str] | None = None) -> None:
        self._storage = storage
        self._folder = Folder(storage.folder)
        self._room = Room(storage.size)
        self._is_sound = partial(is_sound, judgements=gathering.judgements)
        about = {
            "packages": _packages(),
            "versions": [sys.version, pl.__version__, pa.__version__, np.__version__],
            "day": f"{datetime.now(UTC):%Y-%m-%d}",
            "mapped": dict(mapped or {}),
            "columns": sorted(gathering.extra_columns),
            "checks": [[j.key, j.severity, asdict(j.check), _files(j.check)] for j in gathering.judgements],
        }
        self._about = json.dumps(about, sort_keys=True, default=str).encode()

    def look_up(self, source: Source) -> Content | None:
        """Hash a file, to ask for what is known of its content; None if it is not worth that, or there is no cache."""
        if source.path is None or source.bytes < LEAST or self._key is None:
            return None
        try:
            return content_of(source)
        except OSError:  # reading it will say what is wrong
            return None

    def get(self, content: Content) -> EntryReader | None:
        """Return an entry, whose whole content was looked through; None if it is not there."""
        if self._key is None:
            return None
        name = self._name(content)
        try:
            stream = self._folder.open(name)
            with suppress(OSError):
                os.utime(stream.fileno() if os.utime in os.supports_fd else stream.name)
            entry = EntryReader(stream, name=name, key=self._key, is_sound=self._is_sound)
        except (OSError, DamagedError):
            return None
        self._room.take(entry.size)
        return entry

    def begin(self, content: Content) -> EntryWriter | None:
        """Begin an entry; None where the folder cannot be written to: then there is no cache."""
        if self._key is None:
            return None
        name = self._name(content)
        try:
            stream, unfinished, file = self._folder.begin(name)
        except OSError:
            return None
        witness = Witness(content)
        return EntryWriter(stream, unfinished, file, name=name, key=self._key, room=self._room, witness=witness)

    def prune(self) -> None:
        """Remove what no run can use any more; then, if there is too much, what was not used for longest."""
        with suppress(CacheError):
            self._folder.check()
            self._folder.prune(self._storage.size)

    @cached_property
    def _key(self) -> bytes | None:
        """What entries are signed with; None where the cache cannot be used."""
        try:
            self._folder.check()
            return load_key()
        except CacheError as error:
            self._storage.tell(str(error))
            return None

    def _name(self, content: Content) -> str:
        source = content.source
        about = [source.name, source.relative, source.asked, source.format, source.compression, asdict(source.options)]
        return blake3(json.dumps(about).encode() + b"\n" + content.digest + content.beside + self._about).hexdigest()


@cache
def _packages() -> str:
    """Return a hash over all files of copydesk, and of the packages that provide checks.

    It is taken once in the life of the process, as their code is loaded once.
    """
    digest = hashlib.sha256()
    for module in (copydesk, *providers()):
        if module.__file__:
            for file in sorted(Path(module.__file__).parent.rglob("*.*")):
                if file.suffix not in (".pyc", ".html", ".css", ".js") and file.is_file():
                    digest.update(f"{file}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def _files(check: Check) -> list[str]:
    """Return a hash of each lexicon and rule file that a project gave to a check, as this process has read it."""
    rules = [Path(file).read_bytes() for file in getattr(check, "rules", ()) if Path(file).is_file()]
    files: tuple[str, ...] = getattr(check, "lexicons", ())
    return [hashlib.sha256(data).hexdigest() for data in rules] + [
        hashlib.sha256(own_text(f).encode()).hexdigest() if Path(f).is_file() else "" for f in files
    ]
