"""A JSON array as JSON lines, so that the fast reader of these reads it: a line for each value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from copydesk.errors import InputError
from copydesk.native.constants import (
    ARRAY_BREAKS,
    ARRAY_DEPTH,
    ARRAY_END,
    ARRAY_LINES,
    ARRAY_MARKS,
    ARRAY_NEXT,
    ARRAY_STATE,
    BREAK_MARK,
)
from copydesk.native.functions import split_json_array
from copydesk.readers.fields.json_values import InvalidError, parse_object
from copydesk.readers.files.compression import Stream

if TYPE_CHECKING:
    from copydesk.text.buffer import Bytes, Places

__all__ = ["ArrayLines"]

#: No value is nested deeper.
_DEEPEST = 1000

_MARK = bytes([BREAK_MARK])


class ArrayLines(Stream):
    """The values of the array that a stream holds, a line each; each keeps the number of its line in the file.

    Args:
        stream: its text must have been started, and begin with the array.
    """

    expected = "an array of objects"

    def __init__(self, stream: Stream) -> None:
        self.source = stream.source
        self._stream = stream
        self._state = np.zeros(ARRAY_STATE, np.int64)
        self._waiting = b""
        self._starts: list[Places] = []
        self._before = 0  # values that nobody will ask for any more

    def unread(self, data: bytes) -> None:
        """Put lines back, to be read again."""
        self._waiting = data + self._waiting

    def start_text(self) -> None:
        """Do nothing: the text was started."""

    def stored(self) -> int:
        """Return how many bytes of the stored file were read since the last call."""
        return self._stream.stored()

    def read(self, size: int) -> bytes:
        """Read `size` bytes of lines, or fewer at the end; see `Stream.read`."""
        data, self._waiting = self._waiting[:size], self._waiting[size:]
        more = np.frombuffer(bytearray(self._stream.read(size - len(data))), np.uint8)
        self._split(more, is_last=len(data) + len(more) < size)
        return data + more.tobytes()

    def readinto(self, block: memoryview) -> int:
        """Fill a block with lines, see `Stream.readinto`."""
        size = min(len(self._waiting), len(block))
        block[:size], self._waiting = self._waiting[:size], self._waiting[size:]
        more = self._stream.readinto(block[size:])
        self._split(np.frombuffer(block[size : size + more], np.uint8), is_last=size + more < len(block))
        return size + more

    def line_of(self, numbers: Places) -> Places:
        """Return the line of the file, from 1, for lines of this stream, from 1, that are asked for in order."""
        if not len(numbers):
            return numbers
        starts = np.concatenate(self._starts)
        lines: Places = starts[numbers - 1 - self._before] + 1
        done = int(numbers[-1]) - self._before
        self._starts, self._before = [starts[done:]], self._before + done
        return lines

    def restore(self, line: bytes) -> bytes:
        """Return a line with the line breaks that were in its strings."""
        return line.replace(_MARK, b"\n") if self._state[ARRAY_BREAKS] else line

    def parse(self, line: bytes, number: int) -> dict[str, object]:
        """Read a line as an object.

        Raises:
            UnreadableError: it is another value, or not UTF-8.
            InputError: it is no JSON: nobody can tell where the next value begins.
        """
        try:
            return parse_object(self.restore(line))
        except InvalidError as error:
            raise self._fault(number, f"{error}, ") from error

    def _split(self, data: Bytes, *, is_last: bool) -> None:
        if len(data):
            try:
                self._starts.append(split_json_array(data, len(data), self._state))
            except SyntaxError as error:
                raise self._fault(int(self._state[ARRAY_LINES]) + 1) from error
        if self._state[ARRAY_BREAKS] and self._state[ARRAY_MARKS]:
            raise InputError(f"{self.name}: expected line breaks in texts as \\\\n, and UTF-8, got neither.")
        if is_last and self._state[ARRAY_NEXT] != ARRAY_END:
            raise self._fault(int(self._state[ARRAY_LINES]) + 1, got="the end of the file")

    def _fault(self, line: int, why: str = "", got: str = "other text") -> InputError:
        expected = "',' or ']' after a value of the array"
        if self._state[ARRAY_NEXT] == ARRAY_END:
            expected = "the end of the file after the array"
        elif self._state[ARRAY_DEPTH] > _DEEPEST:
            why = "nested too deeply, "
        return InputError(
            f"{self.name}: line {line}: not valid JSON: {why}expected {expected}, got {got}."
            " Fetch or write the file again. If each line is an object, name it .jsonl."
        )
