"""The table of signatures, the functions in C and the functions in Python name the same things."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest

from copydesk.native import functions
from copydesk.native.library import LIBRARY
from copydesk.native.signatures import SIGNATURES, Array, Arrays, Number, Signature


def test_each_function_in_c_has_a_signature_and_each_signature_a_function() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in sorted(LIBRARY.parent.glob("*.c")))
    assert sorted(re.findall(r"^EXPORT \w+ (\w+)\(", source, re.MULTILINE)) == sorted(SIGNATURES)


def test_each_function_in_c_has_one_in_python_that_is_typed_and_documented() -> None:
    public: dict[str, Any] = {name: getattr(functions, name) for name in functions.__all__}
    calls = {name: function for name, function in public.items() if inspect.isfunction(function)}
    assert calls.keys() == SIGNATURES.keys()
    for name, function in calls.items():
        assert function.__doc__, name
        hints = function.__annotations__
        assert hints.keys() == {*inspect.signature(function).parameters, "return"}, name


@pytest.mark.parametrize("signature", SIGNATURES.values(), ids=SIGNATURES)
def test_a_signature_names_only_its_own_parameters(signature: Signature) -> None:
    parameters = signature.parameters
    for parameter in parameters.values():
        if isinstance(parameter, Array) and isinstance(parameter.size, str):
            assert isinstance(parameters[parameter.size], Number)
        if isinstance(parameter, Arrays):
            assert isinstance(parameters[parameter.count], Number)
            size = parameters[parameter.size]
            assert isinstance(size, Number) or (isinstance(size, Array) and size.kind == "i8")
    if spans := signature.spans:
        for name in filter(None, (spans.begin, spans.end)):
            place = parameters[name]
            assert isinstance(place, Array)
            assert (place.kind, place.size, place.plus) == ("i8", "count", 0 if spans.end else 1)
        data = parameters[spans.data]
        assert isinstance(data, Array) and data.size == spans.spare
