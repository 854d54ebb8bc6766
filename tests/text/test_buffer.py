"""A column of text is the same as bytes, whether it is copied or taken as it lies."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.testing.strategies import bodies, hostile_text
from copydesk.text import buffer
from copydesk.text.buffer import VIEW, Text, cut, strings, translated
from copydesk.text.expressions import LINE_BREAKS

lines = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)
texts = st.lists(st.one_of(lines, lines.map(lambda line: 9 * line), bodies(), hostile_text(max_size=300)), max_size=8)


@given(texts, st.booleans())
def test_a_column_is_the_same_as_bytes(some: list[str], breaks: bool) -> None:
    series = pl.Series(some, dtype=pl.String)
    text = Text(series, breaks=breaks)
    expected = series.str.replace_all(LINE_BREAKS, "\n") if breaks else series
    assert text.bytes.tobytes() == "".join(line + "\n" for line in expected).encode()
    assert text.cut(text.begin, text.end).to_list() == expected.to_list()
    assert not text.data[text.size :].any()


@given(texts, st.booleans(), st.booleans())
@example(["", "short", "long enough to lie in memory"], True, True)
@example(["one line\r\nand another"], True, True)
@example(["one line\r\nand another"], False, True)
def test_texts_that_lie_as_they_must_are_not_copied(some: list[str], breaks: bool, whole: bool) -> None:
    text = Text(pl.Series(some, dtype=pl.String))
    if not whole:
        text.data[text.size] = 1  # what lies there may be anything
    lying = text.cut(text.begin, text.end)
    taken, copied = Text(lying, breaks=breaks), Text(pl.Series(some, dtype=pl.String), breaks=breaks)
    assert taken.data.tobytes() == copied.data.tobytes()
    assert taken.bounds.tolist() == copied.bounds.tolist()
    if some:
        assert np.shares_memory(taken.data, text.data) == (whole and copied.bytes.tobytes() == text.bytes.tobytes())
        assert not np.shares_memory(Text(lying[::-1]).data, text.data) or lying.equals(lying[::-1])


@given(texts, st.integers(0, 8), st.integers(0, 8))
def test_a_slice_of_a_column_is_the_slice(some: list[str], first: int, size: int) -> None:
    series = pl.Series(some, dtype=pl.String).slice(first, size)
    assert Text(series).bytes.tobytes() == "".join(line + "\n" for line in series).encode()


@given(texts)
def test_a_place_is_in_the_text_around_it(some: list[str]) -> None:
    text = Text(pl.Series(some, dtype=pl.String))
    owners = [n for n, line in enumerate(some) for _ in (line + "\n").encode()]
    assert text.of(np.arange(text.size)).tolist() == owners


@given(lines, st.data())
def test_what_is_cut_out_is_what_lies_there(line: str, data: st.DataObject) -> None:
    places = [len(line[:n].encode()) for n in range(len(line) + 1)]
    spans = data.draw(st.lists(st.tuples(*[st.integers(0, len(line))] * 2).map(sorted), max_size=5))
    begin, end = (np.array([places[span[side]] for span in spans], np.int64) for side in (0, 1))
    some = np.frombuffer(line.encode() or b"\0", np.uint8)
    assert cut(some, begin, end).to_list() == [line[first:last] for first, last in spans]


def test_more_text_than_places_can_be_counted_in_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buffer, "MOST_BYTES", 9)
    some, place = np.zeros(10, np.uint8), np.zeros(1, np.int64)
    assert cut(some[:9], place, place + 9).to_list() == ["\0" * 9]
    with pytest.raises(OverflowError, match=r"expected at most 9 bytes, got 10\. Split"):
        cut(some, place, place)
    with pytest.raises(OverflowError, match=r"expected at most 9 bytes, got 10\. Split"):
        strings(np.zeros(1, VIEW), [some[:9], some])


def test_strings_are_null_where_they_are_not_there() -> None:
    views = np.zeros(3, VIEW)
    assert strings(views, [], [True, False, True]).to_list() == ["", None, ""]
    assert strings(views[:0], []).to_list() == []


@given(st.binary(max_size=99), st.binary(min_size=256, max_size=256))
def test_bytes_are_translated_as_a_table_says(some: bytes, table: bytes) -> None:
    data, codes = (np.frombuffer(part, np.uint8) for part in (some, table))
    assert translated(data, codes).tolist() == codes[data].tolist()
