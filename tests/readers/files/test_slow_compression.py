from __future__ import annotations

import bz2
import io
import lzma
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.readers.files.slow_compression import SLOW, DamagedError, SlowFile

PACK: dict[str, Callable[[bytes], bytes]] = {"xz": lzma.compress, "bzip2": bz2.compress}


def _read(data: bytes, kind: str) -> bytes:
    return SlowFile(io.BytesIO(data), kind).readall()


@pytest.mark.parametrize("kind", SLOW)
@settings(max_examples=10)
@given(st.lists(st.binary(max_size=200), min_size=1, max_size=3), st.integers(0, 2))
def test_streams_that_follow_each_other_are_one_file(kind: str, parts: list[bytes], padding: int) -> None:
    data = bytes(4 * padding).join(map(PACK[kind], parts))
    assert _read(data, kind) == b"".join(parts)


@pytest.mark.parametrize("kind", SLOW)
def test_a_cut_at_any_byte_is_an_error(kind: str) -> None:
    whole = PACK[kind](b"It rained all night. " * 50)
    for cut in range(len(whole)):
        with pytest.raises((EOFError, DamagedError)):
            _read(whole[:cut], kind)


@pytest.mark.parametrize("kind", SLOW)
@pytest.mark.parametrize("after", [b"other data", b"BZh9 and no more", b"\xfd7zXZ\0"])
def test_other_data_after_a_stream_is_an_error(kind: str, after: bytes) -> None:
    with pytest.raises((EOFError, DamagedError)):
        _read(PACK[kind](b"It rained.") + after, kind)
