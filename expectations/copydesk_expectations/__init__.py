"""What copydesk expects of news: checks (one file each), suites, lexicons, and the Great Expectations classes.

This module is the entry point by which `copydesk` finds them; a package of your own offers the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.checks import Check
    from copydesk.evaluate.planting import Planter

__all__ = ["find_checks", "find_lexicons", "find_planters", "find_suites"]


def find_checks() -> Iterable[type[Check]]:
    """Return the checks, in the order in which they are listed."""
    from copydesk_expectations.checks import CHECKS

    return CHECKS


def find_planters() -> Mapping[str, Mapping[str, Planter]]:
    """Return, for each check, the ways in which its defect can be planted."""
    from copydesk_expectations.planting import PLANTERS

    return PLANTERS


def find_suites() -> Mapping[str, Traversable]:
    """Return the suite files by name."""
    return {f.name.removesuffix(".yml"): f for f in _resources("suites", ".yml")}


def find_lexicons() -> Iterable[Traversable]:
    """Return the lexicon files, one a language."""
    return _resources("lexicons", ".txt")


def _resources(folder: str, suffix: str) -> list[Traversable]:
    there = files(f"{__name__}.{folder}").iterdir()
    return sorted((f for f in there if f.name.endswith(suffix)), key=lambda f: f.name)
