"""The header that the build writes for C: the constants, and the prototypes of all functions that Python calls."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.native import constants
from copydesk.native.signatures import SIGNATURES, Array, Arrays, Parameter, Signature

__all__ = ["header"]

_TYPES = {"u1": "u8", "?": "u8", "u2": "u16", "u4": "u32", "u8": "u64", "i8": "i64", "f8": "double", "view": "View"}


def header() -> str:
    """Return the text of `generated.h`."""
    return "\n".join(["/* Written by the build from constants.py and signatures.py. */", *_constants(), *_prototypes()])


def _constants() -> Iterator[str]:
    for name, value in vars(constants).items():
        if not name.isupper():
            continue
        if isinstance(value, tuple):
            yield f"static const u8 {name}[{len(value)}] = {{{', '.join(map(str, value))}}};"
        else:
            # As a type that holds it: an int where that will do, so that sums of bytes stay what they are in C.
            yield f"#define {name} {value}{'u' if 2**31 <= value < 2**32 else 'ull' if value >= 2**32 else ''}"


def _prototypes() -> Iterator[str]:
    for name, signature in SIGNATURES.items():
        yield f"EXPORT {'i64' if signature.returns else 'void'} {name}({_parameters(signature)});"


def _parameters(signature: Signature) -> str:
    return ", ".join(_declaration(name, p) for name, p in signature.parameters.items()) or "void"


def _declaration(name: str, parameter: Parameter) -> str:
    if isinstance(parameter, Array | Arrays):
        item = ("" if parameter.out else "const ") + _TYPES[parameter.kind]
        return f"{item} *const *{name}" if isinstance(parameter, Arrays) else f"{item} *{name}"
    return f"i64 {name}"
