"""Each kind of evidence for a gate counts, and a paragraph of a story outweighs all of it."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk.text.expressions import ends_sentence, word_count
from copydesk_expectations.detection.text.gates import gate_evidence, gate_pages, without_cjk_spaces
from copydesk_expectations.tables import read_sections

STORY = "The mayor cut the ribbon at noon, and the first bus crossed the bridge with the children of the school."


def evidence(*texts: str) -> pl.DataFrame:
    lines = pl.DataFrame({"text": texts}).with_columns(
        article=pl.lit(0), start=pl.int_range(pl.len()), end=pl.int_range(pl.len()) + 1, known=pl.lit(value=False)
    )
    lines = lines.with_columns(words=word_count(pl.col("text")), ends=ends_sentence(pl.col("text")))
    return gate_evidence(lines.lazy()).collect()


def is_gate(*texts: str) -> bool:
    return gate_pages(evidence(*texts).lazy()).collect().height == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [("页 面 不 存 在", "页面不存在"), ("启用 JavaScript 后", "启用JavaScript后"), ("not a robot", "not a robot")],
)
def test_spaces_beside_chinese_japanese_and_korean_go(text: str, expected: str) -> None:
    assert pl.select(without_cjk_spaces(pl.lit(text))).item() == expected


def test_what_is_quoted_is_no_evidence() -> None:
    assert evidence("Page not found", "“Page not found”, it said")["strong"].to_list() == [True, False]


def test_a_strong_line_or_two_fields_are_enough_without_a_story() -> None:
    assert is_gate("404 Not Found")
    assert is_gate("User name", "Password")
    assert not is_gate("User name")
    assert not is_gate("404 Not Found", STORY)
    assert not is_gate("cookies", "browser", "privacy policy")


def test_a_long_line_needs_more_phrases_on_the_page() -> None:
    long = "the clerk told the council that the page could not be found on any of the five days of that week"
    assert not is_gate(long)
    assert is_gate(long, "Oops, something went wrong", "Please try again later")


def test_no_phrase_stands_twice_and_strong_ones_are_long_enough_to_be_sure() -> None:
    sections = read_sections("gates")
    assert set(sections) == {"strong", "weak", "field"}
    for phrases in sections.values():
        assert len(set(phrases)) == len(phrases)
    assert min(len(phrase.encode()) for phrase in sections["strong"]) >= 9
