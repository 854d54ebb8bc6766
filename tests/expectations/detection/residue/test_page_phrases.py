"""Phrases, entries of blocks and certain lines count as known lines of the page."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk.checks.batch import Batch
from copydesk.lexicon.phrases import kind_bits
from copydesk_expectations.detection.residue.page_phrases import (
    PERMITTING,
    certain_lines,
    permitting_lines,
    phrase_kinds,
)

PROSE = "The council met on Monday evening and agreed, after a long debate, to put off the decision on the old bridge."


def test_what_is_known_of_the_page_has_a_kind() -> None:
    lines = [PROSE, "Last updated at 18:50 BST", "Read more", "Mayor resigns after vote", PROSE, "A cross-head", PROSE]
    kinds = phrase_kinds(Batch(pl.DataFrame({"body": ["\n".join(lines)]})))
    assert (kinds > 0).tolist() == [False, True, True, True, False, False, False]
    assert kinds[3] == kind_bits("related")


def test_credits_and_labels_permit_nothing() -> None:
    assert not {"caption", "label", "page"} & set(PERMITTING) and {"ad", "related", "share"} <= set(PERMITTING)


def test_a_comment_section_is_one_span() -> None:
    comments = ["3 hours ago", "So it is", "Reply", "2 hours ago", "Last updated at 18:50", "Reply"]
    body = "\n".join([PROSE, *comments])
    (row,) = certain_lines(Batch(pl.DataFrame({"body": [body]}))).rows(named=True)
    assert row["text"] == "\n".join(comments) and row["reason"].startswith("readers' comments (2)")


@pytest.mark.parametrize("label", ["Video", "Listen to this story", "Bild vergrößern", "Смотреть видео"])
def test_the_label_of_a_film_or_a_picture_permits_nothing(label: str) -> None:
    batch = Batch(pl.DataFrame({"body": ["\n".join([PROSE, label, PROSE, "Share", "Read more"])]}))
    kinds = phrase_kinds(batch)
    assert kinds[1] > 0
    assert permitting_lines(batch.paragraphs["text"], kinds).tolist() == [3, 4]
