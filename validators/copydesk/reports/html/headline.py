"""What stands in the page's title, its head, and the card that a chat makes of a link to it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from copydesk.model.result import Result
from copydesk.reports.actions import actions
from copydesk.reports.figures import percent
from copydesk.reports.verdict import verdict

__all__ = ["Headline", "headline"]

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Headline:
    """The collection's name, date and commit (each empty where unknown), and the report in a sentence."""

    name: str
    date: str
    day: str
    revision: str
    description: str


def headline(result: Result, folder: str) -> Headline:
    """Return the headline of a report.

    Args:
        result: the run.
        folder: the folder that all files share; it names a collection of unknown origin.
    """
    origin = result.origin
    name = (origin.name if origin else "") or folder.strip("/").rpartition("/")[2] or "the collection"
    date = origin.date if origin else ""
    sentence = verdict(result).sentence
    todo = actions(result.overview.work) if result.overview and result.overview.work else None
    if todo and todo.steps:
        changes = "1 change clears" if len(todo.steps) == 1 else f"{len(todo.steps)} changes clear"
        sentence += f". {changes} {percent(todo.share)} of the findings"
    return Headline(name, date, _day(date), origin.revision if origin else "", sentence[0].upper() + sentence[1:] + ".")


def _day(date: str) -> str:
    """Return a date as people write it.

    >>> _day("2031-04-02T10:07Z")
    '2 April 2031, 10:07 UTC'
    """
    with suppress(ValueError):
        when = datetime.fromisoformat(date)
        return f"{when.day} {_MONTHS[when.month - 1]} {when.year}, {when:%H:%M} UTC"
    return date
