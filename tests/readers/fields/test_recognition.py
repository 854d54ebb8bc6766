"""Which column is which, by names and by what is in them."""

from __future__ import annotations

from typing import Any

import pytest

from copydesk.errors import MappingError
from copydesk.readers.fields.columns import Columns, Wanted

LONG = "The iron bridge was closed for repairs last year, and nobody could cross the river. " * 6
SHORT = "The iron bridge was closed for repairs last year."
TITLES = [f"Bridge number {n} opens to walkers again" for n in range(4)]


def find(*rows: dict[str, Any], mapped: dict[str, str] | None = None) -> Columns:
    return Wanted(mapped or {}).find(dict.fromkeys(key for row in rows for key in row), "a.json", rows)


def test_the_longer_of_two_bodies_is_taken_and_said_whatever_their_order() -> None:
    for row in ({"content": SHORT + "…", "full_content": LONG}, {"full_content": LONG, "content": SHORT + "…"}):
        columns = find(*[row] * 4)
        assert columns.fields == {"body": "full_content"} and columns.ignored == ("content",)
        assert "full_content" in columns.notes[0].text and "content (" in columns.notes[0].text


def test_a_teaser_is_the_standfirst_and_a_line_the_headline_where_there_is_none() -> None:
    assert find(*[{"text": SHORT * 3, "ctext": LONG, "title": t} for t in TITLES]).fields["standfirst"] == "text"
    assert find(*[{"text": t, "body_plain": LONG} for t in TITLES]).fields == {"headline": "text", "body": "body_plain"}


def test_tags_make_no_text_longer() -> None:
    assert find(*[{"content_text": LONG, "content_html": f"<p>{LONG}</p>" * 1}] * 3).fields["body"] == "content_text"


def test_columns_of_several_schemas_stand_in_for_each_other() -> None:
    columns = find({"title": "A", "text": LONG}, {"headline": "B", "maintext": LONG}, {"headline": "C", "body": LONG})
    assert {columns.fields["body"], *columns.others["body"]} == {"text", "maintext", "body"}
    assert columns.fields["headline"] == "headline" and columns.others["headline"] == ("title",)
    assert not columns.notes


@pytest.mark.parametrize(
    ("names", "field"),
    [(TITLES, "headline"), (["The Herald"] * 4, "publisher"), (["The Herald", "Post"] * 2, "publisher")],
)
def test_name_is_a_headline_or_a_paper_by_what_is_in_it(names: list[str], field: str) -> None:
    fields = find(*[{"name": name, "text": LONG} for name in names]).fields
    assert fields[field] == "name" and len(fields) == 2


def test_objects_are_looked_into_where_no_column_is_the_body() -> None:
    row = {"id": 7, "fields": {"bodyText": LONG, "headline": "Storm"}, "comments": {"text": LONG * 2}}
    assert find(row).fields == {"id": "id", "headline": "fields.headline", "body": "fields.bodyText"}
    row = {"text": LONG, "metadata": {"title": "Storm", "url": "https://a.example"}, "user": {"title": "Dr"}}
    assert find(row).fields == {"url": "metadata.url", "headline": "metadata.title", "body": "text"}


def test_numbers_are_no_names_and_objects_no_texts() -> None:
    columns = find(*[{"author": 4, "category": [3, 5], "headline": {"deep": {"x": "y"}}, "text": LONG}] * 2)
    assert columns.fields == {"body": "text"} and len(columns.notes) == 3
    assert find({"author": 4, "text": LONG}, mapped={"byline": "author"}).fields["byline"] == "author"


def test_a_body_of_unknown_objects_is_an_error_that_names_their_keys() -> None:
    with pytest.raises(MappingError, match=r"keys en, fr.*--map body=body\.KEY"):
        find({"body": {"en": LONG, "fr": LONG}})
    assert find({"body": {"en": LONG, "fr": LONG}}, mapped={"body": "body.en"}).fields == {"body": "body.en"}


def test_a_path_that_leads_nowhere_is_an_error_with_those_there_are() -> None:
    with pytest.raises(MappingError, match=r"'headline\.mian'\. Did you mean 'headline\.main'\?"):
        find({"headline": {"main": "Storm"}, "body": LONG}, mapped={"headline": "headline.mian"})
