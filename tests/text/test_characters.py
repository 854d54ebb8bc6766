"""The tables say of each character what the expressions say of it."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from copydesk.native.constants import CLOSER, ENDING, KINDS, LOWER, SEVERAL, UNSPACED, UPPER, WHITE
from copydesk.text import expressions
from copydesk.text.characters import characters

CODES = [code for code in range(1, KINDS) if not 0xD800 <= code < 0xE000]
ALL = pl.Series([chr(code) for code in CODES])


@pytest.mark.parametrize(
    ("kind", "pattern"), [(WHITE, r"^\s$"), (UNSPACED, f"^{expressions.UNSPACED}$"), (LOWER, r"^\p{Ll}$")]
)
def test_a_kind_is_that_of_its_pattern(kind: int, pattern: str) -> None:
    known = (characters().kinds[CODES] & kind) != 0
    assert known.tolist() == ALL.str.contains(pattern).to_list()


@pytest.mark.parametrize(("kind", "marks"), [(ENDING, expressions.ENDINGS), (CLOSER, expressions.CLOSERS)])
def test_marks_have_their_kind(kind: int, marks: str) -> None:
    known = {chr(code) for code in np.flatnonzero(characters().kinds & kind)}
    assert known >= {*marks}
    assert all(not mark.isalnum() for mark in known)


def test_an_upper_case_is_what_polars_makes_it() -> None:
    tables = characters()

    def upper(code: int) -> str:
        value = int(tables.upper[code])
        return chr(value) if value < SEVERAL else "".join(chr(c) for c in tables.several[value - SEVERAL] if c)

    codes = [code for code in CODES if code < UPPER]
    assert [upper(code) for code in codes] == ALL.head(len(codes)).str.to_uppercase().to_list()
