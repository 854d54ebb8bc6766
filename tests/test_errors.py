"""Errors: one tree under one base, drawn as it is; a name that is close is proposed."""

from __future__ import annotations

import pickle
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import errors
from copydesk.errors import CopydeskError, did_you_mean

KINDS = [kind for name in errors.__all__ if isinstance(kind := getattr(errors, name), type)]
NAMES = st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=4, max_size=12)


def test_the_drawing_is_the_tree() -> None:
    lines = re.findall(r"^([│├└─ ]*)(\w+Error)\b", errors.__doc__ or "", re.M)
    path: list[str] = []
    for branches, name in lines:
        depth = len(branches) // 4
        path = [*path[:depth], name]
        for parent, child in pairwise(path):
            assert getattr(errors, child).__bases__[0] is getattr(errors, parent)
    assert {name for _, name in lines} == {kind.__name__ for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_survives_a_process(kind: type[CopydeskError]) -> None:
    error = pickle.loads(pickle.dumps(kind("a.jsonl: cut short.")))
    assert type(error) is kind and str(error) == "a.jsonl: cut short."


@given(NAMES, st.data())
def test_a_name_with_one_slip_is_proposed(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    assert did_you_mean(name[:at] + name[at + 1 :], [name]) == f" Did you mean {name!r}?"
    assert did_you_mean(name, []) == ""
