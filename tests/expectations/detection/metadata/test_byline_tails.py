"""Tails of bylines: dates, roles and what invisible marks hide are found behind a name; names are left whole."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk.checks.batch import SHORT_LINE, Batch
from copydesk.lexicon.lexicon import load
from copydesk_expectations.detection.metadata.byline_tails import _possible_tails, are_glued_names, own_tails, tails_of


def tails(*bylines: str) -> dict[str, str]:
    frame = tails_of(pl.Series(bylines), load(), "byline-junk")
    for byline, text, start, end, _ in frame.rows():
        assert byline[start:end] == text
    return dict(frame.select("byline", "text").rows())


def glued(*authors: str) -> list[bool]:
    return pl.DataFrame({"text": authors}).select(are_glued_names()).to_series().to_list()


@pytest.mark.parametrize(
    ("name", "tail"),
    [
        ("Maren Tolliver ", "14 March 2026"),
        ("Sofie Jan Peeters ", "14 maart 2026"),
        ("Anna Weber ", "14. März 2026, 10:15 Uhr"),
        ("Марина Иванова ", "14 марта 2026"),
        ("김하늘 기자 ", "2026.03.14 10:15"),
        ("محمد أحمد ", "14 مارس 2026"),
        ("Claire Montel ", "il y a 2 heures"),
        ("Maren Tolliver on ", "March 14, 2026"),
        ("Maren Tolliver", "Senior Reporter"),
        ("Maren Tolliver", "Updated 10:15"),
        ("Nuria Casals ", "\u200b\u200bBarcelona. Redactora jefe"),
        ("Anna Weber", "\ufeff Korrespondentin in Wien"),
    ],
)
def test_a_tail_is_found_behind_a_name(name: str, tail: str) -> None:
    assert tails(name + tail) == {name + tail: tail}
    assert not tails(name)


def test_names_have_no_tails() -> None:
    names = (
        "August Wilson",
        "Friday Okoro",
        "April May",
        "Ronald McDonald",
        "Jane Doe 3rd",
        "Studio 54",
        "محمد\u200cرضا کریمی",
    )
    assert not tails(
        *names, "\u200bMaren Tolliver", "Maren Tolliver\u200b", "Class of 2026", "Jo DiCaprio", "14 March 2026"
    )


def test_names_that_run_together_are_told_from_names_with_capitals_inside() -> None:
    assert all(
        glued("Maren TolliverJoss Abernathy", "Martha StoneRita OdumJoss Abernathy", "Josep M. CasalsNuria Vidal")
    )
    names = (
        "Ronald McDonald",
        "John FitzGerald Kennedy",
        "Sarah AnneMarie Jones",
        "Tom Warren HuffPost UK",
        "Jo DuBois",
    )
    assert not any(glued(*names, "Maren Tolliver", "BuzzFeed News", "ИТАР-ТАСС"))


@pytest.mark.parametrize(
    ("byline", "found"),
    [
        ("Maren Tolliver, Harbour Gazette", "Harbour Gazette"),
        ("Maren Tolliver | Harbour Gazette TV ", "Harbour Gazette TV"),
        ("Maren Tolliver and Joss Abernathy, The Harbour-Gazette", "The Harbour-Gazette"),
        ("Maren Tolliver, Valley Post", None),
        ("Maren Tolliver, Harbour Gazette, Wexcombe", None),
        ("Harbour Gazette", None),
        ("", None),
        (None, None),
    ],
)
def test_the_publishers_name_behind_an_author_is_a_tail(byline: str | None, found: str | None) -> None:
    frame = pl.DataFrame({"byline": [byline], "publisher": ["Harbour Gazette"], "body": ["The ferry left at noon."]})
    batch = Batch(frame.with_columns(pl.col("byline").cast(pl.String)))
    tails = own_tails(batch.articles.select("article", "byline"), batch)
    assert [b[s:e] for b, s, e in tails.select("byline", "start", "end").iter_rows()] == ([found] if found else [])


@pytest.mark.parametrize("piece", ["aA", "a 1 ", "an 1 Mar ", "a\u200b\u200bb "])
def test_the_tails_of_a_long_byline_are_few_and_short(piece: str) -> None:
    tails = [words for _, words, how in _possible_tails(piece * 1000) if how != "invisible"]
    assert len(tails) <= SHORT_LINE and all(len(words) <= SHORT_LINE for words in tails)
