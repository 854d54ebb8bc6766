"""What names nobody is told from a name, and bylines are cut into authors whose places are true."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.lexicon.lexicon import load
from copydesk.text.expressions import normalised
from copydesk_expectations.detection.metadata import bylines
from copydesk_expectations.tables import read_table

NAME = "Maren Tolliver"


def holds(predicate: pl.Expr, text: str) -> bool:
    frame = pl.DataFrame({"text": [text]}).with_columns(line=normalised(pl.col("text")))
    return bool(frame.select(predicate).item())


@pytest.mark.parametrize(
    ("predicate", "text"),
    [
        *((bylines.is_time, t) for t in ("10:32", "10.32 Uhr", "Updated 9:05 am", "5 minutes ago", "vor 3 Stunden")),
        *((bylines.is_time, t) for t in ("2 часа назад", "hace 2 horas", "3小时前", "Minutes Ago")),
        *((bylines.is_control, t) for t in ("Email The Author", "View all posts", "Follow @maren", "bio")),
        *(
            (bylines.is_address, t)
            for t in ("https://a.example/m", "www.a.example", "@maren", "m@a.example", "x.com/m")
        ),
        *((bylines.has_no_letter, t) for t in ("40213", "***", "—")),
        *((bylines.has_markup, t) for t in ("<b>Maren", "Tolliver &amp; Co", "O&#8217;Neil")),
    ],
)
def test_each_predicate_knows_its_own_and_no_name(predicate: type[pl.Expr], text: str) -> None:
    assert holds(predicate(), text)
    assert not holds(predicate(), NAME)


def test_agencies_are_those_of_the_table() -> None:
    names = pl.DataFrame({"line": [*read_table("agencies"), NAME.lower()]})
    assert names.select(bylines.is_agency(pl.col("line"))).to_series().to_list() == [True] * (names.height - 1) + [
        False
    ]


@pytest.mark.parametrize("by", ["by ", "von ", "par: ", "written by ", "от ", "text: "])
def test_by_is_taken_off_at_the_beginning_alone(by: str) -> None:
    line = pl.select(bylines.without_by(pl.lit(f"{by}maren by tolliver"))).item()
    assert line == "maren by tolliver"


@pytest.mark.parametrize(
    ("text", "date"), [("14 March 2026", True), ("2026-03-14", True), ("2026", False), (NAME, False)]
)
def test_a_date_is_more_than_a_year(text: str, date: bool) -> None:
    assert bylines.is_date(pl.Series([text])).to_list() == [date]


def test_what_may_be_nobody_holds_all_that_is() -> None:
    texts = [
        "Senior Reporter",
        "By Staff",
        "von Redaktion",
        "@maren",
        "10:32",
        "<b>x</b>",
        "Staff, Maren Tolliver",
        NAME,
    ]
    maybe = bylines.may_be_nobody(pl.Series(texts), load(), "byline-junk")
    assert maybe.to_list() == [True] * 7 + [False]


AUTHORS = st.text(st.characters(exclude_characters=",;|•·\n\r\x1e/&", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(AUTHORS, min_size=1, max_size=4), st.sampled_from([",", "; ", " | ", "\n", " & "]))
def test_authors_stand_where_they_are_said_to(authors: list[str], between: str) -> None:
    byline = between.join(authors)
    for _, text, start, end in bylines.split_authors(pl.DataFrame({"byline": [byline]})).iter_rows():
        assert text == byline[start:end] != ""


def test_authors_are_cut_at_marks_and_at_words() -> None:
    frame = pl.DataFrame({"byline": ["Maren Tolliver and Joss Abernathy, dpa", "Anna и Boris", "Sandy Andrews"]})
    authors = bylines.split_authors(frame)["text"].to_list()
    assert authors == ["Maren Tolliver", "Joss Abernathy", "dpa", "Anna", "Boris", "Sandy Andrews"]
