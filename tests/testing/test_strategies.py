from __future__ import annotations

from typing import Any

from hypothesis import find, given, settings

from copydesk import strategies
from copydesk.model.article import FIELDS
from copydesk.testing.strategies import (
    HOSTILE,
    SCRAPERS,
    articles,
    bodies,
    collections,
    headlines,
    hostile_text,
    paragraphs,
    scraped,
)


def test_what_is_public_is_sorted_and_there() -> None:
    assert strategies.__all__ == sorted(strategies.__all__)
    assert all(hasattr(strategies, name) for name in strategies.__all__)


@given(articles())
def test_an_article_has_every_field_and_can_be_written(article: dict[str, str | None]) -> None:
    assert tuple(article) == FIELDS
    assert article["body"] is not None and article["headline"] is not None
    for text in article.values():
        assert text is None or text.encode().decode() == text


@given(collections(min_size=2, max_size=4))
def test_a_collection_has_its_size_and_different_ids(found: list[dict[str, Any]]) -> None:
    assert 2 <= len({article["id"] for article in found}) == len(found) <= 4


@given(scraped())
def test_scraped_records_have_the_columns_of_the_tool(found: Any) -> None:
    tool, records, kept = found
    for record, article in zip(records, kept, strict=True):
        assert record == {SCRAPERS[tool][field]: text for field, text in article.items()}


@given(paragraphs(), headlines())
def test_a_paragraph_is_one_line_and_not_blank(paragraph: str, headline: str) -> None:
    for text in (paragraph, headline):
        assert text.strip() and "\n" not in text and "\r" not in text


@settings(max_examples=30)
@given(bodies(hostile=False))
def test_a_plain_body_is_ascii(body: str) -> None:
    assert body.isascii()


def test_every_hostile_piece_is_found() -> None:
    for piece in (HOSTILE["nul"][0], HOSTILE["emoji"][1], HOSTILE["markup"][3]):
        assert piece in find(hostile_text(), lambda text, piece=piece: piece in text)  # type: ignore[misc]
    find(hostile_text(lone_surrogates=True), lambda text: "\ud800" in text)


def test_bodies_repeat_paragraphs_now_and_then() -> None:
    def repeats(body: str) -> bool:
        lines = [line for line in body.splitlines() if line]
        return len(set(lines)) < len(lines)

    assert find(bodies(hostile=False), repeats)
