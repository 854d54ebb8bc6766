"""What signs an article is known by its shape; the same words within a sentence sign nothing."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk_expectations.detection.structure import signatures


def holds(predicate: pl.Expr, text: str, *, tail: str | None = None) -> bool:
    tail = text if tail is None else tail
    line = pl.DataFrame({"text": [text], "tail": [tail], "tail_words": [len(tail.split())]})
    return bool(line.select(predicate).item())


@pytest.mark.parametrize(
    "end",
    [
        "(dpa)",
        "[E-2]",
        "♦",
        "■ ",
        "/ ab",
        "/jr",
        "– kg",
        "https://a.example/x",
        "www.a.example",
        "gazette.com",
        "@janeroe",
        "14.3.2026",
        "040-1234567",
        "说：",
        "***",
    ],
)
def test_a_signature_ends_a_line(end: str) -> None:
    assert holds(signatures.is_signature(), f"The bus was late {end}")
    assert holds(signatures.is_signed(), f"The bus was late {end}")


@pytest.mark.parametrize("text", ["The bus was late", "The bus (dpa) was late", "See www.a.example for more of it"])
def test_a_line_that_goes_on_has_no_signature(text: str) -> None:
    assert not holds(signatures.is_signature(), text)


def test_a_name_in_capitals_has_two_words_of_them() -> None:
    assert holds(signatures.is_name_in_capitals(), "Foto: JANE ROE")
    assert not holds(signatures.is_name_in_capitals(), "The mayor joined the NATO")


def test_initials_end_a_few_words_and_no_sentence() -> None:
    assert holds(signatures.has_initials(), "The bus was late. PTI", tail="PTI")
    assert not holds(signatures.has_initials(), "The mayor of the town wants to join the NATO")
    assert not holds(signatures.has_initials(), "The bus was late")


@pytest.mark.parametrize(
    "text",
    [
        "By Jane Roe",
        "Von Jane Roe",
        "Foto: Jane Roe",
        "© Reuters",
        "Jane Roe | Gazette",
        "- a list",
        "gazette.com",
        "A film by Jane Roe",
        "…",
    ],
)
def test_a_credit_is_short_and_has_its_marks(text: str) -> None:
    assert holds(signatures.is_credit(), text)
    assert not holds(signatures.is_credit(), text, tail=text + " and" * 12)


@pytest.mark.parametrize("text", ["The mayor said: “We are", "The bus was late", "He came by"])
def test_prose_is_no_credit(text: str) -> None:
    assert not holds(signatures.is_credit(), text)
