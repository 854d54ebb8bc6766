"""Pointers of Git LFS: small files that stand for large ones, which were not fetched."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from copydesk.errors import InputError

__all__ = ["expect_content"]

#: How a pointer begins, and the most bytes that it has (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md).
_BEGINNING = b"version https://git-lfs.github.com/spec/"
_MOST_BYTES = 1024


def expect_content(path: Path, stored: int) -> None:
    """See that a file is not a pointer.

    Args:
        path: the file.
        stored: its size in bytes.

    Raises:
        InputError: it is one.
    """
    if not len(_BEGINNING) < stored < _MOST_BYTES:
        return
    with suppress(OSError), path.open("rb") as file:
        if file.read(len(_BEGINNING)) == _BEGINNING:
            raise InputError(
                f"{path}: is a pointer of Git LFS, and not the file itself. Run `git lfs pull`; in a workflow, give"
                " actions/checkout `lfs: true`."
            )
