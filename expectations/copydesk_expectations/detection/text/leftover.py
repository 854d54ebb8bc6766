"""Leftover: a part of a text that the preparation of a data set left in it."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Leftover"]


class Leftover(NamedTuple):
    """What was left over; `mended` is "" where it is to be deleted, None where it is not certain what it was."""

    start: int
    end: int
    reason: str
    mended: str | None
