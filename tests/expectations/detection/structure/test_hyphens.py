"""Half a word at the end of a line is seen where an article has several; a hyphen that is a word's own is not."""

from __future__ import annotations

import pytest

from copydesk.lazy import pl
from copydesk_expectations.detection.structure.hyphens import parted_lines

SCANNED = ["The council has ap-", "proved the new bridge and the har-", "bour wall."]


def parted(*articles: list[str]) -> list[bool]:
    rows = [(number, line) for number, lines in enumerate(articles) for line in lines]
    return list(
        map(bool, parted_lines(pl.DataFrame(rows, schema={"article": pl.UInt32, "text": pl.String}, orient="row")))
    )


@pytest.mark.parametrize("hyphen", ["-", "\u00ad", "¬"])
def test_two_in_an_article_are_seen(hyphen: str) -> None:
    assert parted([line.replace("-", hyphen) for line in SCANNED]) == [True, True, False]


def test_one_alone_is_left_alone_whatever_other_articles_have() -> None:
    assert parted(SCANNED[:2], SCANNED) == [False, False, True, True, False]


def test_a_hyphen_that_stands_for_a_word_is_none() -> None:
    assert not any(
        parted(["Die Vor-", "und Nachteile der Ein-", "oder Ausfahrt", "The vote-", "Monday is the day-", "A"])
    )


def test_no_line_goes_on_in_another_article() -> None:
    assert not any(parted(["first ap-"], ["proved har-"], ["bour"]))
    assert parted() == []
