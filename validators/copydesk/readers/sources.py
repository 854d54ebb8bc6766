"""Find the files behind the paths that a user gives."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from copydesk.errors import InputError, did_you_mean
from copydesk.readers.formats import SUFFIXES, list_suffixes
from copydesk.readers.json_values import clean
from copydesk.readers.source import COMPRESSIONS, STDIN, Source

__all__ = ["find_files"]


def find_files(paths: Sequence[str | Path]) -> list[Source]:
    """Find the files behind paths: files, folders (searched through, hidden files left out), globs, or '-'.

    Files come in the order of the paths, those of a folder or a glob sorted; a file that is met twice is
    given once. In a folder, files of other formats are passed over.

    Raises:
        InputError: a path that is not there, a file of no known format, a folder or glob without articles.
    """
    if not paths:
        raise InputError("no path was given: expected a file, a folder, a glob, or - for JSON lines on standard input.")
    found: dict[str, Source] = {}
    for path in paths:
        for source in _behind(path):
            key = STDIN if source.path is None else os.path.realpath(source.path)
            found.setdefault(key, source)
    return list(found.values())


def _behind(given: str | Path) -> Iterator[Source]:
    name = str(given)
    path = Path(given)
    if name == STDIN:
        yield Source(STDIN, None, ".jsonl", relative=STDIN)
    elif path.is_dir():
        yield from _in_folder(path, path)
    elif path.exists():
        yield _source(path, path.name, asked=True)
    elif glob.has_magic(name):
        yield from _in_glob(name)
    else:
        raise InputError(f"{name}: there is no such file or folder.{_nearby(path)}")


def _in_folder(folder: Path, root: Path) -> Iterator[Source]:
    files = sorted(
        Path(at, file)
        for at, folders, names in _walk(folder)
        for file in names
        if not file.startswith(".") and _kind(file)[0] in SUFFIXES
    )
    if not files:
        raise InputError(f"{folder}: holds no articles: expected files with one of the suffixes {list_suffixes()}.")
    for file in files:
        yield _source(file, file.relative_to(root).as_posix(), asked=False)


def _walk(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    def fail(error: OSError) -> None:
        raise InputError(f"{error.filename}: the folder cannot be read: {error.strerror}.") from error

    for at, folders, names in os.walk(folder, onerror=fail):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield at, folders, names


def _in_glob(pattern: str) -> Iterator[Source]:
    matches = [Path(match) for match in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207 - takes absolute patterns too
    files = [match for match in matches if match.is_file() and _kind(match.name)[0] in SUFFIXES]
    if not files:
        got = f"{len(matches)} paths, none of them a file with such a suffix" if matches else "nothing"
        raise InputError(
            f"{pattern}: expected files with one of the suffixes {list_suffixes()}, the pattern matches {got}."
        )
    fixed = Path(*_fixed_parts(pattern))
    for file in files:
        yield _source(file, file.relative_to(fixed).as_posix(), asked=False)


def _fixed_parts(pattern: str) -> Iterator[str]:
    for part in Path(pattern).parent.parts:
        if glob.has_magic(part):
            return
        yield part


def _source(path: Path, relative: str, *, asked: bool) -> Source:
    suffix, compression = _kind(path.name)
    if suffix not in SUFFIXES:
        said = f"the suffix {suffix!r}" if suffix else "no suffix"
        raise InputError(
            f"{path}: of no known format: expected one of the suffixes {list_suffixes()}, got {said}."
            f"{did_you_mean(suffix, SUFFIXES)} Rename or convert it."
        )
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}.") from error
    # A file name is bytes, and those of old systems are not UTF-8: they can be opened, but not shown.
    return Source(clean(str(path)), path, suffix, compression, size, clean(relative), asked)


def _kind(name: str) -> tuple[str, str | None]:
    """Give the suffix that says the format, and the compression."""
    path = Path(name.lower())
    compression = COMPRESSIONS.get(path.suffix)
    if compression:
        path = path.with_suffix("")
    return path.suffix, compression


def _nearby(path: Path) -> str:
    try:
        return did_you_mean(path.name, [sibling.name for sibling in path.parent.iterdir()])
    except OSError:
        return ""
