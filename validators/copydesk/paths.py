"""Paths that no file can have: too long, with a NUL, or beyond a folder that may not be entered.

`Path.exists` raises an error of Python's for these, where for any other path it answers.
"""

from __future__ import annotations

import errno
from pathlib import Path

from copydesk.errors import UsageError

__all__ = ["expect_path"]

#: A file may be missing: whoever opens it says so, and knows what it should be.
_MISSING = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)

_SHOWN = 60


def expect_path(path: str | Path) -> None:
    """See that a file could be at a path, whether one is there or not.

    Raises:
        UsageError: no file can have this name, or the folder cannot be entered.
    """
    try:
        Path(path).stat()
    except ValueError as error:
        raise UsageError(f"{_shown(path)}: no file can have this name: {_why(error)}. Name another one.") from error
    except OSError as error:
        if error.errno not in _MISSING:
            raise UsageError(
                f"{_shown(path)}: this path cannot be used: {error.strerror}. Name another one."
            ) from error


def _why(error: ValueError) -> str:
    if isinstance(error, UnicodeError):
        return "it holds half of a surrogate pair"
    return "it holds the character NUL" if "null" in str(error) else str(error)


def _shown(path: str | Path) -> str:
    """Return the beginning of a path, and the characters that no terminal shows as escapes."""
    name = str(path).encode("unicode_escape").decode("ascii")
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}… ({len(str(path)):,} characters)"
