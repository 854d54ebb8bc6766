"""The cache: parts of files that were analysed before, so that an unchanged file is not analysed again.

An entry is named after all that its parts follow from: the file's name and content, the checks and all files of the
packages they come from, the columns asked for, lexicons, polars' version, and the day, since some checks ask for it.
An entry is written whole or not at all; one that is damaged counts as not there.

An entry is a part after the other, then a line of JSON about all of them, then that line's checksum and its length, in
ten digits each.
No code is ever loaded from it.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import tempfile
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, Any

import polars as pl
import pyarrow as pa
from blake3 import blake3

import copydesk
from copydesk.checks import providers
from copydesk.engine.collection import Gathering
from copydesk.engine.parts import Frames, Part
from copydesk.engine.spool import frame_of
from copydesk.model.chunk import Rejected
from copydesk.readers import Source

__all__ = ["LEAST", "Cache", "Entry"]

#: Smaller files are analysed sooner than they are looked up.
LEAST = 256 << 10

#: Entries that nobody has asked for in so many seconds are removed.
_OLD = 30 * 24 * 3600

_BLOCK, _DIGITS = 1 << 20, 10


class Cache:
    """Parts by file.

    Args:
        folder: where the entries lie; made when the first is written.
        gathering: the checks that are run, and what they need.
        mapped: which columns the user has named.
    """

    def __init__(self, folder: Path, gathering: Gathering, mapped: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        about = {
            "packages": _packages(),
            "polars": pl.__version__,
            "day": f"{datetime.now(UTC):%Y-%m-%d}",
            "mapped": dict(mapped or {}),
            "columns": sorted(gathering.extra_columns),
            "checks": [[j.key, j.severity, asdict(j.check), _lexicons(j.check)] for j in gathering.judgements],
        }
        self._about = json.dumps(about, sort_keys=True, default=str).encode()

    def name(self, source: Source) -> str | None:
        """Return the name of a file's entry; None if the file is not worth one."""
        if source.path is None or source.bytes < LEAST:
            return None
        digest = blake3(self._about)
        digest.update(json.dumps([source.name, source.format, source.compression]).encode())
        block = bytearray(_BLOCK)
        with source.path.open("rb", buffering=0) as file, memoryview(block) as data:
            while size := file.readinto(block):
                digest.update(data[:size])
        return digest.hexdigest()

    def get(self, name: str) -> list[Callable[[], Part]] | None:
        """Return what reads each part of an entry, whose whole content was looked through; None if it is not there."""
        file = self._folder / f"{name}.parts"
        try:
            about = _checked(file)
            os.utime(file)
        except (OSError, OverflowError, ValueError, KeyError, TypeError):
            return None
        return [partial(_read, file, said) for said in about]

    def entry(self, name: str) -> Entry | None:
        """Begin an entry; None where the folder cannot be written to: then there is no cache."""
        try:
            if not self._folder.is_dir():
                self._folder.mkdir(parents=True, exist_ok=True)
                (self._folder / ".gitignore").write_text("*\n")
            return Entry(self._folder / f"{name}.parts")
        except OSError:
            return None

    def prune(self) -> None:
        """Remove entries that were not used for a month, and what killed runs have left."""
        with suppress(OSError):
            for file in self._folder.iterdir():
                age = time.time() - file.stat().st_mtime
                if (file.suffix == ".parts" and age > _OLD) or (file.suffix == ".part" and age > _OLD / 30):
                    file.unlink(missing_ok=True)


class Entry:
    """An entry that is being written: `add` each part, then `finish`; `drop` it if something went wrong.

    One that cannot be written, as where the disk is full, is dropped without a word: no run needs it.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
        self._part = Path(name)
        self._stream = os.fdopen(handle, "w+b")
        self._about: list[dict[str, Any]] = []

    def add(self, part: Part) -> None:
        """Write a part."""
        if self._stream.closed:
            return
        start = self._stream.tell()
        frames, keys = {}, {}
        try:
            if part.frames is not None:
                frames = {name: self._put(frame) for name, frame in part.frames.common().items()}
                keys = {key: self._put(frame) for key, frame in part.frames.keys.items()}
            self._stream.flush()
            crc = _crc(self._stream, start, self._stream.tell() - start)
        except (OSError, ValueError):
            self.drop()
            return
        rejected = [(r.file, r.line, r.reason) for r in part.rejected]
        said = {"height": part.height, "fields": sorted(part.fields), "columns": part.columns, "rejected": rejected}
        self._about.append({**said, "bytes": part.bytes, "start": start, "frames": frames, "keys": keys, "crc": crc})

    def _put(self, frame: pl.DataFrame) -> int:
        """Write a frame; return the number of its bytes."""
        before = self._stream.tell()
        table = frame.to_arrow(compat_level=pl.CompatLevel.newest())
        with pa.ipc.new_stream(self._stream, table.schema) as stream:  # polars would copy it first
            stream.write_table(table)
        return self._stream.tell() - before

    def finish(self) -> None:
        """Put the entry in its place."""
        if self._stream.closed:
            return
        about = json.dumps(self._about).encode()
        about += b"%010d%010d" % (zlib.crc32(about), len(about))
        try:
            self._stream.write(about)
            self._stream.close()
            self._part.replace(self._file)
        except OSError:
            pass
        self.drop()

    def drop(self) -> None:
        """Forget the entry, if it is not in its place."""
        with suppress(OSError):
            self._stream.close()
        with suppress(OSError):
            self._part.unlink(missing_ok=True)


def _checked(file: Path) -> list[dict[str, Any]]:
    """Return what an entry says of its parts, if it is whole; raises ValueError else."""
    with file.open("rb") as stream:
        size = stream.seek(-2 * _DIGITS, os.SEEK_END)
        crc, length = int(stream.read(_DIGITS)), int(stream.read(_DIGITS))
        stream.seek(size - length)
        told = stream.read(length)
        if zlib.crc32(told) != crc:
            raise ValueError(f"{file}: damaged")
        about: list[dict[str, Any]] = json.loads(told)
        if any(_crc(stream, said["start"], _size(said)) != said["crc"] for said in about):
            raise ValueError(f"{file}: damaged")
    return about


def _size(said: dict[str, Any]) -> int:
    """Return the number of bytes of a part."""
    return sum([*said["frames"].values(), *said["keys"].values()])


def _crc(stream: IO[bytes], start: int, size: int) -> int:
    """Return a checksum of a stretch of a file, of which no copy is made."""
    if not size:
        return 0
    skipped = start % mmap.ALLOCATIONGRANULARITY
    with (
        mmap.mmap(stream.fileno(), skipped + size, access=mmap.ACCESS_READ, offset=start - skipped) as mapped,
        memoryview(mapped) as whole,
        whole[skipped:] as stretch,
    ):
        return zlib.crc32(stretch)


def _read(file: Path, said: dict[str, Any]) -> Part:
    with file.open("rb") as stream:
        stream.seek(said["start"])
        common, keys = (
            {name: frame_of(pa.ipc.open_stream(stream.read(size))) for name, size in said[kind].items()}
            for kind in ("frames", "keys")
        )
    return Part(
        frames=Frames(**common, keys=keys) if common else None,
        height=said["height"],
        fields=frozenset(said["fields"]),
        columns=said["columns"],
        rejected=tuple(Rejected(*r) for r in said["rejected"]),
        bytes=said["bytes"],
    )


def _packages() -> str:
    """Return a hash over all files of copydesk, and of the packages that provide checks."""
    digest = hashlib.sha256()
    for module in (copydesk, *providers()):
        if module.__file__:
            for file in sorted(Path(module.__file__).parent.rglob("*.*")):
                if file.suffix not in (".pyc", ".html", ".css", ".js") and file.is_file():
                    digest.update(f"{file}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def _lexicons(check: object) -> list[str]:
    """Return a hash of each lexicon file that a project gave to a check."""
    files: tuple[str, ...] = getattr(check, "lexicons", ())
    return [hashlib.sha256(Path(f).read_bytes()).hexdigest() if Path(f).is_file() else "" for f in files]
