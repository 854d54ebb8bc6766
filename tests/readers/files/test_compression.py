from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import CopydeskError, InputError
from copydesk.readers import read
from copydesk.readers.files import compression
from copydesk.testing.strategies import collections

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]


def _zstd(data: bytes) -> bytes:
    packed = io.BytesIO()
    with pa.output_stream(packed, compression="zstd") as stream:
        stream.write(data)
        stream.flush()
        return _finished(packed, stream)


def _finished(packed: io.BytesIO, stream: Any) -> bytes:
    # pyarrow closes what it wrote to: keep the bytes of before.
    kept = bytearray()
    packed.close = lambda: kept.extend(packed.getvalue())  # type: ignore[method-assign]
    stream.close()
    return bytes(kept)


_PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".zst": _zstd,
    ".xz": lzma.compress,
    ".bz2": bz2.compress,
}
_RECORDS = [{"id": str(number), "headline": "Storm", "body": f"Text {number}.\nMore."} for number in range(40)]


def _csv(delimiter: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, ["id", "headline", "body"], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(_RECORDS)
    return text.getvalue().encode()


def _parquet() -> bytes:
    data = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(_RECORDS), data)
    return data.getvalue()


_LINES = "".join(json.dumps(record) + "\n" for record in _RECORDS).encode()
_PLAIN = {
    ".jsonl": _LINES,
    ".ndjson": _LINES,
    ".json": json.dumps(_RECORDS).encode(),
    ".csv": _csv(","),
    ".tsv": _csv("\t"),
    ".parquet": _parquet(),
    ".txt": b"Storm\n\nText.\n",
}


@pytest.mark.parametrize("packing", _PACK)
@pytest.mark.parametrize("suffix", _PLAIN)
def test_packed_is_read_as_plain(read_bytes: ReadBytes, suffix: str, packing: str) -> None:
    plain = read_bytes(_PLAIN[suffix], f"a{suffix}")
    packed = read_bytes(_PACK[packing](_PLAIN[suffix]), f"a{suffix}{packing}")
    if suffix == ".txt":
        assert plain[0].pop()["body"] == packed[0].pop()["body"]  # the ids are the names of the files
    assert packed == plain


@pytest.mark.parametrize("packing", _PACK)
@settings(max_examples=8)
@given(collections())
def test_several_members_are_one_file(read_bytes: ReadBytes, packing: str, articles: Any) -> None:
    lines = [json.dumps(article).encode() + b"\n" for article in articles]
    members = b"".join(map(_PACK[packing], lines))
    for size in (1, 1 << 20):
        assert read_bytes(members, f"a.jsonl{packing}", chunk_bytes=size) == (articles, [])


def test_gzip_may_be_padded_with_zeros(read_bytes: ReadBytes) -> None:
    assert len(read_bytes(gzip.compress(_LINES) + bytes(512), "a.jsonl.gz")[0]) == len(_RECORDS)


@pytest.mark.parametrize("packing", _PACK)
@pytest.mark.parametrize("suffix", [".jsonl", ".json", ".csv", ".parquet", ".txt"])
def test_a_cut_at_any_byte_is_an_error_that_names_the_file(folder: Path, suffix: str, packing: str) -> None:
    whole = _PACK[packing](_PLAIN[suffix])
    file = folder / f"cut{suffix}{packing}"
    for cut in range(0, len(whole), 1 if suffix != ".parquet" else 7):
        file.write_bytes(whole[:cut])
        with pytest.raises(InputError, match=r"cut\.") as caught:
            list(read([file]))
        assert cut == 0 or "cut short" in str(caught.value)


@pytest.mark.parametrize("packing", _PACK)
@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_damaged_file_is_an_error_or_reads_in_full(read_bytes: ReadBytes, packing: str, place: int, bit: int) -> None:
    data = bytearray(_PACK[packing](_LINES))
    data[place % len(data)] ^= 1 << bit
    try:
        rows, rejected = read_bytes(bytes(data), f"damaged.jsonl{packing}")
    except CopydeskError as error:
        assert f"damaged.jsonl{packing}" in str(error)
    else:  # gzip has a checksum; a frame of zstd only if asked for: what is damaged may read as other text
        assert rows or rejected
        if packing in (".gz", ".xz", ".bz2"):
            assert (rows, rejected) == read_bytes(_LINES, "whole.jsonl")


@pytest.mark.parametrize("packing", _PACK)
@given(data=st.binary(min_size=1, max_size=60))
def test_what_was_never_packed_is_an_error(read_bytes: ReadBytes, packing: str, data: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.jsonl"):
        read_bytes(data, f"a.jsonl{packing}")


def test_a_cut_after_the_first_chunks_is_still_an_error(folder: Path) -> None:
    data = gzip.compress(_LINES * 2000, 1)
    file = folder / "late.jsonl.gz"
    file.write_bytes(data[: len(data) * 3 // 4])
    with pytest.raises(InputError, match="cut short"):
        list(read([file], chunk_bytes=10_000))


def test_data_that_is_far_larger_than_its_file_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "UNWATCHED", 1 << 20)
    monkeypatch.setattr(compression, "MOST_TIMES", 100)
    for suffix in _PACK:
        file = folder / f"bomb.txt{suffix}"
        file.write_bytes(_PACK[suffix](bytes(8 << 20)))
        with pytest.raises(InputError, match="more than 100 times larger than its file"):
            list(read([file]))
