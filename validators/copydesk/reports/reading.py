"""What the reading has decided and left out, in lines for every report."""

from __future__ import annotations

from copydesk.model.result import Collection
from copydesk.reports.figures import plural

__all__ = ["notes_on", "unread"]

#: How many different notes, and how many kinds of files, are shown.
_NOTES, _KINDS = 8, 12


def notes_on(collection: Collection) -> list[str]:
    """Return what the readers have decided, each decision once with the first file that it holds for."""
    files: dict[str, list[str]] = {}
    for note in collection.notes:
        files.setdefault(note.text, []).append(note.file)
    lines = []
    for text, (first, *rest) in files.items():
        others = f" and {plural(len(rest), 'more file')}" if rest else ""
        lines.append(f"{first}{others}: {text}")
    more = [f"and {plural(len(lines) - _NOTES, 'more note')} on the reading"] if len(lines) > _NOTES else []
    return lines[:_NOTES] + more


def unread(collection: Collection) -> str:
    """Return how many files were not read, by kind; empty if all were.

    >>> from copydesk.model.result import PassedOver
    >>> unread(Collection(1, 1, 9, {}, passed_over=(PassedOver(".docx", 3, "a.docx"), PassedOver("README.md", 1, "R"))))
    'Not read: 4 files: 3 .docx, 1 README.md'
    """
    kinds = collection.passed_over
    if not kinds:
        return ""
    listed = ", ".join(f"{each.files:,} {each.kind}" for each in kinds[:_KINDS])
    rest = sum(each.files for each in kinds[_KINDS:])
    return f"Not read: {plural(sum(e.files for e in kinds), 'file')}: {listed}" + (f", {rest:,} others" if rest else "")
