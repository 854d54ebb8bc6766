from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.readers.texts.text_headers import read_header, take_heading

plain = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=20)


@given(plain, plain, st.sampled_from(["\n", "\r\n", "\r"]), st.text(st.characters(codec="utf-8")))
def test_front_matter_is_read_back(title: str, author: str, end: str, body: str) -> None:
    text = end.join(["---", f"title: '{title}'", f"author: '{author}'", "---", body])
    header = read_header(text)
    assert header is not None and header.values == {"title": title, "author": author}
    assert text[header.end :] == (body[1:] if end == "\r" and body.startswith("\n") else body)


@given(plain, plain, plain)
def test_the_header_of_a_mail_is_read_back(subject: str, sender: str, body: str) -> None:
    text = f"From: news@paper.example ({sender})\nSubject: {subject}\n and more\nLines: 3\n\n{body}"
    header = read_header(text)
    assert header is not None and text[header.end :] == body
    assert header.values == {"byline": sender, "headline": f"{subject} and more"}


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_has_a_header_or_none(text: str) -> None:
    for before in ("", "---\n", "+++\n", "From: a\n"):
        header = read_header(before + text)
        assert header is None or 0 < header.end <= len(before + text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("---\ntitle: Flood: a river\nauthor: A. Writer\n---\nx", {"title": "Flood: a river", "author": "A. Writer"}),
        ("---\ntitle: Flood\ndate: 2026-03-14\nx: no\n---\nx", {"title": "Flood", "date": "2026-03-14", "x": "no"}),
        ('+++\ntitle = "Flood"\ndate = 2026-03-14\n+++\nx', {"title": "Flood", "date": "2026-03-14"}),
        ("Title: Flood\nAuthor: A. Writer\n\nx", {"Title": "Flood", "Author": "A. Writer"}),
    ],
)  # fmt: skip
def test_forms_of_headers(text: str, values: dict[str, str]) -> None:
    header = read_header(text)
    assert header is not None and header.values == values and text[header.end :] == "x"


@pytest.mark.parametrize(
    "text",
    [
        "Flood: the river rises\n\nIt rained.",
        "Interview: the mayor\nQ: Why now?\nA: Because.\n\nShe left.",
        "---\nA line, and no field\n---\nIt rained.",
        "---\ntitle: Flood, and no end",
        "Body: x\nTitle: y\n\nz",
        "",
    ],
)
def test_texts_without_a_header(text: str) -> None:
    assert read_header(text) is None


def test_aliases_of_yaml_are_not_followed() -> None:
    bomb = "---\ntitle: Flood\na: &a [x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a]\n" for n in range(50)) + "---\nx"
    header = read_header(bomb)
    assert header is not None and header.values["title"] == "Flood" and len(str(header.values)) < 3 * len(bomb)


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("# Flood\n\nIt rained.", {}, ({"headline": "Flood"}, "\nIt rained.")),
        ("Flood\n=====\nIt rained.", {}, ({"headline": "Flood"}, "It rained.")),
        ("# Flood #\nIt rained.", {"title": "Flood"}, ({"title": "Flood"}, "It rained.")),
        ("# The night\nIt rained.", {"title": "Flood"}, ({"title": "Flood"}, "# The night\nIt rained.")),
        ("#hashtag\nIt rained.", {}, ({}, "#hashtag\nIt rained.")),
    ],
)
def test_a_first_heading(text: str, values: dict[str, str], expected: tuple[dict[str, str], str]) -> None:
    found, start = take_heading(text, 0, values)
    assert (found, text[start:]) == expected
