"""Reads bytes as a file of a given name would be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from copydesk.model.chunk import Rejected
from copydesk.readers import read

settings.register_profile("readers", deadline=None, max_examples=40)
settings.load_profile("readers")

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Rejected]]]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readers")


@pytest.fixture(scope="session")
def read_bytes(folder: Path) -> ReadBytes:
    """A function: bytes and a file name to the rows read (if bare without file, row, line) and rejected."""

    def read_it(
        data: bytes, name: str, *, bare: bool = True, **options: Any
    ) -> tuple[list[dict[str, Any]], list[Rejected]]:
        file = folder / name
        file.write_bytes(data)
        chunks = list(read([file], **options))
        rows = [row for chunk in chunks for row in chunk.articles.iter_rows(named=True)]
        rejected = [row for chunk in chunks for row in chunk.rejected]
        assert sum(chunk.bytes for chunk in chunks) == len(data)
        assert all(row.file == str(file) for row in rejected)
        if bare:
            rows = [{key: row[key] for key in row if key not in ("file", "row", "line")} for row in rows]
        return rows, rejected

    return read_it
