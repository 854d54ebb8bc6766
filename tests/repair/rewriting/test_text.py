"""Plain texts: the headline stays the first line."""

from __future__ import annotations

import pytest

from copydesk.repair.articles import Repaired
from copydesk.repair.edits import Edit
from copydesk.repair.rewriting.pieces import RefusedError
from copydesk.repair.rewriting.text import _patches


def article(field: str, before: str, edit: Edit) -> Repaired:
    return Repaired("a.txt", 1, 1, "a", {"headline": "headline", "body": "body"}, {}, {field: before}, {field: [edit]})


def test_places_count_from_the_field() -> None:
    text = "\nHead &amp; tail\r\nThe body."
    assert list(_patches(text, article("body", "The body.", Edit(0, 4, "")))) == [(18, 22, "")]
    assert list(_patches(text, article("headline", "Head &amp; tail", Edit(5, 10, "&")))) == [(6, 11, "&")]


@pytest.mark.parametrize(("field", "new"), [("headline", ""), ("headline", "a\nb"), ("byline", "x")])
def test_what_would_move_the_fields_is_refused(field: str, new: str) -> None:
    with pytest.raises(RefusedError):
        list(_patches("Head\nBody.", article(field, "Head", Edit(0, 4, new))))
