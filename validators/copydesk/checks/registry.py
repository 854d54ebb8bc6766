"""How checks, suites and lexicons are found: through the entry points `copydesk.expectations`.

A provider is the module that a package names there. It offers any of FUNCTIONS; one that it leaves out adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources.abc import Traversable
from types import ModuleType
from typing import TYPE_CHECKING, Any

from copydesk.checks.base import FAMILIES, Check
from copydesk.errors import SuiteError, did_you_mean
from copydesk.model.article import FIELDS
from copydesk.model.finding import SEVERITIES

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["FUNCTIONS", "all_checks", "check_named", "contributions", "lexicon_files", "providers", "suite_files"]

#: What a provider may offer: functions without arguments.
FUNCTIONS = ("find_checks", "find_lexicons", "find_planters", "find_suites")

_GROUP = "copydesk.expectations"
_KEBAB_CASE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@cache
def providers() -> tuple[ModuleType, ...]:
    """Return the modules that provide checks, suites, lexicons and planters; the built-in one first.

    Raises:
        SuiteError: one cannot be imported, or offers none of FUNCTIONS, or a function of a misspelt name.
    """
    from importlib.metadata import entry_points  # late: `copydesk --help` does without

    entries = sorted(entry_points(group=_GROUP), key=lambda e: (e.name != "builtin", e.name))
    return tuple(map(_load_provider, entries))


def _load_provider(entry: EntryPoint) -> ModuleType:
    package = entry.dist.name if entry.dist else entry.value
    try:
        module: ModuleType = entry.load()
    except Exception as error:  # whatever its code raises
        raise SuiteError(
            f"The package {package} names the module {entry.value!r} as {_GROUP}, and importing it fails:"
            f" {type(error).__name__}: {error}. Repair the package, or uninstall it."
        ) from error
    functions = [name for name in vars(module) if name.startswith("find_")]
    for name in functions:
        if name not in FUNCTIONS:
            raise SuiteError(
                f"The package {package} offers {entry.value}.{name}(), which copydesk does not know."
                f"{did_you_mean(name, FUNCTIONS)} It calls {', '.join(FUNCTIONS)}."
            )
    if not functions:
        raise SuiteError(
            f"The package {package} names the module {entry.value!r} as {_GROUP}, and it has none of the functions"
            f" {', '.join(FUNCTIONS)}. Add one, or uninstall the package."
        )
    return module


def contributions(function: str) -> Iterator[Any]:
    """Yield what each provider that has the function returns from it; see FUNCTIONS."""
    return (getattr(provider, function)() for provider in providers() if hasattr(provider, function))


@cache
def all_checks() -> Mapping[str, type[Check]]:
    """Return every installed check by its name; the built-in ones first, in their order.

    Raises:
        SuiteError: two packages provide a check of the same name, or a check's class attributes are wrong.
    """
    by_name: dict[str, type[Check]] = {}
    for checks in contributions("find_checks"):
        for check in checks:
            _must_be_complete(check)
            if check.name in by_name:
                raise SuiteError(
                    f"Two packages provide the check {check.name!r}: {by_name[check.name].__module__} and"
                    f" {check.__module__}. Uninstall one of them."
                )
            by_name[check.name] = check
    return by_name


def _must_be_complete(check: type[Check]) -> None:
    """Raise a SuiteError unless the class attributes of a check say what they must."""
    where = f"{check.__module__}.{check.__qualname__}"
    for attribute, known in (("family", FAMILIES), ("severity", SEVERITIES)):
        value = getattr(check, attribute, None)
        if value not in known:
            raise SuiteError(
                f"{where}: {attribute} is {value!r}, expected one of {', '.join(known)}."
                f"{did_you_mean(str(value), known)}"
            )
    name = getattr(check, "name", None)
    if not isinstance(name, str) or not _KEBAB_CASE.fullmatch(name):
        raise SuiteError(f"{where}: name is {name!r}, expected kebab-case such as 'shouted-headline'.")
    for field in check.needs:
        if field not in FIELDS:
            raise SuiteError(f"{where}: needs names {field!r}, which is not a field.{did_you_mean(field, FIELDS)}")
    if "__dataclass_fields__" not in vars(check):
        raise SuiteError(
            f"{where}: it is not a dataclass, so that its options would be ignored. Put"
            " @dataclass(frozen=True, kw_only=True) above the class."
        )


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
    """Return every installed suite by its name; a built-in name keeps its built-in suite."""
    suites = [*contributions("find_suites")]
    return {name: file for some in reversed(suites) for name, file in some.items()}


def lexicon_files() -> tuple[Traversable, ...]:
    """Return every installed lexicon, a file a language."""
    return tuple(file for files in contributions("find_lexicons") for file in files)
