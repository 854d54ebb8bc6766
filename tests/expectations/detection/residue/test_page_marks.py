"""Time stamps, parts of a series, names of code and ends of credits are known by their form."""

from __future__ import annotations

import polars as pl
import pytest

from copydesk.checks.batch import Batch
from copydesk_expectations.detection.residue import page_marks
from copydesk_expectations.detection.residue.page_marks import MARK

PROSE = "The council met on Monday evening and agreed, after a long debate, to put off the decision on the old bridge."


def marks(*lines: str) -> dict[str, str]:
    batch = Batch(pl.DataFrame({"body": ["\n".join(lines)]}))
    found = page_marks.page_marks(batch)
    return dict(zip(batch.paragraphs["text"].gather(found["place"]), found["reason"], strict=True))


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("3 May 2025 Last updated at 18:50 BST", "stamp"),
        ("Aktualisiert: 03.05.2025, 18:50 Uhr", "stamp"),
        ("Publicado a las 18h50 del 3 de mayo de 2025", "stamp"),
        ("Обновлено: 3 мая 2025, 18:50", "stamp"),
        ("Güncelleme: 03.05.2025 18:50", "stamp"),
        ("更新 2025年5月3日 18:50", "stamp"),
        ("article-body__ad-slot", "code"),
        ("wp-caption-text", "code"),
        ("share-icon-small", "code"),
        ("article-body", "code"),
        ("{{ article.title }}", "code"),
        ("via Reuters/ E+)", "credit"),
    ],
)
def test_a_mark_is_known_by_its_form(line: str, mark: str) -> None:
    assert marks(PROSE, line) == {line: MARK[mark]}


@pytest.mark.parametrize(
    "line",
    [
        "Updated figures show that 18 of 50 died.",
        "(Published Monday, May 3, 2025)",
        "Doors open at 18:50",
        "mother-in-law",
        "#metoo",
        "The agency (Reuters)",
        "Part 1: The trial",
    ],
)
def test_lines_of_a_story_are_none(line: str) -> None:
    assert marks(PROSE, line) == {}


@pytest.mark.parametrize("word", ["Part", "Laporan", "Teil", "Часть", "Parte"])
def test_parts_of_a_series_are_pointers_below_the_story_alone(word: str) -> None:
    parts = [f"{word} 1: Pasar lama", f"{word} 2 : Kios nomor satu"]
    assert list(marks(PROSE, *parts)) == parts
    assert marks(parts[0], PROSE, parts[1], PROSE) == {}


@pytest.mark.parametrize(
    "line", ["mother-in-law", "state-of-the-art", "hide-and-seek", "share-out", "add-on", "body-builder"]
)
def test_words_with_hyphens_are_no_code(line: str) -> None:
    assert marks(PROSE, line) == {}
