"""The longest line of a file: a longer one is an error, before it fills the memory."""

from __future__ import annotations

import re

from copydesk.errors import InputError
from copydesk.readers.files.source import Source, check_command

__all__ = ["LineLimit", "more_allowed"]

_BREAK = re.compile(rb"[\r\n]")


class LineLimit:
    r"""Raises an InputError as soon as a line of a file is too long. A line ends with \n or \r.

    >>> from copydesk.readers.files.source import ReadOptions
    >>> limit = LineLimit(Source("a.csv", None, ".csv", options=ReadOptions(longest_line=4)))
    >>> limit.see(b"abc\nab")
    >>> limit.see(b"cd\n")
    >>> limit.see(b"abcde")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    copydesk.errors.InputError: a.csv: line 3: expected at most 4 bytes, got more. If it is an article, allow more: ...
    """

    def __init__(self, source: Source) -> None:
        self._source, self._longest = source, source.options.longest_line
        self._before = self._open = 0  # whole lines, and bytes of the line that has not ended

    def see(self, data: bytes) -> None:
        """Look at the next bytes of the file.

        Raises:
            InputError: a line has more bytes than the options of the file allow.
        """
        if self._open + len(data) > self._longest:
            self._expect_short_lines(data)
        last = max(data.rfind(b"\n"), data.rfind(b"\r"))
        self._open = len(data) - last - 1 if last >= 0 else self._open + len(data)
        self._before += data.count(b"\n")

    def _expect_short_lines(self, data: bytes) -> None:
        start, before = -self._open, self._before
        for end in (*(found.start() for found in _BREAK.finditer(data)), len(data)):
            if end - start > self._longest:
                name, options = self._source.name, more_allowed(self._source)
                raise InputError(
                    f"{name}: line {before + 1:,}: expected at most {self._longest:,} bytes, got more. {options}"
                )
            start = end + 1
            before += data[end : end + 1] == b"\n"


def more_allowed(source: Source) -> str:
    """Return the sentence that says how a line may be longer."""
    twice = f"{-(-2 * source.options.longest_line // 10**6)}MB"
    return f"If it is an article, allow more: {check_command(source.name, '--longest-line', twice)}."
