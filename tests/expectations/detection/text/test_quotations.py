"""Quotations are told from lines of the page in the marks of many languages."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from copydesk_expectations.detection.text.quotations import is_quoted_title, is_speech


def holds(predicate: Callable[[], pl.Expr], text: str) -> bool:
    return bool(pl.DataFrame({"text": [text]}).select(predicate()).item())


@pytest.mark.parametrize(
    "text",
    [
        "“We use cookies to make you hungry,” the baker told the court.",
        "„Wir verwenden Cookies, um Kunden anzulocken“, sagte der Bäcker.",
        "« Nous utilisons des cookies pour vous », a déclaré le boulanger.",
        "– Vi bruker cookies til alt, – sa bakeren.",
        "«Мы используем файлы cookie для рекламы», — сказал пекарь.",
    ],
)
def test_what_somebody_says_is_speech(text: str) -> None:
    assert holds(is_speech, text)


@pytest.mark.parametrize(
    "text", ["We use cookies to improve this site.", "- Accept all", "By clicking “Accept”, you agree.", "“Accept all”"]
)
def test_a_line_of_the_page_is_no_speech(text: str) -> None:
    assert not holds(is_speech, text)


def test_a_title_in_marks_is_all_of_the_headline() -> None:
    for title in ("“Home”", "„Impressum“", "«Главная»", "《首页》", "「ホーム」", '"Untitled"', "« Accueil »"):
        assert holds(is_quoted_title, title)
    for headline in ("Home", "“Home” reopens", "The “Home”", "“Home” and “Away”"):
        assert not holds(is_quoted_title, headline)
