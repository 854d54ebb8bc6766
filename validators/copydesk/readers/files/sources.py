"""Find the files behind the paths that a user gives."""

from __future__ import annotations

import glob
import logging
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

from copydesk.errors import ArgumentError, InputError, did_you_mean
from copydesk.model.result import PassedOver
from copydesk.paths import expect_path
from copydesk.readers.fields.json_values import clean
from copydesk.readers.files.content import format_of_file
from copydesk.readers.files.lfs import expect_content
from copydesk.readers.files.remote import find_remote, is_remote
from copydesk.readers.files.side_files import is_our_report, is_side_file, is_side_folder, kind_of, matches_any
from copydesk.readers.files.source import MEMBER, STDIN, ReadOptions, Source
from copydesk.readers.formats import BY_SUFFIX, SUFFIXES, list_suffixes, split_name

__all__ = ["Found", "Frame", "Paths", "find", "find_files", "found_by", "is_frame", "list_paths"]

#: How many kinds of files an error names.
_MOST_KINDS = 8

#: What a user may give: one path, or several.
Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

#: A frame in memory, see `copydesk.readers.tables.frames`: no library is imported here for its type.
Frame = Any


def list_paths(paths: Paths) -> list[str | Path]:
    """Return one path, or several, as a list of them.

    >>> list_paths("articles.jsonl")
    ['articles.jsonl']

    Raises:
        ArgumentError: it is neither a path nor an iterable of paths.
    """
    if isinstance(paths, (str, os.PathLike)):
        return [_one_path(paths)]
    if (
        isinstance(paths, (bytes, bytearray, Mapping))
        or type(paths).__name__ in _NO_PATHS
        or not isinstance(paths, Iterable)
        or hasattr(paths, "columns")
    ):
        raise ArgumentError(f"paths: expected a str, a Path, a list of these, or a frame, got {_kind_of(paths)}.")
    return [_one_path(path) for path in paths]


#: Types of columns, which are iterable.
_NO_PATHS = ("Series", "Index", "ChunkedArray", "ndarray")

#: The frames that are read, by the package and the name of their type; no package is imported to see it.
_FRAMES = {
    "pandas": ("DataFrame",),
    "polars": ("DataFrame", "LazyFrame"),
    "pyarrow": ("Table", "RecordBatch", "RecordBatchReader"),
    "datasets": ("Dataset", "IterableDataset"),
}


def is_frame(paths: object) -> bool:
    """Say whether this is no path but a frame in memory, or a list of dictionaries, that can be read.

    >>> is_frame([{"body": "It rained."}]), is_frame(["articles.jsonl"])
    (True, False)
    """
    if isinstance(paths, list):
        return bool(paths) and isinstance(paths[0], Mapping)
    return any(kind.__name__ in _FRAMES.get(kind.__module__.partition(".")[0], ()) for kind in type(paths).__mro__)


def _one_path(path: object) -> str | Path:
    if isinstance(path, str):
        return path
    if isinstance(path, os.PathLike) and isinstance(name := os.fspath(path), str):
        return Path(name)
    raise ArgumentError(f"paths: expected each path as a str or a Path, got {path!r}, which is {_kind_of(path)}.")


def _kind_of(value: object) -> str:
    """Say what a value is, and what to do where that can be said."""
    name = type(value).__name__
    if isinstance(value, (bytes, bytearray)):
        return f"{name}: make it a str by os.fsdecode"
    if name in ("DatasetDict", "IterableDatasetDict") and isinstance(value, Mapping):
        return (
            f"{name}: give one of its splits ({', '.join(map(str, value))}), as in data[{next(iter(value), 'train')!r}]"
        )
    if name in ("Series", "ChunkedArray"):
        return f"{name}: give the whole frame, which names the columns"
    if hasattr(value, "columns"):
        return f"{name}: write the frame to a file first, as Parquet or JSON lines"
    return name


@dataclass(frozen=True, slots=True)
class Found:
    """What lies behind some paths: the files to read, and those that are not read."""

    sources: list[Source]
    passed_over: tuple[PassedOver, ...] = ()


def find_files(paths: Paths | Frame, options: ReadOptions | None = None) -> list[Source]:
    """Find the files behind paths, see `find`."""
    return find(paths, options).sources


def find(paths: Paths | Frame, options: ReadOptions | None = None) -> Found:
    """Find the files behind paths: files, folders (searched through, hidden files left out), globs, or '-'.

    Files come in the order of the paths, those of a folder or a glob sorted; a file that is met twice is given once. In
    a folder, side files and files of other formats are passed over and counted. So are pipes, sockets and devices with
    the name of a file of articles; these are logged. A link there that leads nowhere is a rejected file.

    Raises:
        ArgumentError: a path is neither a str nor a Path.
        InputError: a path that is not there, a file of no known format, a folder or glob without articles.
    """
    if is_frame(paths):
        return Found([Source(type(paths).__name__, None, "", options=options or ReadOptions(), frame=paths)])
    paths = list_paths(paths)
    if not paths:
        raise InputError("no path was given: expected a file, a folder, a glob, or - for JSON lines on standard input.")
    options = options or ReadOptions()
    found: dict[str, Source] = {}
    passed_over = _PassedOver()
    for path in paths:
        for source in _behind(path, options, passed_over):
            key = (
                source.url or STDIN
                if source.path is None
                else f"{os.path.realpath(source.path)}{MEMBER}{source.member or ''}"
            )
            found.setdefault(key, replace(source, options=options))
    return Found(list(found.values()), passed_over.list())


class _PassedOver:
    """Counts files that are not read, by their kind."""

    def __init__(self) -> None:
        self._kinds: dict[str, PassedOver] = {}

    def add(self, kind: str, file: str, files: int = 1) -> None:
        before = self._kinds.get(kind, PassedOver(kind, 0, file))
        self._kinds[kind] = replace(before, files=before.files + files)

    def list(self) -> tuple[PassedOver, ...]:
        return tuple(sorted(self._kinds.values(), key=lambda each: (-each.files, each.kind)))

    def __str__(self) -> str:
        kinds = [f"{each.kind} ({each.files:,})" for each in self.list()]
        return ", ".join(kinds[:_MOST_KINDS]) + (
            f" and {len(kinds) - _MOST_KINDS:,} kinds more" * (len(kinds) > _MOST_KINDS)
        )


def _behind(given: str | Path, options: ReadOptions, passed_over: _PassedOver) -> Iterator[Source]:
    name = str(given)
    path = Path(given)
    if not name:  # as where a variable of a shell is not set: Path makes it the working folder
        raise InputError("'': expected a file, a folder, a glob or -, got an empty path. Name the working folder as .")
    expect_path(path)
    if name == STDIN:
        yield Source(STDIN, None, ".jsonl", relative=STDIN)
    elif is_remote(name):
        yield from find_remote(name)
    elif path.is_dir():
        yield from _in_folder(path, options, passed_over)
    elif path.exists():
        yield _source(path, path.name, asked=True)
    elif MEMBER in name and Path(name.partition(MEMBER)[0]).is_file():
        yield _part_of(*name.partition(MEMBER)[::2])
    elif glob.has_magic(name):
        yield from _in_glob(name, options, passed_over)
    else:
        raise InputError(f"{name}: there is no such file or folder.{_nearby(path)}")


def _part_of(file: str, member: str) -> Source:
    """Return the source of a part of a file, as of a table in a database."""
    source = _source(Path(file), Path(file).name, asked=True)
    if not BY_SUFFIX[source.format].parts:
        raise InputError(
            f"{file}{MEMBER}{member}: a {source.format} file has no parts with names. Name the file alone: {file}."
        )
    return replace(source, name=clean(f"{file}{MEMBER}{member}"), member=member)


def _in_folder(folder: Path, options: ReadOptions, passed_over: _PassedOver) -> Iterator[Source]:
    paths = sorted(Path(at, file) for at, _, names in _walk(folder, passed_over) for file in names)
    files = _to_read(paths, folder, options, passed_over)
    if not files:
        got = f", got {passed_over}" if str(passed_over) else ", got none"
        raise InputError(
            f"{folder}: holds no articles: expected files with one of the suffixes {list_suffixes()}{got}."
        )
    yield from files


def _to_read(paths: Iterable[Path], root: Path, options: ReadOptions, passed_over: _PassedOver) -> list[Source]:
    """Return the files that are read of those in a folder or behind a glob; count the others."""
    sources = []
    for path in paths:
        relative = path.relative_to(root).as_posix()
        if matches_any(relative, options.exclude):
            passed_over.add("excluded", clean(str(path)))
        elif is_side_file(path.name) or (split_name(path.name)[0] not in SUFFIXES and not _is_told_by_content(path)):
            if not _is_beside(path):
                passed_over.add(kind_of(clean(path.name)), clean(str(path)))
        elif not path.exists():
            sources.append(_without_target(path, relative))
        elif is_our_report(path):
            passed_over.add("report of copydesk", clean(str(path)))
        else:
            sources.append(_source(path, relative, asked=False))
    return _regular(sources)


def _is_told_by_content(path: Path) -> bool:
    """Say whether a file without a suffix holds what copydesk reads, as parts of Spark and postings of Usenet do."""
    if path.suffix or not path.is_file():
        return False
    try:
        return format_of_file(path) is not None
    except InputError:
        return False


def _is_beside(path: Path) -> bool:
    """Say whether a file is read with another one, as the summaries of `copydesk.readers.texts.lines_of_text` are."""
    return path.suffix == ".tgt" and path.with_suffix(".src").is_file()


def _regular(sources: list[Source]) -> list[Source]:
    """Leave out what is no file: to read a pipe into which nobody writes is to wait for ever."""
    for source in sources:
        if not source.regular:
            _log_passed_over(source.name)
    return [source for source in sources if source.regular]


@cache  # once, however often a folder is searched
def _log_passed_over(name: str) -> None:
    logging.getLogger(__name__).warning("%s: passed over: it is a pipe, a socket or a device, and no file.", name)


def _walk(folder: Path, passed_over: _PassedOver) -> Iterator[tuple[str, list[str], list[str]]]:
    def fail(error: OSError) -> None:
        raise InputError(f"{error.filename}: the folder cannot be read: {error.strerror}.") from error

    for at, folders, names in os.walk(folder, onerror=fail):
        for name in filter(is_side_folder, folders):
            passed_over.add(f"{name}/", clean(str(Path(at, name))))
        folders[:] = [name for name in folders if not name.startswith(".") and not is_side_folder(name)]
        yield at, folders, [name for name in names if not name.startswith(".")]


def _in_glob(pattern: str, options: ReadOptions, passed_over: _PassedOver) -> Iterator[Source]:
    matches = [Path(match) for match in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207 - takes absolute patterns too
    fixed = Path(*_fixed_parts(pattern))
    files = _to_read((match for match in matches if not match.is_dir()), fixed, options, passed_over)
    if not files:
        got = f"{len(matches)} paths, none of them a file with such a suffix" if matches else "nothing"
        raise InputError(
            f"{pattern}: expected files with one of the suffixes {list_suffixes()}, the pattern matches {got}."
        )
    yield from files


def _fixed_parts(pattern: str) -> Iterator[str]:
    for part in Path(pattern).parent.parts:
        if glob.has_magic(part):
            return
        yield part


def _source(path: Path, relative: str, *, asked: bool) -> Source:
    try:
        status = path.stat()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}.") from error
    suffix, compression = split_name(path.name)
    regular = stat.S_ISREG(status.st_mode)
    if suffix not in SUFFIXES and regular:
        suffix, compression = format_of_file(path) or (suffix, compression)
    if suffix not in SUFFIXES:
        raise InputError(_of_no_format(path, suffix) if regular else _of_no_name(path))
    if regular:
        expect_content(path, status.st_size)
    # A file name is bytes, and those of old systems are not UTF-8: they can be opened, but not shown.
    return Source(clean(str(path)), path, suffix, compression, status.st_size, clean(relative), asked, regular)


def _without_target(path: Path, relative: str) -> Source:
    """Return the source of a link that leads nowhere, or of a file that was removed since the folder was listed."""
    suffix, compression = split_name(path.name)
    fault = "a link to a file that is not there" if path.is_symlink() else "the file is not there any more"
    return Source(clean(str(path)), path, suffix, compression, 0, clean(relative), asked=False, fault=fault)


def _of_no_format(path: Path, suffix: str) -> str:
    return (
        f"{path}: of no known format: expected one of the suffixes {list_suffixes()}, got"
        f" {f'the suffix {suffix!r}' if suffix else 'no suffix'}.{did_you_mean(suffix, SUFFIXES)} Rename or convert it."
    )


def _of_no_name(path: Path) -> str:
    return (
        f"{path}: expected a file whose suffix says its format, got a pipe, a socket or a device without one. Hand JSON"
        " lines over on standard input, which is named -: `zcat articles.jsonl.gz | copydesk check -`."
    )


def _nearby(path: Path) -> str:
    try:
        return did_you_mean(path.name, [sibling.name for sibling in path.parent.iterdir()])
    except OSError:
        return ""


def found_by(paths: Sequence[str | Path], file: Path) -> str | None:
    """Return the folder or glob by which a file would be found, were it there; None if it would not be read."""
    if split_name(file.name)[0] not in SUFFIXES:
        return None
    for given in map(str, paths):
        if Path(given).is_dir():
            finds = _folder_finds(Path(given), file)
        else:
            finds = glob.has_magic(given) and not Path(given).exists() and _glob_finds(given, file)
        if finds:
            return given
    return None


def _folder_finds(folder: Path, file: Path) -> bool:
    within, root = file.parent.resolve() / file.name, folder.resolve()
    if not within.is_relative_to(root):
        return False
    return not any(part.startswith(".") for part in within.relative_to(root).parts)


def _glob_finds(pattern: str, file: Path) -> bool:
    """Say whether a glob looks into the folder of a file, and for its name."""
    at, name = os.path.split(pattern)
    if name == "**":  # any file in any folder below
        at, name = pattern, "*"
    return _matches(file.name, name) and _looks_into(at, file.parent)


def _looks_into(at: str, folder: Path) -> bool:
    """Say whether a glob of folders finds one, be it there or not."""
    if folder.is_dir():
        folders = glob.glob(os.path.join(".", at, ""), recursive=True)  # noqa: PTH118, PTH207 - it ends with a separator
        return any(folder.samefile(found) for found in folders)
    above, name = os.path.split(at)
    if name == "**":
        return _matches(folder.name, "*") and _looks_into(at, folder.parent)
    return _matches(folder.name, name) and _looks_into(above, folder.parent)


def _matches(name: str, pattern: str) -> bool:
    return fnmatch(name, pattern) and (pattern.startswith(".") or not name.startswith("."))
