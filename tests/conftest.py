"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import settings

# What a run would import in its threads is imported here, in one. Python 3.11 cannot parse code in two threads while
# hypothesis watches the garbage collector (python/cpython#106905), and imports do parse some.
import copydesk.reports.terminal.brief
import copydesk.reports.terminal.summary
import copydesk.run  # noqa: F401
from copydesk.readers.formats import FORMATS
from copydesk.text.scan import compiled

compiled((b"x",))
for format_ in FORMATS:
    format_.reader()

settings.register_profile("ci", deadline=None, print_blob=True)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


#: Fixtures that need more than Python: the marks by which a machine without it leaves their tests out.
NEEDS = {"browser": pytest.mark.browser, "spark": pytest.mark.java}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test that takes such a fixture, itself or by way of another one."""
    for item in items:
        for fixture in NEEDS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(NEEDS[fixture])


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
