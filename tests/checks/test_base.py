"""Checks: their keys tell their options apart, and a check that cannot run says why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, get_args

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.checks import ArticleCheck, RowCheck, all_checks, expectation_type, option_types
from copydesk.checks.batch import Batch
from copydesk.model.overview import Shown


@dataclass(frozen=True, kw_only=True)
class Shouting(ArticleCheck):
    """Expect no headline in capitals."""

    name: ClassVar[str] = "shouting"
    family: ClassVar[str] = "text"
    severity: ClassVar[str] = "info"
    needs: ClassVar[tuple[str, ...]] = ("headline", "section")

    least: int = 5
    words: tuple[str, ...] = ()

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return nothing."""
        raise NotImplementedError


class Unreadable(RowCheck):
    """Expect every row to be readable."""

    name: ClassVar[str] = "unreadable"


OPTIONS = st.fixed_dictionaries({}, optional={"least": st.integers(), "words": st.lists(st.text()).map(tuple)})


@given(OPTIONS, OPTIONS)
def test_checks_have_one_key_exactly_if_their_options_are_equal(
    one: dict[str, object], other: dict[str, object]
) -> None:
    first, second = Shouting(**one), Shouting(**other)  # type: ignore[arg-type]
    assert (first.key == second.key) == (first == second)
    assert first.key.startswith("shouting") and (first.key == "shouting") == (first == Shouting())


def test_what_is_missing_is_named_with_the_way_to_give_it() -> None:
    Shouting().must_fit({"headline", "section", "body"})
    with pytest.raises(ValueError, match=r"shouting needs the column section.*columns=\{'section': 'COLUMN'\}"):
        Shouting().must_fit({"headline"})
    with pytest.raises(ValueError, match="Run it with `copydesk check`"):
        Unreadable().must_fit({"body"})


def test_options_have_their_types_and_defaults() -> None:
    assert option_types(Shouting) == {"least": (int, 5), "words": (tuple[str, ...], ())}


def test_every_installed_check_says_what_the_overview_may_show() -> None:
    shown = {check.overview for check in all_checks().values()}
    assert shown == {None, *get_args(Shown)}
    assert Shouting.overview is None


def test_the_expectation_of_a_check_has_a_type_of_its_own() -> None:
    names = [*all_checks()]
    assert len({expectation_type(name) for name in names}) == len(names)
