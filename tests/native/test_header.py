"""The C compiler gets what Python has: the same numbers, and prototypes that no other function fits."""

from __future__ import annotations

import ctypes
import subprocess
from pathlib import Path

import pytest

from copydesk.native import constants
from copydesk.native.header import header
from copydesk.native.library import LIBRARY
from kernel_build import FLAGS, compiler

NUMBERS = {name: value for name, value in vars(constants).items() if name.isupper() and isinstance(value, int)}


def compiled(folder: Path, source: str, *flags: str) -> subprocess.CompletedProcess[str]:
    (folder / "generated.h").write_text(header(), encoding="utf-8")
    (folder / "source.c").write_text(f'#include "kernel.h"\n{source}\n', encoding="utf-8")
    command = [*compiler(), *FLAGS, *flags, "-I", str(folder), "-I", str(LIBRARY.parent)]
    command += ["-o", str(folder / "made.library"), str(folder / "source.c")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_each_constant_is_the_same_number_in_c(tmp_path: Path) -> None:
    values = ", ".join(f"(u64)({name})" for name in NUMBERS)
    source = f"""
        __attribute__((visibility("default"))) u64 constant(i64 n) {{ return (u64[]){{{values}}}[n]; }}
        __attribute__((visibility("default"))) u64 width(i64 n) {{ return WIDTHS[n]; }}"""
    assert compiled(tmp_path, source).returncode == 0
    library = ctypes.CDLL(str(tmp_path / "made.library"))
    library.constant.restype = library.width.restype = ctypes.c_uint64
    assert {name: library.constant(n) for n, name in enumerate(NUMBERS)} == NUMBERS
    assert tuple(library.width(n) for n in range(256)) == constants.WIDTHS


@pytest.mark.parametrize(
    "function",
    [
        "EXPORT i64 count_line_breaks(const u32 *data, i64 size)",
        "EXPORT i64 count_line_breaks(const u8 *data)",
        "EXPORT void count_line_breaks(const u8 *data, i64 size)",
    ],
)
def test_a_function_that_takes_something_else_does_not_compile(tmp_path: Path, function: str) -> None:
    done = compiled(tmp_path, f"{function} {{ return; }}")
    assert done.returncode != 0
    assert "conflicting types for" in done.stderr and "count_line_breaks" in done.stderr


def test_a_big_endian_processor_is_refused(tmp_path: Path) -> None:
    flags = ("-U__BYTE_ORDER__", "-D__BYTE_ORDER__=__ORDER_BIG_ENDIAN__")
    done = compiled(tmp_path, "", *flags)
    assert done.returncode != 0
    assert "copydesk needs a little-endian processor" in done.stderr
