"""Fuzz the reader of JSON lines: whatever a line is, the native part reads what Python's json reads, or leaves it.

    python ci/fuzz_json_lines.py [--seconds 60] [--seed N]

It is for a library with sanitizers in it (`ci/sanitize`), but runs with any. All that is read lies in memory of just
its size, so that a byte read or written too far is seen. A line that is read in two ways is printed, and ends the run.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl

from copydesk.native.constants import NONE, SPARE, TEXT
from copydesk.native.functions import JsonMemory, count_line_breaks, read_json_lines
from copydesk.readers.fields.json_values import UnreadableError, parse_object, texts
from copydesk.text.buffer import Text, strings

#: Of each column what joins the items of a list, and what its values are for.
COLUMNS = {"body": ("\n", "text"), "title": (", ", "text"), "authors": (", ", "name")}

#: So many lines at most for each call.
LINES = 300

LETTERS = ["a", " ", "é", "ж", "日", "😀", "\u2028", "\x85", "\x00", "\x1f", "\x7f", "\ufeff", "/", "'"]
ESCAPES = [r"\n", r"\"", r"\\", r"\/", r"\b", r"\f", r"\r", r"\t", r"\u0041", r"\u00E9", r"\u2028", r"\u0000"]
ESCAPES += [r"\ud83d\ude00", r"\uD83D\uDE00", r"\uDBFF\uDFFF"]
BROKEN_ESCAPES = [r"\ud800", r"\udc00", r"\ud83dx", r"\ud83d\u0041", r"\x41", r"\u12", r"\U0041", r"\uZZZZ", "\\"]
NUMBERS = ["0", "-0", "7", "-12", "1.5", "0.25", "1.50", "1e5", "1E+5", "1e-7", "-0.0", "9007199254740993"]
NUMBERS += ["123456789012345.6", "12345678901234.5", "0.30000000000000004", "1e400", "NaN", "Infinity", "-Infinity"]
NUMBERS += ["9" * 40, "9" * 3999, "9" * 4000, "01", "1.", ".5", "+1", "-", "1e", "0x10"]
WORDS = ["true", "false", "null", "tru", "nullx", "True"]
ODD = ["", "  ", "[]", "null", "{", "}", "{}", "{ }", '{"body": "a"} {}', "[" * 99]
SPACES = ["", "", "", " ", "\t", "\r ", "  "]
KEYS = ["body", "title", "authors", "other", "", "bod\\u0079", "Body", "body ", "k" * 100]
DAMAGE = [*(bytes([byte]) for byte in b'"\\{}[]:,0-eEu .\x00\x1f\x80\xbf\xc0\xc3\xe0\xed\xf0\xf4\xff'), b"\xed\xa0\x80"]


class Lines:
    """Random lines, most of them JSON objects, some damaged."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def line(self) -> bytes:
        """Return a line without its end."""
        kind = self.random.random()
        if kind < 0.03:
            data = self.random.choice(ODD).encode()
        elif kind < 0.06:
            deep = self.random.choice([62, 63, 64, 65, 66, 200])
            data = f'{{"other": {"[" * deep}{"]" * deep}, "body": "deep"}}'.encode()
        else:
            data = self._object(0, self.random.choices(KEYS, k=self.random.randint(0, 6))).encode()
        if self.random.random() < 0.2:
            data = self._damaged(data)
        return data.replace(b"\n", b"")

    def _pick(self, *choices: list[str]) -> str:
        return self.random.choice(self.random.choice(choices))

    def _string(self) -> str:
        size = self.random.choice([0, 1, 3, 11, 12, 13, 15, 16, 17, 31, 33, 200])
        pieces = self.random.choices([*"abcdef ", *LETTERS, *ESCAPES], k=size)
        if self.random.random() < 0.03:
            pieces.insert(self.random.randint(0, size), self.random.choice(BROKEN_ESCAPES))
        return f'"{"".join(pieces)}"'

    def _value(self, depth: int) -> str:
        kind = self.random.random()
        if kind < 0.5 or depth > 3:
            return self._string()
        if kind < 0.65:
            return self._pick(NUMBERS, [repr(self.random.uniform(-1e6, 1e6)), str(self.random.getrandbits(70))])
        if kind < 0.75:
            return self._pick(WORDS[:3], WORDS[:3], WORDS)
        if kind < 0.9:
            space = self.random.choice(SPACES)
            items = [self._value(depth + 1) for _ in range(self.random.choice([0, 1, 2, 5]))]
            return f"[{space}{f'{space},{space}'.join(items)}{space}]"
        return self._object(depth + 1, self.random.choices(["name", "value", "x", "body"], k=self.random.randint(0, 3)))

    def _object(self, depth: int, keys: list[str]) -> str:
        space = self.random.choice(SPACES)
        pairs = [f'"{key}"{space}:{space}{self._value(depth)}' for key in keys]
        return f"{{{space}{f'{space},{space}'.join(pairs)}{space}}}{space}"

    def _damaged(self, data: bytes) -> bytes:
        for _ in range(self.random.choice([1, 1, 2, 5])):
            place = self.random.randint(0, len(data))
            behind = place + self.random.choice([0, 0, 1, 1, 8, len(data)])
            data = data[:place] + self.random.choice([b"", *DAMAGE]) + data[behind:]
        return data


def read(
    lines: list[bytes], end: bytes, wanted: list[tuple[Any, Any]]
) -> Iterator[tuple[bytes, list[str | None] | None]]:
    """Read lines as the native part does; yield each that is not blank, with its texts, or None where it left it."""
    data = b"\n".join(lines) + end
    # Behind the last line end there may be anything; without one, zeros.
    behind = b'\xff"{' * SPARE if data.endswith(b"\n") else bytes(SPARE)
    block = np.frombuffer(data + behind[:SPARE], np.uint8).copy()
    memory = JsonMemory(*(np.zeros(len(data) + SPARE, np.uint8) for _ in range(2)), np.zeros(2, int), np.zeros(2, int))
    most = count_line_breaks(block, len(data)) + (not data.endswith(b"\n"))
    rows = read_json_lines(block, len(data), *wanted, body=0, most=most, memory=memory)
    assert memory.written[0] <= len(data) + 1 and memory.written[1] <= len(data), memory.written
    states = rows.states
    columns = [
        strings(rows.views[n].copy(), [memory.bodies if n == 0 else memory.others], states[n] == TEXT)
        for n in range(len(COLUMNS))
    ]
    for row, (_, first, last) in enumerate(rows.places.T.tolist()):
        assert rows.read[row] or not states[:, row].any(), "a row that was left has texts"
        assert {*states[:, row].tolist()} <= {0, TEXT, NONE}
        yield data[first:last], [column[row] for column in columns] if rows.read[row] else None


def main() -> int:
    """Fuzz; return 0 where nothing differs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=60, help="how long (default: 60)")
    parser.add_argument("--seed", type=int, default=1, help="which inputs (default: 1)")
    arguments = parser.parse_args()
    lines, ends = Lines(arguments.seed), [b"\n", b"", b"\n\n", b"\r\n"]
    columns = [Text(pl.Series(some)) for some in ([*COLUMNS], [separator for separator, _ in COLUMNS.values()])]
    names = [(text.bytes, text.bounds) for text in columns]
    inputs = native = 0
    started = time.monotonic()
    while time.monotonic() - started < arguments.seconds:
        some = [lines.line() for _ in range(lines.random.randint(1, LINES))]
        known = read(some, lines.random.choice(ends), names)
        expected = [line for line in some if line.strip(b" \t\r")]
        for line in expected:
            given, got = next(known)
            inputs, native = inputs + 1, native + (got is not None)
            try:
                wanted = texts(parse_object(line), COLUMNS)
            except UnreadableError:
                wanted = None
            if given.rstrip(b"\r") != line.rstrip(b"\r") or (got is not None and got != wanted):
                print(f"This line is read in two ways (seed {arguments.seed}):\n{line!r}")
                print(f"native: {got}\nPython: {wanted}")
                return 1
        if (more := next(known, None)) is not None:
            print(f"A line is read that is not there (seed {arguments.seed}): {more}\nlines: {some}")
            return 1
    seconds = time.monotonic() - started
    print(
        f"{inputs:,} lines in {seconds:.0f} s ({inputs / seconds:,.0f} a second), seed {arguments.seed}:"
        f" the native part read {native:,} of them, all as Python's json does, and left the rest to it"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
