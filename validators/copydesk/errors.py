"""The errors that copydesk raises, one tree.

CopydeskError
├── UsageError            the call itself is wrong (exit status 2)
│   ├── SuiteError        a suite that cannot be what its author meant
│   ├── MappingError      a column map that does not fit the data
│   ├── MissingExtraError an optional part of copydesk that is not installed
│   └── ArgumentError     an argument of a type that the call does not take; a TypeError, too
├── InputError            a file that cannot be read at all (exit status 2)
│   └── NoArticlesError   a file of a known format in which there is no article
│       └── WithoutTextError  its one item is a picture, or something else without text
├── OutputError           a file that cannot be written (exit status 2)
└── CacheError            the cache cannot be used: a run does without it, and says so

A collection that fails its expectations is a result, never an exception. A row that cannot be read is a
rejected row in that result.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = [
    "ArgumentError",
    "CacheError",
    "CopydeskError",
    "InputError",
    "MappingError",
    "MissingExtraError",
    "NoArticlesError",
    "OutputError",
    "SuiteError",
    "UsageError",
    "WithoutTextError",
    "did_you_mean",
]


class CopydeskError(Exception):
    """Base of every error that copydesk raises on purpose.

    The message is one line: where, what was expected, what was got, and what to do next.
    """


class UsageError(CopydeskError):
    """The command or the call is wrong."""


class SuiteError(UsageError):
    """A suite names a check or an option that does not exist, is empty, or is not a suite."""


class MappingError(UsageError):
    """A column map names a field or a column that does not exist, or no column has the body."""


class MissingExtraError(UsageError):
    """What was asked for needs a package that is not installed."""


class ArgumentError(UsageError, TypeError):
    """An argument of the library has a type that the call does not take."""


class InputError(CopydeskError):
    """A file or folder cannot be read at all: missing, cut short, of an unknown format, or without articles."""


class NoArticlesError(InputError):
    """A file is empty, or has a header and no record."""


class WithoutTextError(NoArticlesError):
    """A file is about something that has no text, as a picture: where others are with it, it is passed over."""


class OutputError(CopydeskError):
    """A file cannot be written: the disk is full, or the permission is missing."""


class CacheError(CopydeskError):
    """The cache cannot be used: its folder is a link, or its key is not the user's alone."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return " Did you mean 'x'?" for the closest known name, or an empty string where none is close.

    >>> did_you_mean("repeated-paragaph", ["repeated-paragraph", "ad-residue"])
    " Did you mean 'repeated-paragraph'?"
    >>> did_you_mean("zzz", ["ad-residue"])
    ''
    """
    close = difflib.get_close_matches(name, list(known), n=1)
    return f" Did you mean {close[0]!r}?" if close else ""
