"""How checks, suites and lexicons are found: through the entry points `copydesk.expectations`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points
from importlib.resources.abc import Traversable
from types import ModuleType

from copydesk.checks.base import Check
from copydesk.errors import SuiteError, did_you_mean

__all__ = ["all_checks", "check_named", "lexicon_files", "providers", "suite_files"]

_GROUP = "copydesk.expectations"


@cache
def providers() -> tuple[ModuleType, ...]:
    """Return the modules that provide checks, suites, lexicons and planters; the built-in one first."""
    found = sorted(entry_points(group=_GROUP), key=lambda e: (e.name != "builtin", e.name))
    return tuple(e.load() for e in found)


@cache
def all_checks() -> Mapping[str, type[Check]]:
    """Return every installed check by its name; the built-in ones first, in their order.

    Raises:
        SuiteError: two packages provide a check of the same name.
    """
    found: dict[str, type[Check]] = {}
    for provider in providers():
        for check in provider.find_checks():
            if check.name in found:
                raise SuiteError(
                    f"Two packages provide the check {check.name!r}: {found[check.name].__module__} and"
                    f" {check.__module__}. Uninstall one of them."
                )
            found[check.name] = check
    return found


def check_named(name: str) -> type[Check]:
    """Return the check of that name.

    Raises:
        SuiteError: there is none.
    """
    checks = all_checks()
    if name not in checks:
        raise SuiteError(f"There is no check {name!r}.{did_you_mean(name, checks)} `copydesk list` shows all of them.")
    return checks[name]


def suite_files() -> Mapping[str, Traversable]:
    """Return every installed suite by its name."""
    return {k: v for provider in reversed(providers()) for k, v in provider.find_suites().items()}


def lexicon_files() -> tuple[Traversable, ...]:
    """Return every installed lexicon, a file a language."""
    return tuple(f for provider in providers() for f in provider.find_lexicons())
