"""Accepted findings as the reports name them: the entries that accept nothing, and why each was made."""

from __future__ import annotations

from copydesk.model.result import Acceptance, AcceptedEntry

__all__ = ["about", "entries_to_drop"]


def entries_to_drop(accepted: Acceptance) -> list[tuple[str, tuple[AcceptedEntry, ...]]]:
    """Return the entries that accept nothing, under a title each: those past their last day, and those unused."""
    groups = (("Accepted past the date", accepted.expired), ("Accepted without effect", accepted.unused))
    return [(title, entries) for title, entries in groups if entries]


def about(entry: AcceptedEntry) -> str:
    """Return what an entry says beside its name: its last day, its reason, and who gave it.

    >>> from datetime import date
    >>> about(AcceptedEntry("0123456789abcdef", reason="the story quotes it", author="Ann", until=date(2027, 3, 31)))
    'until 2027-03-31: the story quotes it (Ann)'
    """
    until = f"until {entry.until}: " if entry.until else ""
    return until + entry.reason + (f" ({entry.author})" if entry.author else "")
