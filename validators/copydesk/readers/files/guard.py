"""The guard of a command that writes: no output takes the place of what the run reads, or lies where it would be read.

A file is known by its device and inode, so that neither links nor other spellings of its path hide it. A command makes
a `Guard` of its outputs and of what it will read; the run calls the guard with the files and the suite that it has
found. Both happen before any work.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from copydesk.checks.suite import SUITE_FILES, Suite
from copydesk.errors import UsageError
from copydesk.outputs import can_be_written, status_of
from copydesk.paths import expect_path
from copydesk.readers.files.source import STDIN, Source
from copydesk.readers.files.sources import found_by

__all__ = ["Guard", "Read", "suite_file"]

#: What tells a file from all others: its device and inode; of one that is not there, its path.
_Key = tuple[int, int] | str

#: Where standard input is a file; other systems have no such name.
_STDIN = Path("/dev/stdin")


@dataclass(frozen=True, slots=True)
class Read:
    """A file or folder that a run reads, and what it is to the run: "the suite"."""

    role: str
    path: Path


def suite_file(suite: str) -> list[Read]:
    """Return the file of a suite, or nothing for an installed one."""
    return [Read("the suite", Path(suite))] if Path(suite).suffix in SUITE_FILES else []


class Guard:
    """Refuses outputs that must not be written; to be called with the files and the suite of the run.

    Args:
        outputs: the paths to write, each by the option that names it; None where an option is not given.
        reads: what is read besides articles, lexicons and rules.
        paths: the files, folders and globs in which articles are looked for.
        folders: options whose output is a folder, each with what raises a UsageError where it cannot be written.

    Raises:
        UsageError: an output cannot be written, is read, or would be; or two outputs are the same file.
    """

    def __init__(
        self,
        outputs: Mapping[str, Path | None],
        *,
        reads: Iterable[Read] = (),
        paths: Sequence[str | Path] = (),
        folders: Mapping[str, Callable[[Path], None]] | None = None,
    ) -> None:
        self._outputs = {option: path for option, path in outputs.items() if path is not None}
        self._folders = self._outputs.keys() & (folders or {}).keys()
        self._options: dict[_Key, str] = {}
        for option, path in self._outputs.items():
            (folders or {}).get(option, can_be_written)(path)
            self._see_that_it_is_one(option, path)
            self._see_that_it_is_not_found(option, path, paths)
        for read in (*reads, *_standard_input(paths)):
            self._see_that_it_is_spared(read)

    def __call__(self, sources: Iterable[Source], suite: Suite) -> None:
        """Compare the outputs with the files of articles, and with the lexicons and rules that the suite names.

        Raises:
            UsageError: an output is one of them.
        """
        if not self._outputs:
            return
        for check in suite.checks.values():
            for option, role in (("lexicons", "a lexicon"), ("rules", "a rule file")):
                for file in getattr(check, option, ()):
                    self._see_that_it_is_spared(Read(role, Path(file)))
        for source in sources:
            if source.path is not None:
                self._see_that_it_is_spared(Read("an input", source.path))

    def _see_that_it_is_one(self, option: str, path: Path) -> None:
        """Raise a UsageError if another output is the same file, or a folder around this one."""
        other = self._options.setdefault(_key(status_of(path), path), option)
        around = [o for o in self._folders if o != option and _lies_in(path, self._outputs[o])]
        if other != option or around:
            other = next(iter(around), other)
            raise UsageError(
                f"{other} {self._outputs[other]} and {option} {path} name the same file, or one within the other. Give"
                " each its own."
            )

    def _see_that_it_is_not_found(self, option: str, path: Path, paths: Sequence[str | Path]) -> None:
        """Raise a UsageError if an output lies where articles are looked for, and has the name of a file of them."""
        status = status_of(path)
        if status is not None and not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            return  # pipes and devices are passed over
        if option == "--report" and path.suffix == ".html":
            return  # what looks for articles knows our reports
        for named in (path, Path(os.path.realpath(path))):
            file = named / "part.parquet" if option in self._folders else named
            given = found_by(paths, file)
            if given is not None:
                where = f"lies in {given}" if Path(given).is_dir() else f"matches {given}"
                raise UsageError(
                    f"{option} {path}: {where}, and would be read as articles. Name a file elsewhere, or a hidden one:"
                    f" .{path.name.lstrip('.')}."
                )

    def _see_that_it_is_spared(self, read: Read) -> None:
        """Raise a UsageError if an output is what is read, lies in it, or is a folder around it."""
        expect_path(read.path)
        option = self._options.get(_key_of(read.path))
        if option is None and read.path.is_dir():
            option = next((o for o, path in self._outputs.items() if _lies_in(path, read.path)), None)
            for entry in read.path.rglob("*") if option is None else ():
                option = option or self._options.get(_key_of(entry))
        if option is None:
            option = next((o for o in self._folders if _lies_in(read.path, self._outputs[o])), None)
        if option is not None:
            raise UsageError(
                f"{option} {self._outputs[option]}: this is {read.role} ({read.path}), which is read: it would be"
                f" overwritten. Name another file for {option}."
            )


def _standard_input(paths: Sequence[str | Path]) -> Iterator[Read]:
    """Yield standard input where it is a file that is read."""
    if STDIN in map(str, paths) and _STDIN.is_file():
        yield Read("standard input", _STDIN)


def _key_of(path: Path) -> _Key:
    status = None
    with suppress(OSError):
        status = path.stat()
    return _key(status, path)


def _key(status: os.stat_result | None, path: Path) -> _Key:
    return os.path.realpath(path) if status is None else (status.st_dev, status.st_ino)


def _lies_in(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
