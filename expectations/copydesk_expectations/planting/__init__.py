"""Planters: for each check, the ways in which its defect can be put into a clean article."""

from __future__ import annotations

from collections.abc import Mapping

from copydesk.evaluate.planting import Planter
from copydesk_expectations.planting import collection, metadata, privacy, residue, structure, text

__all__ = ["PLANTERS"]

#: The check's name, to the kinds of its defect, to their planters.
PLANTERS: Mapping[str, Mapping[str, Planter]] = {
    **text.PLANTERS,
    **structure.PLANTERS,
    **residue.PLANTERS,
    **metadata.PLANTERS,
    **privacy.PLANTERS,
    **collection.PLANTERS,
}
