"""The writer of an entry: it is written whole, within its bound, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from copydesk.engine.cache.key import KEY_BYTES
from copydesk.engine.cache.reader import EntryReader
from copydesk.engine.cache.writer import EntryWriter, Room
from copydesk.engine.parts import Part
from copydesk.model.chunk import Rejected

KEY = bytes(KEY_BYTES)
PARTS = [
    Part(columns={"body": "text"}, rejected=(Rejected("a.jsonl", 3, "cut short"),), bytes=70),
    Part(rejected=(Rejected("a.jsonl", None, "é"),), bytes=5),
]


class Witness:
    def __init__(self, agrees: bool) -> None:
        self.source: Any = None
        self._agrees = agrees

    def agrees(self) -> bool:
        return self._agrees


def write(folder: Path, *, room: Room, agrees: bool = True) -> Path:
    file, unfinished = folder / "entry.parts", folder / "entry.part"
    witness: Any = Witness(agrees)
    writer = EntryWriter(unfinished.open("w+b"), unfinished, file, name="entry", key=KEY, room=room, witness=witness)
    for part in PARTS:
        writer.add(part)
    writer.finish()
    assert not unfinished.exists()
    return file


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    room = Room(10_000)
    file = write(tmp_path, room=room)
    reader = EntryReader(file.open("rb"), name="entry", key=KEY, is_sound=lambda part: True)
    assert [load() for load in reader.parts] == PARTS
    reader.close()
    assert not room.has(10_000 - file.stat().st_size + 1) and room.has(10_000 - file.stat().st_size)


@pytest.mark.parametrize(("size", "agrees"), [(10, True), (10_000, False)])
def test_an_entry_without_room_or_of_a_changed_file_leaves_nothing(tmp_path: Path, size: int, agrees: bool) -> None:
    assert not write(tmp_path, room=Room(size), agrees=agrees).exists()
    assert not list(tmp_path.iterdir())
