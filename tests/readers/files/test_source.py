"""What is known of a file before it is read."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from copydesk.readers.files.compression import open_stream
from copydesk.readers.files.source import COMPRESSIONS, STDIN, Source


def test_a_source_does_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Source(STDIN, None, ".jsonl").bytes = 1  # type: ignore[misc]


def test_equal_sources_are_one_key() -> None:
    one, same = (Source("a.jsonl", Path("a.jsonl"), ".jsonl", bytes=7) for _ in range(2))
    assert {one: "entry"}[same] == "entry"
    assert one != dataclasses.replace(one, bytes=8)


@pytest.mark.parametrize("compression", [None, *COMPRESSIONS.values()])
def test_every_compression_that_a_source_can_name_can_be_opened(tmp_path: Path, compression: str | None) -> None:
    file = tmp_path / "empty"
    file.write_bytes(b"")
    with open_stream(Source("empty", file, ".jsonl", compression)) as stream:
        assert stream.name == "empty"
