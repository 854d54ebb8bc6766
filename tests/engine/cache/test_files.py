"""Only regular files are opened: what a stranger put there is neither followed nor waited for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from copydesk.engine.cache.files import is_regular, open_regular, read_regular


def test_a_file_is_opened_and_its_first_bytes_read(tmp_path: Path) -> None:
    file = tmp_path / "entry"
    file.write_bytes(b"0123456789")
    with open_regular(file) as stream:
        assert stream.read() == b"0123456789"
    status, data = read_regular(file, 4)
    assert (data, status.st_size) == (b"0123", 10) and is_regular(status)


@pytest.mark.parametrize("kind", ["folder", "nothing"])
def test_a_folder_or_nothing_is_an_error(tmp_path: Path, kind: str) -> None:
    path = tmp_path if kind == "folder" else tmp_path / "nothing"
    with pytest.raises(OSError):
        open_regular(path)


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes")
@pytest.mark.parametrize("kind", ["link", "pipe", "device"])
def test_links_pipes_and_devices_are_not_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "entry"
    if kind == "link":
        (tmp_path / "target").write_bytes(b"secret")
        path.symlink_to(tmp_path / "target")
    elif kind == "pipe":
        os.mkfifo(path)  # nobody writes into it: whoever opened it would wait
    else:
        path = Path("/dev/null")
    with pytest.raises(OSError, match="no regular file"):
        open_regular(path)
