"""Archives (.zip, .tar, .tgz, .tbz2, .txz): the files of articles in them, one after the other.

Nothing is unpacked to disk under a name of the archive. A file in it is named as in `news.zip::2026/a.jsonl`, and
`news.zip::2026/a.jsonl` as a path reads that file alone. A tar archive may also be compressed as any file (`.tar.zst`).
These are rejected rows: a file that cannot be read or is encrypted, an archive in the archive, a name that leads out of
it, and a file that is larger than an honest archive of news would hold. Side files, and files of no known format, are
named in the log.
"""

from __future__ import annotations

import logging
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import IO, BinaryIO, Self, cast

from copydesk.errors import InputError, MappingError, NoArticlesError, did_you_mean
from copydesk.model.chunk import Chunk, Rejected
from copydesk.readers import read_source
from copydesk.readers.fields.columns import Columns, Wanted
from copydesk.readers.fields.json_values import clean
from copydesk.readers.fields.row_chunks import with_all_bytes
from copydesk.readers.files.compression import Stream, with_places
from copydesk.readers.files.side_files import is_side_file
from copydesk.readers.files.source import MEMBER, Source
from copydesk.readers.formats import BY_SUFFIX, split_name

__all__ = ["read"]

#: The largest file of an archive that is read.
MOST_BYTES = 4 << 30

#: How many times larger than the archive its files together may be, once they are larger than `_UNWATCHED` bytes.
MOST_TIMES, _UNWATCHED = 250, 256 << 20

_MODULE = "copydesk.readers.archive"
_ENCRYPTED = 1

#: What zipfile and tarfile raise for damaged data.
_FAULTS = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, NotImplementedError, ValueError)

#: What else unpacks: an archive in an archive, by its suffix.
_OTHER_ARCHIVES = (".7z", ".rar", ".jar", ".cab", ".iso")


@dataclass(frozen=True, slots=True)
class _Member:
    """A file in an archive: its name, its size, why it cannot be read, and what opens it."""

    name: str
    size: int
    fault: str | None
    file: IO[bytes] | None


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read the articles of all files in an archive; `file` of an article is the archive, `::`, and the file in it.

    Raises:
        NoArticlesError: no file in the archive is of a known format.
        InputError: the archive is cut short, damaged, or no archive; or it has no such file as was named.
    """
    yield from with_all_bytes(_read(stream, wanted, chunk_bytes), stream)


def _read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    named, base = stream.source.member, _base(stream.source)
    names: list[str] = []
    passed_over: list[str] = []
    some = False
    limit = _Limit(stream.source.bytes)
    for member in _members(stream):
        names.append(member.name)
        if named is not None and member.name != named:
            continue
        suffix, compression = split_name(member.name)
        fault = member.fault or limit.fault(member) or _fault_of_name(member.name)
        if _is_archive(suffix):
            fault = fault or "an archive in the archive: unpack it first"
        elif suffix not in BY_SUFFIX or (named is None and is_side_file(PurePosixPath(member.name).name)):
            passed_over.append(member.name)
            continue
        some = True
        name = clean(member.name)
        source = Source(f"{base}{MEMBER}{name}", None, suffix, compression, 0, name, asked=False, regular=False)
        source = replace(source, options=stream.source.options)
        if fault or member.file is None:
            yield _rejected(source.name, fault or "no file")
            continue
        yield from _articles(source, wanted, chunk_bytes, member.file)
    if named is not None and named not in names:
        raise InputError(f"{stream.name}: there is no file {named!r} in the archive.{did_you_mean(named, names)}")
    if passed_over:
        first = ", ".join(passed_over[:3]) + (", …" if len(passed_over) > 3 else "")
        logging.getLogger(__name__).warning(
            "%s: %d files in it are side files or of no known format, and were not read: %s.",
            stream.name,
            len(passed_over),
            first,
        )
    if not some:
        raise NoArticlesError(f"{stream.name}: holds no articles: expected files of a known format in the archive.")


def _articles(source: Source, wanted: Wanted, chunk_bytes: int, file: IO[bytes]) -> Iterator[Chunk]:
    """Read a file of the archive. One that cannot be read, or not to its end, is a rejected row."""
    try:
        for chunk in read_source(source, wanted, chunk_bytes, cast(BinaryIO, file)):
            yield replace(chunk, bytes=0)
    except (InputError, MappingError) as error:
        if not str(error).startswith(f"{source.name}: "):  # it is the archive that cannot be read
            raise
        yield _rejected(source.name, str(error).removeprefix(f"{source.name}: "))
    except _FAULTS as error:
        yield _rejected(source.name, f"damaged in the archive ({error})")


def _rejected(name: str, reason: str) -> Chunk:
    import polars as pl

    nothing = Columns(name, {}).frame(pl.DataFrame(), pl.Series(dtype=pl.Int64), None)
    return Chunk(nothing, [Rejected(name, None, reason)], {})


def _base(source: Source) -> str:
    """Return the name of the archive itself."""
    return source.name.removesuffix(f"{MEMBER}{source.member}") if source.member is not None else source.name


def _is_archive(suffix: str) -> bool:
    format_ = BY_SUFFIX.get(suffix)
    return suffix in _OTHER_ARCHIVES or (format_ is not None and format_.module == _MODULE)


def _fault_of_name(name: str) -> str | None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        return "its name leads out of the archive"
    return None


class _Limit:
    """Refuses files of which the archive could not honestly hold so much."""

    def __init__(self, stored: int) -> None:
        self._most = max(MOST_TIMES * stored, _UNWATCHED)
        self._all = 0

    def fault(self, member: _Member) -> str | None:
        """Return why a file is refused, else None."""
        self._all += member.size
        if member.size > MOST_BYTES:
            return (
                f"{member.size:,} bytes, and at most {MOST_BYTES:,} are read of a file in an archive: unpack it first"
            )
        if self._all > self._most:
            return f"the files of the archive are more than {MOST_TIMES} times larger than it: unpack it first"
        return None


def _members(stream: Stream) -> Iterator[_Member]:
    try:
        if stream.source.format == ".zip":
            with with_places(stream) as file, zipfile.ZipFile(file) as archive:
                yield from _of_zip(archive)
        else:
            # Without places to go to, a tar archive is read once, and no file of it twice.
            with tarfile.open(
                fileobj=cast(BinaryIO, stream), mode="r|", encoding="utf-8", tarinfo=_Header, ignore_zeros=True
            ) as archive:
                yield from _of_tar(archive)
    except InputError:
        raise
    except _FAULTS as error:
        raise InputError(
            f"{stream.name}: expected an archive, got one that is damaged, cut short or no archive ({error})."
            " Fetch or write the file again."
        ) from error


def _of_zip(archive: zipfile.ZipFile) -> Iterator[_Member]:
    for info in archive.infolist():
        if info.is_dir() or _is_hidden(info.filename):
            continue
        if info.flag_bits & _ENCRYPTED:
            yield _Member(info.filename, 0, "encrypted: unpack it first", None)
            continue
        try:
            file = archive.open(info)
        except _FAULTS as error:
            yield _Member(info.filename, 0, f"damaged in the archive ({error})", None)
            continue
        with file:
            yield _Member(info.filename, info.file_size, None, file)


class _Header(tarfile.TarInfo):
    """The header of a file in a tar archive. Python's own ends without a word at one that is damaged."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
        """Return the next header, as tarfile asks for it."""
        try:
            header = super().fromtarfile(archive)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
            archive.has_ended = True  # type: ignore[attr-defined]
            raise
        except tarfile.EmptyHeaderError:  # type: ignore[attr-defined]
            if not getattr(archive, "has_ended", False):
                raise tarfile.ReadError("it ends without an end mark") from None
            raise
        except tarfile.HeaderError as error:
            raise tarfile.ReadError(str(error)) from error
        archive.has_ended = False  # type: ignore[attr-defined]
        return header


def _of_tar(archive: tarfile.TarFile) -> Iterator[_Member]:
    for info in archive:
        archive.members = []  # type: ignore[attr-defined] # or it would keep all of them
        if info.isdir() or _is_hidden(info.name):
            continue
        if not info.isfile():
            yield _Member(info.name, 0, "a link or a device, and no file", None)
            continue
        yield _Member(info.name, info.size, None, archive.extractfile(info))


def _is_hidden(name: str) -> bool:
    """Say whether a folder would hide the file: .DS_Store, and what macOS puts beside each file."""
    return any(part.startswith(".") and part not in (".", "..") for part in name.split("/")) or "__MACOSX/" in name
