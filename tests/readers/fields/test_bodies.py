"""The body is the longest of the columns that can hold it, and without one the error names what is most like it."""

from __future__ import annotations

from copydesk.readers.fields.bodies import body_columns, choice_note, choose_body, no_body_error
from copydesk.readers.fields.sample import Sample

LONG = "The iron bridge was closed for repairs last year, and nobody could cross the river. " * 6
SHORT = "The iron bridge was closed for repairs last year."


def test_a_mapped_column_goes_first_and_paths_in_objects_last() -> None:
    sample = Sample([{"text": LONG, "article": {"body": LONG, "comments": {"body": LONG}}}])
    assert body_columns(["text"], sample, {"body": "x"}) == ["x"]
    assert body_columns(["text"], sample, {}) == ["text"]
    assert body_columns([], sample, {}) == ["article.body"]


def test_the_longest_is_taken_and_the_note_says_so() -> None:
    sample = Sample([{"content": SHORT, "full": LONG}] * 3)
    assert choose_body(["content", "full"], sample) == ("full", [], ["content"])
    note = choice_note("full", ["content"], sample)
    assert note and note.startswith("body is read from full, the longest") and "content (49)" in note
    assert choice_note("full", ["full"], sample) is None


def test_columns_that_take_turns_stand_in_for_each_other() -> None:
    sample = Sample([{"text": LONG}, {"body": LONG}])
    body, others, ignored = choose_body(["text", "body"], sample)
    assert {body, *others} == {"text", "body"} and not ignored


def test_an_error_names_the_column_that_is_most_like_a_body_and_no_article() -> None:
    row = {"link": "https://a.example/" + "x" * 900, "short": SHORT, "when": "2026-03-14", LONG: "x"}
    said = str(no_body_error(list(row), [], Sample([row]), "a.json"))
    assert "`copydesk check a.json --map body=short`" in said and LONG[:60] not in said
    nested = Sample([{"body": {"en": LONG}}])
    assert "--map body=body.KEY" in str(no_body_error(["body"], ["body"], nested, "a.json"))
