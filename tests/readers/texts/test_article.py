from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.model.chunk import Rejected
from copydesk.readers.texts.article import decoded, split_text
from copydesk.testing.strategies import bodies


@given(bodies(), st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=1, max_size=3))
def test_highlights_are_the_standfirst(body: str, highlights: list[str]) -> None:
    text = body + "".join(f"\n\n@highlight\n\n{line}" for line in highlights)
    (article,) = split_text(text)
    assert article.values == {"body": body + "\n\n", "standfirst": "\n".join(highlights)}
    assert article.starts == {"body": 0}


@given(st.text(st.characters(codec="utf-8")), st.booleans())
def test_fields_that_stand_in_the_text_start_where_it_is_said(text: str, has_headline: bool) -> None:
    for article in split_text(text, has_headline=has_headline):
        for name, start in article.starts.items():
            assert text.startswith(article.values[name], start)


def test_a_text_without_a_headline_is_its_body() -> None:
    (article,) = split_text("It rained.\nIt poured.", has_headline=False)
    assert article.values == {"body": "It rained.\nIt poured."}


def test_text_that_is_not_utf_8_is_rejected() -> None:
    rejected = decoded("Titel\nÄrger".encode("latin-1"), "a.txt", split_text)
    assert isinstance(rejected, Rejected) and rejected.line == 2 and rejected.reason.startswith("not UTF-8 at byte 7")
