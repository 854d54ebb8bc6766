"""Where repaired files go: into a file, a folder, or their own place; all of them or none."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from copydesk.errors import OutputError, UsageError
from copydesk.outputs import descriptor, whole
from copydesk.readers import Source
from copydesk.readers.files.source import COMPRESSIONS
from copydesk.temporary import TemporaryFolder

__all__ = ["Place", "can_be_folder", "expect_committed", "expect_place", "goes_into_folder", "placed"]

#: So many files git is asked about at once: a command line has a limit.
_AT_ONCE = 500

#: Returns the path into which a file is to be written; None where nothing is written.
Place = Callable[[Source], Path | None]


def goes_into_folder(sources: Sequence[Source], output: Path) -> bool:
    """Return whether an output is a folder: for several files, or for those of a folder or a glob."""
    return len(sources) != 1 or not sources[0].asked or output.is_dir()


def can_be_folder(path: Path) -> None:
    """Say before the work whether a folder can be made.

    Raises:
        UsageError: it is a file, or a folder that holds something, or the folder around it is not there.
    """
    if path.is_dir() and any(path.iterdir()):
        raise UsageError(f"{path}: holds files already. Name a new folder, or an empty one.")
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path}: is a file, and several are to be written. Name a folder.")
    if not Path(os.path.realpath(path)).parent.is_dir():
        raise UsageError(f"{path}: there is no folder {Path(os.path.realpath(path)).parent} to make it in.")


def expect_place(sources: Sequence[Source], output: Path) -> None:
    """Check that files can be written to an output in their own formats.

    Raises:
        UsageError: the name says another format, or two files would have one name.
    """
    if goes_into_folder(sources, output):
        names: dict[str, str] = {}
        for source in sources:
            other = names.setdefault(source.relative, source.name)
            if other != source.name:
                raise UsageError(f"-o {output}: {other} and {source.name} would both be written as {source.relative}.")
        return
    suffix = {name: suffix for suffix, name in COMPRESSIONS.items()}.get(sources[0].compression or "", "")
    special = descriptor(output) is not None or (output.exists() and not output.is_file())
    if not special and not output.name.lower().endswith(f"{sources[0].format}{suffix}"):
        raise UsageError(
            f"-o {output}: {sources[0].name} is written in its own format: expected a name that ends in"
            f" {sources[0].format}{suffix}."
        )


def expect_committed(sources: Sequence[Source]) -> None:
    """Check that git has files as they are, so that to write over them loses nothing.

    Raises:
        UsageError: one is not in a git repository, not committed, or changed since.
    """
    folders: dict[Path, list[Path]] = defaultdict(list)
    for source in sources:
        assert source.path is not None
        real = Path(os.path.realpath(source.path))
        folders[real.parent].append(real)
    for folder, some in folders.items():
        for first in range(0, len(some), _AT_ONCE):
            _expect_committed(folder, some[first : first + _AT_ONCE])


def _expect_committed(folder: Path, files: Sequence[Path]) -> None:
    advice = "Commit it first, write elsewhere with -o, or say --force."
    try:
        status = subprocess.run(
            ["git", "-C", str(folder), "status", "--porcelain", "--ignored", "--", *(file.name for file in files)],
            capture_output=True,
            env={**os.environ, "GIT_LITERAL_PATHSPECS": "1"},
            check=False,
        )
    except OSError as error:
        raise UsageError(f"--in-place: git cannot be run ({error.strerror}). Write elsewhere with -o.") from error
    if status.returncode:
        raise UsageError(f"--in-place: {files[0]} is in no git repository, and could not be had back. {advice}")
    if status.stdout:
        changed = status.stdout.decode(errors="replace").splitlines()[0][3:]
        raise UsageError(f"--in-place: {changed} has changes that git does not have. {advice}")


@contextmanager
def placed(sources: Sequence[Source], output: Path | None, *, in_place: bool = False) -> Iterator[Place]:
    """Give the place of each file, and put all files there once the block ends well.

    In place, only the files that were written are replaced.

    Raises:
        OutputError: something cannot be written.
    """
    if in_place:
        with _in_place(sources) as place:
            yield place
    elif output is None:
        yield lambda source: None
    elif goes_into_folder(sources, output):
        with _folder(output) as place:
            yield place
    else:
        with whole(output) as part:
            yield lambda source: part


@contextmanager
def _in_place(sources: Sequence[Source]) -> Iterator[Place]:
    with TemporaryFolder() as folder:
        numbers = {source.name: number for number, source in enumerate(sources)}
        yield lambda source: folder / str(numbers[source.name])
        for source in sources:
            made = folder / str(numbers[source.name])
            if made.exists() and source.path is not None:
                with whole(source.path) as part:
                    shutil.copyfile(made, part)


@contextmanager
def _folder(output: Path) -> Iterator[Place]:
    target = Path(os.path.realpath(output))
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")

    def place(source: Source) -> Path:
        path = part / source.relative
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    try:
        part.mkdir()
        yield place
        if target.is_dir():
            target.rmdir()
        part.rename(target)
    except OSError as error:
        raise OutputError(f"{output}: cannot be written: {error.strerror or error}. Nothing was written.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
