"""Files on other machines: hf://, s3://, gs://, https:// and all else that fsspec knows; needs `copydesk[remote]`.

They are read as they come, and not kept. Only formats whose readers go to places in a file are copied to a temporary
file first. `hf://datasets/owner/name` gives the Parquet files of a data set of Hugging Face.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from copydesk.errors import InputError, MissingExtraError
from copydesk.readers.fields.json_values import clean
from copydesk.readers.files.extras import load
from copydesk.readers.files.source import Source
from copydesk.readers.formats import SUFFIXES, list_suffixes, split_name

__all__ = ["find_remote", "is_remote", "open_remote"]

_URL = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]+)://")

#: The packages that fsspec needs for the protocols that are used most.
_PACKAGES = {
    "hf": "huggingface_hub",
    "s3": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "http": "aiohttp",
    "https": "aiohttp",
}


def is_remote(name: str) -> bool:
    """Say whether a path is the address of a file on another machine.

    >>> is_remote("s3://news/2026/*.parquet"), is_remote("C:\\\\news"), is_remote("news.db::articles")
    (True, False, False)
    """
    return _URL.match(name) is not None


def find_remote(url: str) -> Iterator[Source]:
    """Yield the files behind an address: a file, a folder, or a glob.

    Raises:
        MissingExtraError: fsspec, or the package for the protocol, is not installed.
        InputError: there is no such file, or it cannot be reached.
    """
    system, path = _system(url)
    protocol = url.partition("://")[0]
    try:
        if any(sign in path for sign in "*?["):
            found, asked = sorted(system.glob(path)), False
        elif protocol in ("http", "https") or system.isfile(path):
            found, asked = [path], True
        else:
            found, asked = sorted(system.find(path)), False
        if not asked:
            found = _articles(found)
        sizes = [int(system.info(file).get("size") or 0) for file in found]
    except Exception as error:  # each filesystem has errors of its own
        raise _unreachable(url, error) from error
    if not found:
        raise InputError(f"{url}: holds no articles: expected files with one of the suffixes {list_suffixes()}.")
    for file, size in zip(found, sizes, strict=True):
        name = str(file) if protocol in ("http", "https") else str(system.unstrip_protocol(file))
        suffix, compression = split_name(name.partition("?")[0])
        if suffix not in SUFFIXES:
            raise InputError(f"{name}: of no known format: expected one of the suffixes {list_suffixes()}.")
        yield Source(clean(name), None, suffix, compression, size, clean(str(file)), asked, regular=False, url=name)


def _articles(files: list[str]) -> list[str]:
    """Return the files of known formats; of a data set with Parquet these alone, as all else describes it."""
    known = [file for file in files if split_name(file)[0] in SUFFIXES and "/." not in file]
    parquet = [file for file in known if split_name(file)[0] in (".parquet", ".pq")]
    return parquet or known


@contextmanager
def open_remote(source: Source) -> Iterator[BinaryIO]:
    """Open a file, to read its bytes as they come.

    Raises:
        MissingExtraError: fsspec, or the package for the protocol, is not installed.
        InputError: it cannot be reached.
    """
    assert source.url is not None
    system, path = _system(source.url)
    try:
        file = system.open(path, "rb")
    except Exception as error:  # each filesystem has errors of its own
        raise _unreachable(source.name, error) from error
    with file:
        yield file


def _system(url: str) -> tuple[Any, str]:
    core = load("fsspec.core", "remote", url)
    protocol = url.partition("://")[0]
    try:
        system, path = core.url_to_fs(url)
    except ImportError as error:
        package = _PACKAGES.get(protocol, f"the package of fsspec for {protocol}")
        raise MissingExtraError(
            f"{url}: needs {package}, which is not installed. Install it: pip install {package}"
        ) from error
    except ValueError as error:
        raise InputError(f"{url}: the protocol {protocol!r} is not known ({error}).") from error
    except Exception as error:  # as where no account is configured
        raise _unreachable(url, error) from error
    return system, path


def _unreachable(name: str, error: Exception) -> InputError:
    reason = (str(error).strip() or type(error).__name__).splitlines()[0]
    return InputError(f"{name}: there is no such file, or it cannot be reached ({type(error).__name__}: {reason}).")
