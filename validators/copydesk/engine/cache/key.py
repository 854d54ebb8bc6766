"""The key that signs the entries of the cache, so that only what this user's runs wrote is ever used.

It lies in the user's own folder, outside of every tree that is checked: whoever sends a change of the data can put
files into `.copydesk/cache`, but cannot sign them.
"""

from __future__ import annotations

import os
import secrets
import stat
import sys
import tempfile
from pathlib import Path

from copydesk.engine.cache.files import read_regular
from copydesk.errors import CacheError

__all__ = ["KEY_BYTES", "key_file", "load_key"]

#: What blake3 takes as a key.
KEY_BYTES = 32


def key_file() -> Path:
    """Return where the key lies.

    Raises:
        CacheError: the user has no folder of their own.
    """
    given = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_DATA_HOME", "")
    if Path(given).is_absolute():
        return Path(given, "copydesk", "cache.key")
    below = {"win32": ("AppData", "Local"), "darwin": ("Library", "Application Support")}
    try:
        home = Path.home()
    except RuntimeError:
        home = Path()
    if not home.is_absolute():
        raise CacheError("The cache is not used: the user has no home folder in which its key could lie.")
    return home.joinpath(*below.get(sys.platform, (".local", "share")), "copydesk", "cache.key")


def load_key() -> bytes:
    """Return the key, made at its first use; two runs that make it at once get the same.

    Raises:
        CacheError: the key cannot be read or made, or others than the user may have read or written it.
    """
    file = key_file()
    try:
        if not os.path.lexists(file):
            _make(file)
        status, key = read_regular(file, KEY_BYTES + 1)
    except OSError as error:
        raise CacheError(
            f"The cache is not used: its key {file} cannot be read or made: {error.strerror or error}."
        ) from error
    fault = _fault(status, key)
    if fault:
        raise CacheError(
            f"The cache is not used: expected its key {file} to be a file of {KEY_BYTES} bytes that nobody but you can"
            f" read, got {fault}. Remove the file: the next run makes another."
        )
    return key


def _fault(status: os.stat_result, key: bytes) -> str | None:
    """Say why a file cannot be the key of this user; None where it can."""
    if sys.platform != "win32":
        if status.st_uid != os.geteuid():
            return f"one of another user (number {status.st_uid})"
        if status.st_mode & 0o077:
            return f"one of mode {stat.S_IMODE(status.st_mode):o}"
    return None if len(key) == KEY_BYTES else f"{len(key)} bytes" if len(key) < KEY_BYTES else "more"


def _make(file: Path) -> None:
    """Write a key beside its place, and put it there whole, unless another run was first."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".cache.key.")  # of mode 600
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(secrets.token_bytes(KEY_BYTES))
            part.flush()
            os.fsync(handle)  # before it has its name: half a key would have to be removed by hand
        try:
            os.link(name, file)
        except FileExistsError:
            pass
        except OSError:  # a file system without hard links: the last of two runs wins, and the other's entries go
            Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)
