"""Blocks of separated values mean what csv makes of them, whatever is in them and however they are cut."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.readers.delimited import blocks, separated_values

_fields = st.text(st.sampled_from('a,"\n\r;é '), max_size=5)
_rows = st.lists(st.tuples(_fields, _fields, _fields), min_size=1, max_size=8)


@settings(max_examples=60)
@given(_rows, st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_the_fast_way_and_csv_read_the_same(
    read_bytes: Callable[..., Any], rows: list[tuple[str, str, str]], end: str, quoting: Any
) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator=end, quoting=quoting).writerows([("id", "title", "text"), *rows])
    data = out.getvalue().encode()
    fast = read_bytes(data, "a.csv", bare=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(separated_values, "_start_of_records", lambda *_: None)
        assert fast == read_bytes(data, "a.csv", bare=False)


@settings(max_examples=60)
@given(st.text(st.sampled_from('a,"\n\r'), max_size=40))
def test_what_is_malformed_is_rejected_in_the_same_way(read_bytes: Callable[..., Any], text: str) -> None:
    data = f"title,text\nStorm,It rained\n{text}".encode()
    fast = read_bytes(data, "a.csv", bare=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(separated_values, "_start_of_records", lambda *_: None)
        assert fast == read_bytes(data, "a.csv", bare=False)


def test_a_bad_record_far_behind_is_named_with_its_line(
    read_bytes: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "_BLOCK", 1 << 10)
    monkeypatch.setattr(blocks, "_LEAST", 1 << 10)
    good = b'Storm,"It rained,\nand rained."\n' * 500
    rows, [rejected] = read_bytes(b"title,text\n" + good + b"one field\n" + good, "a.csv", bare=False)
    assert [row["row"] for row in rows] == [*range(1, 501), *range(502, 1002)]
    assert rejected.line == 1002 and rows[500]["line"] == 1003 and rows[1]["line"] == 4
