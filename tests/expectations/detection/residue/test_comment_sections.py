"""A section of comments begins at the first author, and runs to the end of the article."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.batch import Batch
from copydesk.testing.strategies import hostile_text
from copydesk_expectations.detection.residue.comment_sections import comment_sections

PROSE = "The council met on Monday evening and agreed, after a long debate, to put off the decision on the old bridge."


def section(*lines: str) -> list[str]:
    batch = Batch(pl.DataFrame({"body": ["\n".join(lines)]}))
    found = comment_sections(batch)
    return [] if found.is_empty() else batch.paragraphs["text"][found["first"][0] : found["behind"][0]].to_list()


@pytest.mark.parametrize(
    ("author", "reply"),
    [
        ("Posted Mar 11, 2026 9:14 UTC (Wed) by oakroofer (subscriber, #4411)", "Reply to this comment"),
        ("3 hours ago", "Reply"),
        ("Anna schrieb am 11. März 2026 um 9:14", "Antworten"),
        ("il y a 3 heures", "Répondre"),
        ("3 часа назад", "Ответить"),
        ("3小时前", "回复"),
        ("Ayşe 11.03.2026 09:14 yazdı", "Cevapla"),
        ("Talbewohner 11.03.2026, 09:14 Uhr", "Antworten"),
        ("@anna_k · Mar 11, 2026 9:14 pm", "Reply"),
    ],
)
def test_authors_and_buttons_make_a_section(author: str, reply: str) -> None:
    comments = [author, "It was always a carpet shop", reply, author.replace("3", "4"), "Not in 1988 it wasn't.", reply]
    assert section(PROSE, *comments) == comments


def test_a_name_above_the_time_belongs_to_it() -> None:
    comments = ["oakroofer", "3 hours ago", "So it is", "Reply", "mpryce", "2 hours ago", "No", "Reply"]
    assert section(PROSE, *comments) == comments


@pytest.mark.parametrize(
    "lines",
    [
        ("14:05", "The mayor has arrived.", "14:20", "The bus is here."),
        (
            "Ann Vale 11.03.2026, 09:14",
            "The mayor is here.",
            "Ann Vale 11.03.2026, 09:20",
            "The bus is here.",
            "Ann Vale 11.03.2026, 09:31",
        ),
        ("Reply", "He gave no reply to it"),
        ("Posted Mar 11, 2026 9:14 by Ann Vale",),
        ("The mayor said:", "“I am glad.”", "The driver said:", "“So am I.”"),
    ],
)
def test_a_story_has_no_section(lines: tuple[str, ...]) -> None:
    assert section(PROSE, *lines, PROSE) == []


@given(st.lists(hostile_text(), max_size=3))
@settings(max_examples=20, deadline=None)
def test_it_stands_hostile_text(texts: list[str]) -> None:
    found = comment_sections(Batch(pl.DataFrame({"body": texts}, schema={"body": pl.String})))
    assert (found["behind"] > found["first"]).all()
