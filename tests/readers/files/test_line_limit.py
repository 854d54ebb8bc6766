"""The longest line: a longer one is found in any blocks, and named; shorter ones never are."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import InputError
from copydesk.readers.files.line_limit import LineLimit
from copydesk.readers.files.source import ReadOptions, Source

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]


@given(st.lists(st.text("ab\n\r", max_size=12).map(str.encode)), st.integers(1, 6))
def test_a_line_is_too_long_whatever_the_blocks(blocks: list[bytes], longest: int) -> None:
    data = b"".join(blocks)
    faults = [found.start() for found in re.finditer(rb"[^\r\n]{%d,}" % (longest + 1), data)]
    limit = LineLimit(Source("a.csv", None, ".csv", options=ReadOptions(longest_line=longest)))
    if faults:
        line = data.count(b"\n", 0, faults[0]) + 1
        with pytest.raises(InputError, match=rf"a\.csv: line {line}: expected at most {longest} bytes, got more"):
            for block in blocks:
                limit.see(block)
    else:
        for block in blocks:
            limit.see(block)


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt", "a.md", "a.story", "a.src"])
@pytest.mark.parametrize("zeros", [True, False])
def test_a_file_of_one_endless_line_is_an_error(read_bytes: ReadBytes, name: str, zeros: bool) -> None:
    start = b"id\ttitle\tbody\n1\tStorm\t" if name == "a.tsv" else b"id,title,body\n1,Storm,"
    options = ReadOptions(longest_line=1 << 20)
    rest = bytes(5 << 20) if zeros else b"word " * (1 << 20)
    with pytest.raises(InputError, match=r"allow more: copydesk check \S+ --longest-line 3MB"):
        read_bytes(start + rest, name, options=options)
    assert read_bytes(start + b"word " * 1000, name, options=options)[0]


def test_a_text_of_many_lines_is_bounded_too(read_bytes: ReadBytes) -> None:
    options = ReadOptions(longest_line=1 << 20)
    with pytest.raises(InputError, match=r"expected a text of at most 4,194,304 bytes, got more\. .*3MB"):
        read_bytes(b"Storm\n" * (1 << 20), "a.txt", options=options)
    articles, [rejected] = read_bytes(b"Storm\n" * (1 << 19), "a.txt", options=options)
    assert not articles and "expected values of at most 1,048,576 bytes, got one of 3,1" in rejected.reason
    assert read_bytes(b"Storm\n" * (1 << 17), "a.txt", options=options)[0]
