"""Paragraphs in place of headlines, and headlines that break off in a bracket, are found; headlines are not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from copydesk_expectations.checks.metadata.headline_malformed import HeadlineMalformed

Found = Callable[..., list[dict[str, Any]]]


@pytest.mark.parametrize(
    "headline", ["Mayor resigns (VID", "Bürgermeister geht [", "市长辞职（图", "新闻【视频", "A (b) and (c"]
)
def test_a_headline_that_breaks_off_in_a_bracket_is_found(found: Found, headline: str) -> None:
    [finding] = found(HeadlineMalformed(), [{"headline": f" {headline} "}])
    assert finding["text"] == headline and "bracket" in finding["reason"]


@pytest.mark.parametrize("word", ["word ", "слово ", "词语词语"])
def test_so_many_words_are_a_paragraph(found: Found, word: str) -> None:
    check = HeadlineMalformed(max_words=40)
    [finding] = found(check, [{"headline": word * 15}, {"headline": word * 80}])
    assert finding["article"] == 1 and "paragraph" in finding["reason"]


def test_headlines_are_left_alone(found: Found) -> None:
    headlines = ("Mayor resigns (again)", "Rain :(", "No more ;-(", "[Video] Bridge opens", "a) the bridge", "", None)
    assert not found(HeadlineMalformed(), [{"headline": headline} for headline in headlines])


def test_an_option_that_cannot_be_is_an_error() -> None:
    with pytest.raises(ValueError, match="max_words"):
        HeadlineMalformed(max_words=0)
