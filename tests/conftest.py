"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import settings

settings.register_profile("ci", deadline=None, print_blob=True)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


def _held(frame: pl.DataFrame) -> int:
    arrays = [column.to_arrow(compat_level=pl.CompatLevel.newest()) for column in frame]
    chunks = [c for a in arrays for c in (a.chunks if isinstance(a, pa.ChunkedArray) else [a])]
    return sum({b.address: b.size for chunk in chunks for b in chunk.buffers() if b is not None}.values())


@pytest.fixture(scope="session")
def held() -> Callable[[pl.DataFrame], int]:
    """Return what says how many bytes of buffers a frame keeps in memory, be they its own or not."""
    return _held


@pytest.fixture(scope="session", autouse=True)
def folder_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Have the cache's key made apart from the user's own."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        os.environ[name] = str(tmp_path_factory.mktemp("user"))


@contextmanager
def _short_files(size: int) -> Iterator[None]:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture(scope="session")
def short_files() -> Callable[[int], AbstractContextManager[None]]:
    """Return what lets no file get longer than so many bytes, as where a disk is full; Windows cannot."""
    return _short_files
