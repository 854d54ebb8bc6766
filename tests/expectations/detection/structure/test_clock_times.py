"""A clock time is known in the forms in which pages print it, alone or before a sentence."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.text.buffer import Text
from copydesk_expectations.detection.structure import clock_times

TIMES = ["14:05", "14.05 Uhr", "2.05pm", "14h05", "kl. 14.05", "05:12 GMT", "下午2:05", "14時05分"]
TIMES += ["Ore 14.05", "Kl. 14.05", "Update 14:05 Uhr", "Pukul 14.05", "Godz. 14:05", "À 14h05", "Saat 14:05"]


def value(expression: pl.Expr, text: str) -> object:
    return pl.DataFrame({"text": [text]}).select(expression).item()


@pytest.mark.parametrize("time", TIMES)
def test_a_time_is_known_alone_and_before_words(time: str) -> None:
    assert value(clock_times.may_be_time(), time) and value(clock_times.is_time_alone(), f"[{time}]")
    assert value(clock_times.is_opening(), f"{time} – The mayor has arrived.")
    assert not value(clock_times.is_time_alone(), f"{time} – The mayor has arrived.")


@pytest.mark.parametrize("line", ["25:99", "1234", "The bus left at 14:05", "14:05x", "Room 14"])
def test_other_lines_are_no_time(line: str) -> None:
    assert not value(clock_times.is_time_alone(), line)
    assert not value(clock_times.is_opening(), line)


def test_the_time_is_cut_from_its_line() -> None:
    assert value(clock_times.time_of(), "14:05 – The mayor") == "14:05"
    assert value(clock_times.time_of(), "The mayor") == "The mayor"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=20), min_size=1))
def test_a_figure_among_the_first_characters_is_never_missed(lines: list[str]) -> None:
    text = Text(pl.Series(lines, dtype=pl.String))
    figures = clock_times.begins_with_figure(text.data, np.asarray(text.begin))
    for line, figure in zip(lines, figures, strict=True):
        assert figure or not any(c in "0123456789" for c in line[:14])
