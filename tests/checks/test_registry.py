"""Packages of checks: what is wrong with one is an error that says what to do, never a check less."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from typing import Any, ClassVar

import pytest

from copydesk.checks import Check, all_checks, check_named, lexicon_files, providers, suite_files
from copydesk.errors import SuiteError

CACHES = (providers, all_checks)
HEAD = """
from dataclasses import dataclass
from copydesk.checks import ArticleCheck

@dataclass(frozen=True, kw_only=True)
class Shouted(ArticleCheck):
    name, family, severity, needs = "shouted", "metadata", "info", ("headline",)

"""
Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """A function: source texts of modules, which then are the only packages that provide checks."""
    monkeypatch.syspath_prepend(tmp_path)

    def installed(*sources: str) -> None:
        entries = []
        for number, source in enumerate(sources):
            module = f"provider_{tmp_path.name.replace('-', '_')}_{number}"
            (tmp_path / f"{module}.py").write_text(source, encoding="utf-8")
            entries.append(EntryPoint(f"p{number}", module, "copydesk.expectations"))
        monkeypatch.setattr("importlib.metadata.entry_points", lambda group: EntryPoints(entries))
        clear()

    def clear() -> None:
        for function in CACHES:
            function.cache_clear()

    yield installed
    clear()


def test_a_provider_may_offer_some_of_the_functions_alone(install: Install) -> None:
    install(HEAD + "def find_checks(): return [Shouted]", "def find_suites(): return {'mine': None}")
    assert list(all_checks()) == ["shouted"]
    assert list(suite_files()) == ["mine"]
    assert lexicon_files() == ()


def test_the_first_package_keeps_the_name_of_a_suite(install: Install) -> None:
    install("def find_suites(): return {'news': 1}", "def find_suites(): return {'news': 2, 'other': 3}")
    assert {name: str(file) for name, file in suite_files().items()} == {"news": "1", "other": "3"}


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ("import nowhere_at_all", ("No module named 'nowhere_at_all'", "uninstall it")),
        ("1 / 0", ("ZeroDivisionError", "uninstall it")),
        ("def find_check(): return []", ("find_check()", "Did you mean 'find_checks'?")),
        ("", ("none of the functions find_checks", "Add one")),
    ],
)
def test_a_provider_that_cannot_work_is_an_error(install: Install, source: str, messages: tuple[str, ...]) -> None:
    install(source)
    with pytest.raises(SuiteError) as error:
        providers()
    for message in messages:
        assert message in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"metadata"', '"metdata"', "family is 'metdata', expected one of text, structure, residue, metadata"),
        ('"info"', '"infos"', "Did you mean 'info'?"),
        ('"shouted"', '"Shouted Headline"', "name is 'Shouted Headline', expected kebab-case"),
        ('("headline",)', '("headlin",)', "needs names 'headlin', which is not a field. Did you mean 'headline'?"),
        ("@dataclass(frozen=True, kw_only=True)", "", "it is not a dataclass"),
    ],
)
def test_a_check_that_is_not_complete_is_an_error(install: Install, old: str, new: str, message: str) -> None:
    install((HEAD + "def find_checks(): return [Shouted]").replace(old, new))
    with pytest.raises(SuiteError, match=r"provider_.*\.Shouted") as error:
        all_checks()
    assert message in str(error.value)


def test_two_checks_of_one_name_are_an_error(install: Install) -> None:
    install(*[HEAD + "def find_checks(): return [Shouted]"] * 2)
    with pytest.raises(SuiteError, match=r"Two packages provide the check 'shouted': provider_.*_0 and provider_.*_1"):
        all_checks()


def test_a_check_that_does_not_exist_is_named_with_its_neighbour() -> None:
    with pytest.raises(SuiteError, match="Did you mean 'ad-residue'"):
        check_named("ad-residu")
    assert check_named("ad-residue") is all_checks()["ad-residue"]


@dataclass(frozen=True, kw_only=True)
class Option(Check):
    """A check with options, to see its key."""

    name: ClassVar[str] = "option"
    least: int = 3
    words: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("options", "key"),
    [({}, "option"), ({"least": 3}, "option"), ({"least": 4, "words": ("ß",)}, 'option {"least": 4, "words": ["ß"]}')],
)
def test_the_key_of_a_check_names_the_options_that_were_changed(options: dict[str, Any], key: str) -> None:
    assert Option(**options).key == key
