"""A menu is a run of names of sections above a story; headings, tags and lists of the story are none."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.lexicon.phrases import kind_bits
from copydesk_expectations.detection.residue.menus import MENU, menu_lines
from copydesk_expectations.detection.residue.page_phrases import certain_lines, phrase_kinds
from copydesk_expectations.tables import read_table

PROSE = "The council met on Monday evening and agreed, after a long debate, to put off the decision on the old bridge."


def entries(*bodies: str) -> list[str]:
    batch = Batch(pl.DataFrame({"body": bodies}, schema={"body": pl.String}))
    return batch.paragraphs["text"].gather(menu_lines(batch)["place"]).to_list()


@given(st.lists(st.sampled_from(read_table("section_names")), min_size=4, max_size=8, unique=True))
@settings(max_examples=10, deadline=None)
def test_sections_above_a_story_are_a_menu_in_any_language(names: list[str]) -> None:
    assert entries(PROSE, "\n".join([*names, PROSE])) == names


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Politics", "Ostbrück", "Sport", "Culture"], 4),  # the name of a town's pages
        (["The bridge stays", "Politics", "Sport", "Travel", "Culture", "By Jane Roe"], 4),
        (["Politics", "Sport", "Culture"], 0),
        (["Politics", "Anna Roe", "Sport", "Bert Poe", "Carla Doe", "Dora Moe", "Culture"], 0),
        (["Politics.", "Sport.", "Travel.", "Culture."], 0),
    ],
)
def test_most_entries_of_a_menu_are_sections(lines: list[str], expected: int) -> None:
    assert len(entries("\n".join([*lines, PROSE]))) == expected


def test_what_stands_below_prose_or_without_a_story_is_another_matter() -> None:
    names = "Politics\nSport\nTravel\nCulture\nHealth"
    assert entries(f"{PROSE}\n{names}\n{PROSE}", names, "") == []


def test_a_menu_needs_no_model_and_permits_verdicts() -> None:
    batch = Batch(pl.DataFrame({"body": ["\n".join(["Home", "Politics", "Sport", "Travel", "Culture", PROSE])]}))
    assert (phrase_kinds(batch)[1:5] & kind_bits("share")).all()
    found = certain_lines(batch).filter(pl.col("reason") == MENU)["text"].to_list()
    assert found[-3:] == ["Sport", "Travel", "Culture"] and "Home" not in found
