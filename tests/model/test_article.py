from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import MappingError
from copydesk.model.article import ALIASES, FIELDS, parse_map, recognise
from copydesk.testing.strategies import SCRAPERS


@pytest.mark.parametrize("tool", SCRAPERS)
def test_the_columns_of_known_scrapers_are_recognised(tool: str) -> None:
    columns = SCRAPERS[tool]
    assert recognise(columns.values()) == columns
    assert recognise(reversed(list(columns.values()))) == columns
    assert recognise([column.upper() for column in columns.values()]) == {
        field: column.upper() for field, column in columns.items()
    }


@pytest.mark.parametrize("field", FIELDS)
def test_every_alias_is_recognised(field: str) -> None:
    for alias in ALIASES[field]:
        assert recognise({alias, "body"})[field] in (alias, "body")


def test_no_alias_stands_for_two_fields() -> None:
    names = [alias.lower() for field in FIELDS for alias in ALIASES[field]]
    assert len(names) == len(set(names))
    assert set(ALIASES) == set(FIELDS)


@given(st.permutations(FIELDS))
def test_what_is_mapped_goes_before_any_alias(columns: list[str]) -> None:
    assert recognise([*columns, "x"], mapped={"body": "x", "headline": "body"}) == {
        **{field: field for field in FIELDS},
        "headline": "body",
        "body": "x",
    }


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (["body"], "expected FIELD=COLUMN"),
        (["body="], "expected FIELD=COLUMN"),
        (["bodi=text"], "Did you mean 'body'?"),
        (["body=a", "body=b"], "already mapped"),
    ],
)
def test_a_bad_map_is_named(entries: list[str], said: str) -> None:
    with pytest.raises(MappingError) as caught:
        parse_map(entries)
    assert said in str(caught.value) and entries[-1] in str(caught.value)


@pytest.mark.parametrize(
    ("columns", "mapped", "said"),
    [
        (["title"], {}, "Name it with --map body=COLUMN"),
        ([], {}, "The columns are none"),
        (["text"], {"headline": "titel"}, "there is no column 'titel'"),
        (["text", "title"], {"headline": "titel"}, "Did you mean 'title'?"),
    ],
)
def test_columns_that_do_not_fit_are_named(columns: list[str], mapped: dict[str, str], said: str) -> None:
    with pytest.raises(MappingError) as caught:
        recognise(columns, mapped=mapped, file="a.csv")
    assert said in str(caught.value) and "a.csv" in str(caught.value)
