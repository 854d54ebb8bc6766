"""The checks of our newsroom. copydesk finds this module by its entry point, and calls these functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.checks import Check
    from copydesk.evaluate.planting import Planter


def find_checks() -> Iterable[type[Check]]:
    """Return the checks, in the order in which they are listed."""
    from newsroom_checks.shouted_headline import ShoutedHeadline

    return [ShoutedHeadline]


def find_lexicons() -> Iterable[Traversable]:
    """Return the lexicon files, one a language."""
    return [files(__name__) / "lexicons" / "en.txt"]


def find_suites() -> Mapping[str, Traversable]:
    """Return the suite files by name."""
    return {"newsroom": files(__name__) / "suites" / "newsroom.yml"}


def find_planters() -> Mapping[str, Mapping[str, Planter]]:
    """Return, for each check, the ways in which its defect can be planted."""
    from newsroom_checks.planting import PLANTERS

    return PLANTERS
