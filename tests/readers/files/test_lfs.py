"""A pointer of Git LFS is explained, and a file that only looks a little like one is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.errors import InputError
from copydesk.readers import find_files

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 5000\n"


@pytest.mark.parametrize("name", ["a.jsonl", "a.parquet", "a.csv.gz", "a.txt"])
def test_a_pointer_is_explained(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(POINTER)
    for path in (tmp_path / name, tmp_path):
        with pytest.raises(InputError, match=r"is a pointer of Git LFS.* Run `git lfs pull`"):
            find_files([path])


@pytest.mark.parametrize("text", [b"", POINTER[:30], b" " + POINTER, POINTER + b"x" * 1024])
def test_another_file_is_no_pointer(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(text)
    assert len(find_files([tmp_path])) == 1
