"""No call reaches C with what C cannot take: each parameter of each function, broken in each way, is an error."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from copydesk.native.functions import VIEW
from copydesk.native.library import LIBRARY, OTHER, call, library_path
from copydesk.native.signatures import SIGNATURES, Array, Arrays, Number, Signature

#: What every number is, if it need not be more: a power of two, as some must be.
SOME = 4


def zeros(kind: str, size: int) -> Any:
    return np.zeros(size, VIEW if kind == "view" else kind)


def least(array: Array, numbers: dict[str, int]) -> int:
    return (array.size if isinstance(array.size, int) else numbers[array.size]) * array.times + array.plus


def valid(signature: Signature) -> dict[str, Any]:
    """Return arguments as small as they may be: all arrays are zeros."""
    numbers = {name: max(p.least, SOME) for name, p in signature.parameters.items() if isinstance(p, Number)}
    given: dict[str, Any] = dict(numbers)
    for name, parameter in signature.parameters.items():
        if isinstance(parameter, Array):
            given[name] = zeros(parameter.kind, least(parameter, numbers))
        elif isinstance(parameter, Arrays):
            given[name] = [zeros(parameter.kind, SOME) for _ in range(numbers[parameter.count])]
    return {name: given[name] for name in signature.parameters}


def broken(kind: str, size: int, out: bool) -> Iterator[tuple[str, Any, type[Exception]]]:
    """Yield arrays that are wrong in one way each, with what must be raised."""
    yield "a list", [0] * size, TypeError
    yield "another type", zeros("i2" if kind != "i2" else "i4", size), TypeError
    yield "gaps", zeros(kind, 2 * max(size, 2))[::2], TypeError
    if size:
        yield "short", zeros(kind, size - 1), ValueError
    if out:
        fixed = zeros(kind, size)
        fixed.flags.writeable = False
        yield "read-only", fixed, TypeError


def cases() -> Iterator[Any]:
    for name, signature in SIGNATURES.items():
        numbers = {p: v for p, v in valid(signature).items() if isinstance(v, int)}
        for parameter, kind in signature.parameters.items():
            wrong: list[tuple[str, Any, type[Exception]]] = []
            if isinstance(kind, Number):
                wrong += [("too small", kind.least - 1, ValueError), ("a fraction", 1.5, TypeError)]
                wrong += [("too large", 2**63, ValueError)]
            elif isinstance(kind, Array):
                wrong += broken(kind.kind, least(kind, numbers), kind.out)
            else:
                good = valid(signature)[parameter]
                # The sizes are those of an array of zeros where they are an array, which then asks for no item.
                fixed = isinstance(signature.parameters[kind.size], Number)
                for said, one, error in broken(kind.kind, SOME, kind.out):
                    if said != "short" or fixed:
                        wrong.append((f"one: {said}", [*good[:-1], one], error))
                wrong.append(("too few", good[:-1], ValueError))
            for said, value, error in wrong:
                yield pytest.param(name, parameter, value, error, id=f"{name}-{parameter}-{said}")


@pytest.mark.parametrize(("name", "parameter", "value", "error"), [*cases()])
def test_a_broken_argument_is_an_error_that_names_it(
    name: str, parameter: str, value: Any, error: type[Exception]
) -> None:
    given = valid(SIGNATURES[name]) | {parameter: value}
    with pytest.raises(error, match=rf"^{name}: {parameter}(\[\d+\])?: expected .*, got .*\."):
        call(name, *given.values())


@pytest.mark.parametrize("name", sorted(SIGNATURES))
def test_arguments_as_small_as_they_may_be_do_no_harm(name: str) -> None:
    call(name, *valid(SIGNATURES[name]).values())


def test_an_array_of_any_length_is_long_enough_for_its_sizes() -> None:
    given = valid(SIGNATURES["write_texts"])
    given["sizes"][2] = SOME + 1
    with pytest.raises(ValueError, match=r"^write_texts: buffers\[2\]: expected 5 items or more, got 4\.$"):
        call("write_texts", *given.values())


@pytest.mark.parametrize("name", [name for name, signature in SIGNATURES.items() if signature.spans])
@pytest.mark.parametrize(("first", "last"), [(-1, 0), (1, 0), (0, 1), (0, 2**62), (-(2**63), 2**63 - 1)])
def test_places_outside_the_text_are_an_error(name: str, first: int, last: int) -> None:
    signature = SIGNATURES[name]
    assert signature.spans
    given = valid(signature)
    if signature.spans.end:
        given[signature.spans.begin][1], given[signature.spans.end][1] = first, last
    else:
        given[signature.spans.begin][1:3] = first, last
    with pytest.raises(
        ValueError, match=rf"^{name}: text \d: expected places with 0 <= begin <= end <= 0 in 'data', got"
    ):
        call(name, *given.values())


@pytest.mark.parametrize("name", [name for name, s in SIGNATURES.items() if s.spans and s.spans.end])
def test_a_line_has_both_its_places(name: str) -> None:
    given = valid(SIGNATURES[name])
    given["end"] = np.zeros(SOME + 1, np.int64)
    with pytest.raises(ValueError, match=rf"^{name}: expected as many begins as ends, got 4 and 5\.$"):
        call(name, *given.values())


def test_the_arguments_are_as_many_as_the_function_takes() -> None:
    with pytest.raises(ValueError, match="shorter"):
        call("count_line_breaks", np.zeros(1, np.uint8))


def test_another_library_is_taken_where_the_environment_names_one(tmp_path: Path) -> None:
    code = "from copydesk.native.functions import release_memory; release_memory()"
    environment = os.environ | {OTHER: str(tmp_path / "missing.library")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 1
    assert "ImportError: The part of copydesk that is in C cannot be loaded" in done.stderr
    assert "missing.library" in done.stderr


def test_the_library_that_is_tested_is_built_from_its_source() -> None:
    sources = [file for file in LIBRARY.parent.iterdir() if file.suffix in (".c", ".h")]
    sources += [LIBRARY.with_name(name) for name in ("constants.py", "signatures.py", "header.py")]
    built = library_path().stat().st_mtime
    newer = [file.name for file in sources if file.stat().st_mtime > built]
    assert not newer, f"{', '.join(newer)} changed after the build. Build again: python ci/kernel_build.py"
