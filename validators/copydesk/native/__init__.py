"""The kernel: the work on every byte of every article, in C, called with numpy's arrays.

It is built when copydesk is installed, by `ci/kernel_build.py`. While it works, other threads do.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from copydesk.lazy import np

__all__ = ["LIBRARY", "Addresses", "addresses", "call"]

#: Where the library lies once it is built.
LIBRARY = Path(__file__).with_name("kernel.library")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of arrays, and the arrays, which so outlive the call: another thread may drop them."""

    array: Any
    held: tuple[Any, ...]


def call(name: str, *arguments: Any) -> int:
    """Call a function of the kernel.

    Args:
        name: the function, see kernel.c.
        arguments: what it takes: whole numbers, numpy arrays without gaps, of what the function says, and `addresses`.

    Returns:
        What it returns; of a function that returns nothing, any number.

    Raises:
        ImportError: the kernel was not built.
    """
    function = getattr(_library(), name)
    function.restype = ctypes.c_int64
    returned: int = function(*(ctypes.c_int64(a) if isinstance(a, int) else ctypes.c_void_p(_at(a)) for a in arguments))
    return returned


def addresses(*arrays: Any) -> Addresses:
    """Return the addresses of arrays, for a function that takes a structure of them."""
    return Addresses(np.array([_at(array) for array in arrays], np.uint64), arrays)


def _at(array: Any) -> int:
    array = array.array if isinstance(array, Addresses) else array
    assert array.flags.c_contiguous, "an array with gaps"
    address: int = array.__array_interface__["data"][0]
    return address


@cache
def _library() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(str(LIBRARY))
    except OSError as error:
        raise ImportError(
            f"The kernel of copydesk cannot be loaded ({error}). Install copydesk again: it is built then, by the"
            " system's C compiler, or else by one that pip brings."
        ) from None
    return library
