"""An entry counts only if this user's copydesk has written it, for this very name, and no byte of it has changed."""

from __future__ import annotations

import io
import json
import secrets
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from blake3 import blake3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.engine.cache.entry import LENGTH_BYTES, TAIL_BYTES, DamagedError, Description, from_json, signature
from copydesk.engine.cache.key import key_file, load_key
from copydesk.engine.cache.reader import EntryReader
from copydesk.engine.cache.writer import EntryWriter, Room, _Sink, _write
from copydesk.engine.parts import Frames
from copydesk.errors import InputError
from copydesk.model.chunk import Chunk
from copydesk.readers import Source, read_files
from copydesk.run import check

from .collection import FEW, data_of, entries, told, write

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
KINDS = ["ad", "repeat", "broken", "copy", "copy"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Any]:
    """Return a file, the folder of its entry, and what a run says of it."""
    folder = tmp_path_factory.mktemp("collection")
    file = write(folder, "a", KINDS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("copydesk.engine.cache.LEAST", 1)
        told(file, folder / "kept", chunk_bytes=300)  # several parts
    return file, folder / "kept", told(file)


class Reads:
    """Reads files, and counts how often it is asked to."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, sources: Sequence[Source], **options: Any) -> Iterator[Chunk]:
        self.count += 1
        return read_files(sources, **options)


def is_used(file: Path, kept: Path) -> bool:
    reads = Reads()
    told(file, kept, read=reads)
    return not reads.count


def descriptions(data: bytes) -> tuple[bytes, list[dict[str, Any]]]:
    """Return the bytes of the parts, and what is said of them."""
    length = int.from_bytes(data[-TAIL_BYTES:][:LENGTH_BYTES], "big")
    end = len(data) - TAIL_BYTES
    return data[: end - length], json.loads(data[end - length : end])


def signed(parts: bytes, said: Any, name: str, key: bytes) -> bytes:
    about = json.dumps(said).encode()
    return parts + about + len(about).to_bytes(LENGTH_BYTES, "big") + signature(key, name, about)


@SETTINGS
@given(st.data())
def test_a_damaged_entry_is_made_anew(made: tuple[Path, Path, Any], data: st.DataObject) -> None:
    file, kept, expected = made
    (stored,) = entries(kept)
    whole = stored.read_bytes()
    changed = bytearray(whole)
    what = data.draw(st.sampled_from(["flipped", "flipped in the tail", "cut", "longer", "replaced"]))
    # What comes after the parts is short, and is struck as often as they are.
    first = len(descriptions(whole)[0]) if what == "flipped in the tail" else 0
    place = data.draw(st.integers(first, len(whole) - 1))
    if what.startswith("flipped"):
        changed[place] ^= data.draw(st.integers(1, 255))
    elif what == "cut":
        del changed[place:]
    elif what == "longer":
        changed[place:place] = data.draw(st.binary(min_size=1, max_size=40))
    else:
        more = data.draw(st.binary(min_size=1, max_size=60).filter(lambda b: b != whole[place : place + len(b)]))
        changed[place : place + len(more)] = more
    stored.write_bytes(changed)
    try:
        reads = Reads()
        assert told(file, kept, read=reads, chunk_bytes=300) == expected
        assert reads.count == 1
        assert is_used(file, kept)
    finally:
        stored.write_bytes(whole)


def test_an_entry_of_another_name_is_not_used(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    files = [write(tmp_path, "a", ["ad"]), write(tmp_path, "b", ["repeat"])]
    expected = [told(file, kept) for file in files]
    first, second = entries(kept)
    swapped = first.read_bytes(), second.read_bytes()
    first.write_bytes(swapped[1])
    second.write_bytes(swapped[0])
    assert [told(file, kept) for file in files] == expected


def test_what_a_stranger_has_signed_is_not_used(made: tuple[Path, Path, Any]) -> None:
    file, kept, expected = made
    (stored,) = entries(kept)
    whole = stored.read_bytes()
    parts, said = descriptions(whole)
    assert is_used(file, kept)
    said[0]["height"] = 0  # what it would have the run believe
    said[0]["frames"] = {}
    for key in (bytes(32), secrets.token_bytes(32)):
        stored.write_bytes(signed(parts, said, stored.stem, key))
        assert told(file, kept) == expected
    # As entries were before they were signed: with a checksum that anybody can compute.
    about = json.dumps(said).encode()
    stored.write_bytes(parts + about + b"%010d%010d" % (zlib.crc32(about), len(about)))
    assert told(file, kept) == expected
    stored.write_bytes(whole)


def test_an_entry_of_another_user_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, kept = write(tmp_path, "a", ["ad"]), tmp_path / "kept"
    expected = told(file, kept)
    assert is_used(file, kept)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "another"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "another"))
    reads = Reads()
    assert told(file, kept, read=reads) == expected
    assert reads.count == 1
    assert is_used(file, kept)  # and is then the user's own
    assert key_file().is_relative_to(tmp_path)


WRONG: dict[str, Callable[[dict[str, Any]], Any]] = {
    "more articles": lambda said: said | {"height": 10**6},
    "no articles": lambda said: said | {"height": 0},
    "fewer than none": lambda said: said | {"height": -1},
    "half an article": lambda said: said | {"height": 1.5},
    "true articles": lambda said: said | {"height": True},
    "a frame less": lambda said: said | {"frames": dict(list(said["frames"].items())[1:])},
    "a frame of another name": lambda said: (
        said | {"frames": {f"{n}x" if n == "known" else n: s for n, s in said["frames"].items()}}
    ),
    "frames in another order": lambda said: said | {"frames": dict(reversed(said["frames"].items()))},
    "a frame of less than nothing": lambda said: said | {"frames": said["frames"] | {"known": -5}},
    "an unknown field": lambda said: said | {"fields": ["body", "colour"]},
    "other fields": lambda said: said | {"fields": ["headline"]},
    "fields that are none": lambda said: said | {"fields": [{}]},
    "columns that are none": lambda said: said | {"columns": []},
    "rows that are none": lambda said: said | {"rejected": [["a.jsonl", "1", "why"]]},
    "rows that are too short": lambda said: said | {"rejected": [["a.jsonl", 1]]},
    "no digest": lambda said: said | {"digest": None},
    "something more": lambda said: said | {"more": 1},
    "something less": lambda said: {name: value for name, value in said.items() if name != "stored_bytes"},
    "nothing": lambda said: None,
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_description_that_cannot_be_counts_as_not_there_though_it_is_signed(
    made: tuple[Path, Path, Any], wrong: str, no_judge: Any
) -> None:
    file, kept, _ = made
    (stored,) = entries(kept)
    whole = stored.read_bytes()
    parts, said = descriptions(whole)
    said[0] = WRONG[wrong](said[0])
    stored.write_bytes(signed(parts, said, stored.stem, load_key()))
    try:
        assert checked([file], kept, no_judge) == checked([file], None, no_judge)
    finally:
        stored.write_bytes(whole)


def checked(paths: Sequence[str | Path], cache: Path | None, judge: Any, **options: Any) -> tuple[Any, ...]:
    """Return what a whole run says."""
    result = check(paths, suite=FEW, cache=cache, judge=judge, **options)
    findings = result.findings.collect().to_dicts()
    return result.collection, findings, result.rejected, result.samples


_FIRST = pl.DataFrame({"article": pl.Series([0], dtype=pl.UInt32)})

UNSOUND: dict[str, Callable[[Frames], Frames | None]] = {
    "none": lambda frames: None,
    "no keys": lambda frames: replace(frames, keys={}),
    "keys of nothing": lambda frames: replace(frames, keys={**frames.keys, "nothing": _FIRST}),
    "a column less": lambda frames: replace(frames, known=frames.known.drop("identity")),
    "a column of another type": lambda frames: replace(frames, signals=frames.signals.cast({"words": pl.String})),
    "articles of another type": lambda frames: replace(frames, findings=frames.findings.cast({"article": pl.Int64})),
    "a row less": lambda frames: replace(frames, entries=frames.entries.head(-1)),
    "a row more": lambda frames: replace(frames, signals=pl.concat([frames.signals, frames.signals.head(1)])),
    "articles that are not there": lambda frames: replace(frames, findings=_shifted(frames.findings)),
    "keys of articles that are not there": lambda frames: replace(
        frames, keys={key: _shifted(frame) for key, frame in frames.keys.items()}
    ),
    "no articles": lambda frames: replace(frames, texts=frames.texts.with_columns(article=pl.lit(None, pl.UInt32))),
    "findings of no check": lambda frames: replace(
        frames, findings=frames.findings.with_columns(key=pl.lit("no-check"))
    ),
}


def _shifted(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col("article") + 1000)


@pytest.mark.parametrize("unsound", UNSOUND)
def test_frames_that_cannot_be_count_as_not_there_though_they_are_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unsound: str, no_judge: Any
) -> None:
    file, kept = write(tmp_path, "a", KINDS), tmp_path / "kept"
    add = EntryWriter.add
    with monkeypatch.context() as patch:
        patch.setattr(
            EntryWriter, "add", lambda self, part: add(self, replace(part, frames=UNSOUND[unsound](part.frames)))
        )
        checked([file], kept, no_judge)
    assert entries(kept)
    assert checked([file], kept, no_judge) == checked([file], None, no_judge)


@SETTINGS
@given(st.data())
def test_bytes_that_are_no_frame_count_as_not_there_though_they_are_signed(
    made: tuple[Path, Path, Any], data: st.DataObject
) -> None:
    # What pyarrow makes of such bytes must never end the process.
    _, kept, _ = made
    (stored,) = entries(kept)
    parts, said = descriptions(stored.read_bytes())
    sizes = [*said[0]["frames"].values(), *said[0]["keys"].values()]
    number = data.draw(st.integers(0, len(sizes) - 1))
    start = sum(sizes[:number])
    frame = bytearray(parts[start : start + sizes[number]])
    for place in data.draw(st.lists(st.integers(0, len(frame) - 1), min_size=1, max_size=4)):
        frame[place] = data.draw(st.integers(0, 255))
    said[0]["digest"] = blake3(parts[:start] + frame + parts[start + len(frame) : size_of(said[0])]).hexdigest()
    forged = signed(parts[:start] + frame + parts[start + len(frame) :], said, stored.stem, load_key())
    entry = EntryReader(io.BytesIO(forged), name=stored.stem, key=load_key(), is_sound=lambda part: True)
    with suppress(DamagedError):
        frames = entry.parts[0]().frames
        assert frames is not None
        for frame_read in (*frames.common().values(), *frames.keys.values()):
            frame_read.to_dicts()


def size_of(said: dict[str, Any]) -> int:
    return sum((*said["frames"].values(), *said["keys"].values()))


@pytest.mark.parametrize("what", ["changed", "cut"])
def test_an_entry_that_changes_in_its_place_while_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, no_judge: Any
) -> None:
    files = [write(tmp_path, name, KINDS) for name in "ab"]
    kept = tmp_path / "kept"
    expected = checked(files, None, no_judge)
    check_parts = EntryReader._check_parts
    looked: list[int] = []

    def check_and_change(self: EntryReader) -> None:
        check_parts(self)
        looked.append(self.size)
        if len(looked) == 2:  # the first was taken for what it is
            with Path(self._stream.name).open("r+b") as stored:
                if what == "cut":
                    stored.truncate(100)
                else:
                    stored.seek(50)
                    stored.write(bytes(50))

    assert checked(files, kept, no_judge) == expected
    with monkeypatch.context() as patch:
        patch.setattr(EntryReader, "_check_parts", check_and_change)
        assert checked(files, kept, no_judge) == expected
    assert len(looked) == 2
    assert checked(files, kept, no_judge) == expected  # and the one that was harmed is made anew
    looked.clear()
    monkeypatch.setattr(EntryReader, "_check_parts", check_and_change)
    with pytest.raises(InputError, match=r"standard input cannot be read again\. Run again with --no-cache"):
        checked([*files, "-"], kept, no_judge, stdin=io.BytesIO(data_of(["ad"])))
    assert len(looked) == 2


def test_what_an_entry_says_is_read_back(made: tuple[Path, Path, Any]) -> None:
    _, kept, _ = made
    (stored,) = entries(kept)
    _, said = descriptions(stored.read_bytes())
    assert len(said) > 1
    assert sum(each["height"] for each in said) == len(KINDS)
    assert [row for each in said for row in each["rejected"]]
    assert [tuple(vars_of(each)) for each in from_json(json.dumps(said).encode())] == [tuple(each) for each in said]


def vars_of(description: Description) -> Iterator[str]:
    return (field.name for field in fields(description))


def test_a_frame_of_texts_is_compressed_and_one_of_hashes_is_not(tmp_path: Path) -> None:
    words = pl.DataFrame({"text": ["The harbour master said so."] * 3000})
    hashes = pl.DataFrame({"hash": [secrets.randbits(64) for _ in range(3000)]}, schema={"hash": pl.UInt64})
    sizes = [written(tmp_path / name, frame) for name, frame in (("words", words), ("hashes", hashes))]
    assert sizes[0] < words.estimated_size() / 5
    assert hashes.estimated_size() <= sizes[1] < hashes.estimated_size() * 1.1


def written(file: Path, frame: pl.DataFrame) -> int:
    with file.open("wb") as stream:
        return _write(frame, _Sink(stream, Room(1 << 30)))
