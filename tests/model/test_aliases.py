"""Column names are compared without case, spaces, underscores and dashes."""

from __future__ import annotations

import pytest

from copydesk.model.aliases import ALIASES, normal_name
from copydesk.model.article import FIELDS, recognise


def test_no_two_aliases_are_the_same_name() -> None:
    names = [normal_name(alias) for field in FIELDS for alias in ALIASES[field]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("form", [str.upper, lambda n: n.replace("_", " "), lambda n: n.replace("_", "-"), str.title])
def test_a_name_is_known_in_any_spelling(form) -> None:  # type: ignore[no-untyped-def]
    for field in FIELDS:
        for alias in ALIASES[field]:
            assert recognise([form(alias), "body"])[field] in (form(alias), "body")


def test_the_very_name_goes_before_one_that_is_like_it() -> None:
    assert recognise(["_id", "id", "text"])["id"] == "id"
    assert "publisher" not in recognise(["_source", "text"])
    assert recognise(["headline.main", "text"])["headline"] == "headline.main"
