"""A line is a headline of another story if it has the same words, and is no name of a section."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk_expectations.detection.residue.other_headlines import headline_lines, may_be_headline


@pytest.mark.parametrize(
    ("words", "chars", "ends", "may"),
    [(4, 20, False, True), (2, 9, False, False), (9, 18, False, True), (16, 90, True, False), (9, 60, True, True)],
)
def test_a_headline_has_some_words_and_is_no_prose(words: int, chars: int, ends: bool, may: bool) -> None:
    assert pl.DataFrame({"words": [words], "chars": [chars], "ends": [ends]}).select(may_be_headline()).item() == may


def keys(headlines: list[int | None], stories: list[int], lines: list[tuple[int, int, bool]]) -> pl.LazyFrame:
    articles = pl.DataFrame({"article": range(len(stories)), "story": stories, "headline": headlines})
    rows = pl.DataFrame(lines, {"article": pl.Int64, "line": pl.Int64, "title": pl.Boolean}, orient="row")
    rows = rows.with_columns(par=pl.lit(1), start=pl.lit(9), text=pl.lit("words"))
    return pl.concat([articles, rows], how="diagonal").lazy()


def test_the_first_other_article_is_named() -> None:
    found = headline_lines(keys([7, 8, 8], [70, 80, 80], [(0, 8, True), (0, 9, True), (1, 8, True)])).collect()
    assert found.select("article", "twin").rows() == [(0, 1)]


def test_a_headline_of_many_stories_names_none() -> None:
    assert headline_lines(keys([1, 8, 8, 8, 8], [1, 2, 3, 4, 5], [(0, 8, True)])).collect().is_empty()
    assert headline_lines(keys([1, 8], [1, 2], [(0, 8, False)])).collect().is_empty()
