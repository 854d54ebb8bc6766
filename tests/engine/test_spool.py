"""Spools: what was put comes out again, wherever it lay, and keeps no more in memory than it is."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import gettempdir

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from copydesk.engine.spool import Memory, Spool, copy_texts
from copydesk.errors import OutputError

FRAMES = st.lists(
    st.tuples(st.lists(st.integers(0, 5), max_size=6), st.booleans()).map(
        lambda given: pl.DataFrame({"n": given[0]}, schema={"n": pl.UInt32}).select(
            "n", text=pl.col("n").cast(pl.String).repeat_by(9).list.join(""), list=pl.col("n").repeat_by(3), small=1
        )[:, : 4 if given[1] else 3]
    ),
    min_size=1,
    max_size=5,
)


@settings(deadline=None, max_examples=40)
@given(FRAMES, st.sampled_from([0, 300, 1 << 20]), st.integers(0, 6), st.integers(0, 9))
def test_a_scan_is_all_that_was_put_whatever_lies_on_disk(
    frames: list[pl.DataFrame], limit: int, number: int, some: int
) -> None:
    memory = Memory(limit)
    spool, other = Spool(memory), Spool(memory)
    for frame in frames:
        spool.put(frame)
        other.put(frame.reverse())
        assert spool.held_bytes + other.held_bytes <= limit
    there = [frame for n, frame in enumerate(frames) if frame.height or not n]
    whole = pl.concat(there, how="diagonal_relaxed")
    assert spool.height == whole.height
    wanted = pl.col("n") == number
    questions: list[Callable[[pl.LazyFrame], pl.LazyFrame]] = [
        lambda frame: frame,
        lambda frame: frame.select("list", "n"),
        lambda frame: frame.filter(wanted),
        lambda frame: frame.filter(wanted).select("text").head(some),
        lambda frame: frame.slice(some, 3),
        lambda frame: frame.select(pl.len()),
    ]
    for asked in questions:
        assert_frame_equal(asked(spool.scan()).collect(), asked(whole.lazy()).collect())
        assert_frame_equal(asked(spool.scan()).collect(engine="streaming"), asked(whole.lazy()).collect())
    slices = list(spool.slices(some + 1))
    assert all(part.height <= some + 1 for part in slices)
    assert_frame_equal(pl.concat([whole.clear(), *slices], how="diagonal_relaxed"), whole)
    spool.close()
    other.close()


@pytest.mark.skipif(sys.platform == "win32", reason="files cannot be kept short there")
def test_a_full_disk_is_an_error_that_says_where(short_files: Callable[[int], AbstractContextManager[None]]) -> None:
    spool = Spool(Memory(1000))
    with (
        short_files(1000),
        pytest.raises(
            OutputError,
            match=rf"{re.escape(gettempdir())}.*: temporary files cannot be written: .*Set TMPDIR.*--memory 1GB",
        ),
    ):
        spool.put(pl.DataFrame({"text": ["words of a finding" * 100] * 10}))
    spool.close()


def test_no_folder_for_temporary_files_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nothing"))
    spool = Spool(Memory(0))
    with pytest.raises(OutputError, match=r"The folder for temporary files: .*Set TMPDIR"):
        spool.put(pl.DataFrame({"n": [1]}))


@pytest.mark.parametrize("rows", [[7], [7, 8, 9], [7, 5_000]])
def test_rows_that_were_asked_for_keep_no_others_in_memory(
    rows: list[int], held: Callable[[pl.DataFrame], int]
) -> None:
    spool = Spool(Memory(0))
    n = pl.int_range(10_000, eager=True).alias("n")
    spool.put(pl.select(n, text=pl.format("a line of no more than {} words", n), list=n.repeat_by(9)))
    found = spool.scan().filter(pl.col("n").is_in(rows)).collect()
    assert found["n"].to_list() == rows
    spool.close()
    assert held(found) < 1_000 * len(rows)


@given(st.lists(st.none() | st.text(max_size=30)))
def test_a_frame_with_copied_texts_is_the_same_without_the_text_around_it(
    held: Callable[[pl.DataFrame], int], texts: list[str | None]
) -> None:
    long = pl.DataFrame({"text": texts, "n": range(len(texts))}, schema={"text": pl.String, "n": pl.Int64})
    long = long.with_columns(pl.col("text") + 500 * " and after")
    cut = long.with_columns(pl.col("text").str.head(40))
    assert_frame_equal(copy_texts(cut), cut)
    assert held(copy_texts(cut)) < 200 * (len(texts) + 1)
