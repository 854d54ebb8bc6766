"""The kernel says of every line what the expressions of `copydesk.text.expressions` say, whatever stands beside it."""

from __future__ import annotations

import platform
import subprocess
import sys
import weakref

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from polars.testing import assert_series_equal

from copydesk.lexicon.openings import sets_of
from copydesk.native import LIBRARY
from copydesk.testing.strategies import bodies, hostile_text
from copydesk.text.buffer import Text
from copydesk.text.characters import _tables, characters
from copydesk.text.expressions import CLOSERS, ENDINGS, LINE_BREAKS, ends_sentence, starts_lower, word_count
from copydesk.text.paragraphs import paragraphs_of

odd = "\t \x01\x1f\u00a0\u2009\u3000\u200bßŉﬁΐςσİıéЖж日本のไทยကखि\U00010428\U00020000😀\x7f" + ENDINGS + CLOSERS
lines = st.text(st.one_of(st.sampled_from(odd), st.characters(exclude_categories=["Cs"])), max_size=50)
texts = st.lists(st.one_of(lines, lines.map(lambda line: 9 * line), bodies(), hostile_text(max_size=300)), max_size=8)


def paragraphs(some: list[str]) -> pl.DataFrame:
    return paragraphs_of(pl.DataFrame({"body": some}, schema={"body": pl.String}).with_row_index("article"))


@given(texts)
@example(["The " + 300 * "long " + "line" + 40 * "”", 3000 * "日", "\x01\x02 a"])
def test_lines_are_told_as_their_words_say(some: list[str]) -> None:
    told = paragraphs(some)
    said = told.select(
        words=word_count(pl.col("text")),
        ends=ends_sentence(pl.col("text")),
        lower=starts_lower(pl.col("text")),
        chars=pl.col("text").str.len_chars().cast(pl.Int64),
    )
    plain = ~told["text"].str.contains(r"[\x00-\x08\x0e-\x1f]")  # between words these are taken for spaces, or are not
    for name in ("ends", "lower", "chars"):
        assert_series_equal(told[name], said[name])
    assert_series_equal(told["words"].filter(plain), said["words"].filter(plain))


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


def test_what_the_kernel_is_told_the_place_of_is_there_as_long_as_it_is_needed() -> None:
    kinds, *_ = _tables()
    table = np.zeros(8, np.uint64)
    gone = [weakref.ref(kinds), weakref.ref(table)]
    given = characters(), sets_of([table])
    _tables.cache_clear()  # as where another thread makes them at the same time, and puts its own there
    del kinds, table, _
    assert all(array() is not None for array in gone)
    del given
    assert all(array() is None for array in gone)


@given(st.lists(lines, min_size=2, max_size=6))
def test_a_paragraph_has_the_key_of_its_capitals(some: list[str]) -> None:
    told = paragraphs([line.replace("\n", " ") for line in some])
    loud = paragraphs(told["text"].str.to_uppercase().to_list())
    assert told["key"].to_list() == loud["key"].to_list()


def test_the_kernel_that_is_tested_is_that_of_its_source() -> None:
    source = LIBRARY.with_name("kernel.c")
    assert LIBRARY.stat().st_mtime >= source.stat().st_mtime, "build it: python ci/kernel_build.py"


FETCHED = """
from resource import RUSAGE_SELF, getrusage
from copydesk.native import call

def fetched():
    before = getrusage(RUSAGE_SELF).ru_minflt
    bytes(b"x" * (48 << 20))
    return getrusage(RUSAGE_SELF).ru_minflt - before

call("kept")
fetched()
kept = fetched()
fetched()
call("given_back")
print(kept, fetched())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other systems keep freed memory as they like")
def test_memory_that_is_freed_is_kept_until_it_is_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", FETCHED], capture_output=True, text=True, check=True)
    kept, given_back = map(int, done.stdout.split())
    assert kept < 100
    assert given_back > 1000
