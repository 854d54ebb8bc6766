"""The reader of an entry: it takes only what is whole, signed with the key, and of the name."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.engine.cache.entry import DamagedError
from copydesk.engine.cache.reader import EntryReader
from copydesk.engine.cache.writer import Room

from .test_writer import KEY, PARTS, write


@pytest.fixture(scope="module")
def entry(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write(tmp_path_factory.mktemp("entry"), room=Room(10_000)).read_bytes()


def read(data: bytes, *, name: str = "entry", key: bytes = KEY) -> list[object]:
    reader = EntryReader(io.BytesIO(data), name=name, key=key, is_sound=lambda part: True)
    return [load() for load in reader.parts]


def test_a_whole_entry_is_taken(entry: bytes) -> None:
    assert read(entry) == PARTS


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_changed_a_cut_and_a_longer_entry_are_refused(entry: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(entry) - 1))
    flip = data.draw(st.integers(1, 255))
    changed = entry[:place] + bytes([entry[place] ^ flip]) + entry[place + 1 :]
    for damaged in (changed, entry[:place], entry + changed[:place] + b"x"):
        with pytest.raises(DamagedError):
            read(damaged)


def test_another_name_and_another_key_are_refused(entry: bytes) -> None:
    with pytest.raises(DamagedError):
        read(entry, name="other")
    with pytest.raises(DamagedError):
        read(entry, key=bytes(len(KEY) - 1) + b"x")


def test_a_part_that_this_run_could_not_have_made_is_refused(entry: bytes, tmp_path: Path) -> None:
    reader = EntryReader(io.BytesIO(entry), name="entry", key=KEY, is_sound=lambda part: False)
    with pytest.raises(DamagedError, match="none that this run could have made"):
        reader.parts[0]()
