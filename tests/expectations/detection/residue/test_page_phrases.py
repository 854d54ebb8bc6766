"""Phrases, entries of blocks and certain lines count as known lines of the page."""

from __future__ import annotations

import polars as pl

from copydesk.checks.batch import Batch
from copydesk.lexicon.lexicon import kind_bits
from copydesk_expectations.detection.residue.page_phrases import PERMITTING, certain_lines, phrase_kinds

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
