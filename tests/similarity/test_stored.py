"""Rows of numbers are the same in memory and in a file, and a file leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import OutputError
from copydesk.similarity import stored
from copydesk.similarity.stored import Stored, folder_for


@given(st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=6), max_size=5), st.integers(0, 9), st.integers(0, 9))
@settings(max_examples=20)
def test_numbers_come_back_from_memory_and_from_a_file(parts: list[list[int]], begin: int, more: int) -> None:
    numbers = [number for part in parts for number in part]
    places = [n for n in (0, begin, 0) if n < len(numbers)]
    for folder in (folder_for(1, 1), folder_for(2, 1)):
        some = Stored(np.uint32, folder, "some")
        for part in parts:
            some.append(np.array(part, np.uint32))
        assert some.read().tolist() == numbers
        assert some.read(begin, begin + more).tolist() == numbers[begin : begin + more]
        assert some.take(np.array(places, np.int64)).tolist() == [numbers[n] for n in places]
        some.remove()
        if folder:
            assert [file.name for file in folder.path.iterdir()] in ([], ["lock"])


def test_rows_of_two_are_read_as_they_were_written() -> None:
    for folder in (None, folder_for(2, 1)):
        some = Stored(np.uint64, folder, "some")
        some.append(np.array([[1, 2], [3, 4]], np.uint64)[:, ::-1])
        assert some.read().reshape(-1, 2).tolist() == [[2, 1], [4, 3]]


def test_a_folder_that_takes_no_files_is_named_with_what_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_for(2, 1)
    assert folder
    some = Stored(np.uint32, folder, "some")
    folder.close()
    with pytest.raises(OutputError, match=r"Temporary files cannot be written: .*Set TMPDIR"):
        some.append(np.zeros(1, np.uint32))

    def refuse() -> Path:
        raise OSError("no room")

    monkeypatch.setattr(stored, "TemporaryFolder", refuse)
    with pytest.raises(OutputError, match="no room"):
        folder_for(2, 1)
