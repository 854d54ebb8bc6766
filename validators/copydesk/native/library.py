"""Load the library that is in C, and check each call before it runs: only this module knows ctypes.

An array of another type, with gaps, or too short would make C read or write what is not its own. So each argument is
held against `copydesk.native.signatures`, which takes some microseconds a call; a call works on thousands of lines.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from copydesk.lazy import np
from copydesk.native.signatures import SIGNATURES, VIEW, Array, Arrays, Number, Signature, Spans

__all__ = ["LIBRARY", "call", "check_kind", "library_path"]

#: Where the build puts the library.
LIBRARY = Path(__file__).with_name("kernel.library")

#: The environment variable that names another library, for example one with a sanitizer built in (`ci/sanitize`).
OTHER = "COPYDESK_NATIVE_LIBRARY"


def library_path() -> Path:
    """Return the file of the library that is used."""
    return Path(os.environ.get(OTHER) or LIBRARY)


def call(name: str, *arguments: Any) -> int:
    """Call a function in C with the arguments that its signature lists.

    Returns:
        The number that it returns; of a function that returns nothing, 0.

    Raises:
        TypeError: an argument is no whole number, or no array of the type and without gaps that C needs.
        ValueError: a number is too small, an array too short, or a place lies outside its text.
        ImportError: the library was not built.
    """
    signature = SIGNATURES[name]
    given = dict(zip(signature.parameters, arguments, strict=True))
    for parameter, kind in signature.parameters.items():
        if isinstance(kind, Number):  # first, for they say how long arrays must be
            given[parameter] = _number(name, parameter, kind, given[parameter])
    passed, held = [], []
    for parameter, kind in signature.parameters.items():
        value = given[parameter]
        if isinstance(kind, Number):
            passed.append(value)
        elif isinstance(kind, Array):
            passed.append(_address(name, parameter, kind.kind, _least(kind, given), value, out=kind.out))
        else:
            addresses = _addresses(name, parameter, kind, given)
            held.append(addresses)  # it must outlive the call
            passed.append(_pointer(addresses))
    if signature.spans:
        _check_spans(name, signature.spans, given)
    return _function(name)(*passed) or 0


def check_kind(name: str, parameter: str, value: Any) -> None:
    """Raise the TypeError that `call` would raise for an array of another type, before its items are asked for."""
    kind = SIGNATURES[name].parameters[parameter]
    assert isinstance(kind, Array)
    _address(name, parameter, kind.kind, 0, value, out=kind.out)


def _number(function: str, parameter: str, number: Number, value: Any) -> int:
    if not isinstance(value, int | np.integer):
        raise TypeError(f"{function}: {parameter}: expected a whole number, got {type(value).__name__}.")
    if not number.least <= value < 1 << 63:
        raise ValueError(f"{function}: {parameter}: expected a number from {number.least} to 2**63 - 1, got {value}.")
    return int(value)


def _least(array: Array, given: dict[str, Any]) -> int:
    """Return how many items an array must have."""
    size = array.size if isinstance(array.size, int) else given[array.size]
    return size * array.times + array.plus


def _address(function: str, parameter: str, kind: str, least: int, value: Any, *, out: bool) -> int:
    """Return the address of an array.

    Raises:
        TypeError, ValueError: as `call` says.
    """
    if not isinstance(value, np.ndarray):
        raise TypeError(f"{function}: {parameter}: expected a numpy array, got {type(value).__name__}.")
    expected = _dtype(kind)
    if value.dtype != expected:
        raise TypeError(f"{function}: {parameter}: expected an array of {expected}, got one of {value.dtype}.")
    flags = value.flags
    if not flags.c_contiguous:
        raise TypeError(
            f"{function}: {parameter}: expected an array without gaps, got one with strides {value.strides}."
            " Take np.ascontiguousarray of it."
        )
    if out and not flags.writeable:
        raise TypeError(f"{function}: {parameter}: expected an array that can be written to, got one that cannot.")
    if value.size < least:
        raise ValueError(f"{function}: {parameter}: expected {least:,} items or more, got {value.size:,}.")
    return _pointer(value)


def _addresses(function: str, parameter: str, arrays: Arrays, given: dict[str, Any]) -> Any:
    """Return an array of the addresses of several arrays, 0 for None."""
    values: Sequence[Any] = given[parameter]
    count, sizes = given[arrays.count], given[arrays.size]
    if len(values) < count:
        raise ValueError(f"{function}: {parameter}: expected {count:,} arrays or more, got {len(values):,}.")
    known = np.zeros(max(len(values), 1), np.uint64)
    for number, value in enumerate(values):
        least = int(sizes if isinstance(sizes, int) else sizes[number] if number < len(sizes) else 0)
        if value is None and (isinstance(sizes, int) or not least):
            continue
        name = f"{parameter}[{number}]"
        known[number] = _address(function, name, arrays.kind, least, value, out=arrays.out)
    return known


def _check_spans(function: str, spans: Spans, given: dict[str, Any]) -> None:
    begin, count = given[spans.begin], given["count"]
    end = given[spans.end] if spans.end else begin[1:]
    size = len(given[spans.data]) - spans.spare
    if spans.end and len(begin) != len(end):
        raise ValueError(f"{function}: expected as many begins as ends, got {len(begin):,} and {len(end):,}.")
    bad = _function("find_bad_span")(_pointer(begin), _pointer(end), count, size)
    if bad >= 0:
        raise ValueError(
            f"{function}: text {bad:,}: expected places with 0 <= begin <= end <= {size:,} in {spans.data!r},"
            f" got {begin[bad]:,} and {end[bad]:,}."
        )


def _pointer(array: Any) -> int:
    address: int = array.__array_interface__["data"][0]
    return address


@cache
def _dtype(kind: str) -> Any:
    return np.dtype(VIEW if kind == "view" else kind)


@cache
def _function(name: str) -> Any:
    """Return a function of the library, which takes numbers and addresses."""
    signature: Signature = SIGNATURES[name]
    function = getattr(_library(), name)
    function.argtypes = [
        ctypes.c_int64 if isinstance(kind, Number) else ctypes.c_void_p for kind in signature.parameters.values()
    ]
    function.restype = ctypes.c_int64 if signature.returns else None
    return function


@cache
def _library() -> ctypes.CDLL:
    path = library_path()
    try:
        return ctypes.CDLL(str(path))
    except OSError as error:
        raise ImportError(
            f"The part of copydesk that is in C cannot be loaded ({error}). Install copydesk again: the system's C"
            " compiler builds it then, or else one that pip brings."
        ) from None
