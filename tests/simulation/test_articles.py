from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from copydesk.simulation.articles import fineweb, gopher_quality, nemo
from copydesk.simulation.tokens import Tokens

STORY = " ".join(f"The harbour of the town took in {n} boats, and crew{n} went home." for n in range(12))

Judge = Callable[[pl.Series, Tokens], pl.DataFrame]


def rule(judge: Judge, text: str) -> str | None:
    texts = pl.Series([STORY, text])
    found = judge(texts, Tokens(texts))["rule"].to_list()
    assert found[0] is None
    return found[1]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("Too short.", "gopher_short_doc"),
        ("a b " * 40, "gopher_below_avg_threshold"),
        ("extraordinarily incomprehensible " * 30, "gopher_above_avg_threshold"),
        ("boats # # and " * 30, "gopher_too_many_hashes"),
        ("boats and more... " * 30, "gopher_too_many_ellipsis"),
        ("- the boat and a crew\n" * 20, "gopher_too_many_bullets"),
        ("1234 boats 5678 9012 " * 30, "gopher_below_alpha_threshold"),
        ("boat crew pier " * 30, "gopher_enough_stop_words"),
    ],
)
def test_gopher_quality(text: str, broken: str) -> None:
    assert rule(gopher_quality, text) == broken


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("no end\n" * 3 + STORY[:-1], "line_punct_ratio"),
        ("\n".join(f"Boat {n}." for n in range(9)), "short_line_ratio"),
        ((STORY + "\n") * 2, "char_dup_ratio"),
        ("\n\n\n".join(f"Thirtyone{n}letters{n}in{n}one{n}single{n}run." for n in range(9)), "list_ratio"),
    ],
)
def test_fineweb(text: str, broken: str) -> None:
    assert rule(fineweb, text) == broken


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("1234 5678 boats.", "digits"),
        ("See https://harbour.example/a/very/long/address.", "addresses"),
        ("a b  c   d    e.", "white_space"),
        ("(a)[b]{c} d.", "brackets"),
        ("no end here\nnone there", "lines_without_end_mark"),
    ],
)
def test_nemo(text: str, broken: str) -> None:
    assert rule(nemo, text) == broken
