"""A JSON array as lines: the same values, each with the line on which it begins, in pieces of any size."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import InputError
from copydesk.native.constants import ARRAY_STATE
from copydesk.native.functions import split_json_array

_texts = st.text(st.sampled_from('a"\\\\{}[],: \n\u00e9'), max_size=8)
_values: Any = st.recursive(
    st.none() | st.integers() | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(_values, max_size=5), st.sampled_from([None, 0, 2]), st.integers(1, 9))
def test_the_values_are_the_lines_whatever_the_pieces(values: list[Any], indent: int | None, size: int) -> None:
    data = json.dumps(values, indent=indent, ensure_ascii=False).encode()
    state, starts, out = np.zeros(ARRAY_STATE, np.int64), [], b""
    for start in range(0, len(data), size):
        piece = np.frombuffer(bytearray(data[start : start + size]), np.uint8)
        starts += split_json_array(piece, len(piece), state).tolist()
        out += piece.tobytes()
    lines = [line for line in out.decode().split("\n") if line.strip()]
    assert [json.loads(line) for line in lines] == values and len(starts) == len(values)
    if indent == 0 and values:
        assert starts[0] == 1 and starts == sorted(set(starts))


@pytest.mark.parametrize("data", [b"[1,,2]", b"[,1]", b"[1,]", b"[1]2", b"x", b"[1}"])
def test_what_no_array_has_is_an_error(data: bytes) -> None:
    with pytest.raises(SyntaxError):
        split_json_array(np.frombuffer(bytearray(data), np.uint8), len(data), np.zeros(ARRAY_STATE, np.int64))


def test_a_line_break_within_a_text_stays_one(read_bytes: Callable[..., Any]) -> None:
    [row], _ = read_bytes(b'[{"body": "One.\nTwo."}]', "a.json")
    assert row == {"body": "One.\nTwo."}
    with pytest.raises(InputError, match="UTF-8"):
        read_bytes(b'[{"body": "One.\nTwo."}, {"body": "\xff"}]', "a.json")


def test_a_broken_value_is_an_error_with_its_line(read_bytes: Callable[..., Any]) -> None:
    with pytest.raises(InputError, match=r"line 3: not valid JSON"):
        read_bytes(b'[{"body": "a"},\n\n{"body": tru}]', "a.json")
