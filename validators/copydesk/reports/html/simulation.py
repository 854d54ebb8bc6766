"""A simulation as one HTML file: it looks like the report, has no script, and no article text is markup."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from copydesk.outputs import write_text
from copydesk.reports.figures import percent, plural
from copydesk.reports.html.page import scriptless
from copydesk.reports.places import place
from copydesk.simulation.outcome import Outcome, Share, Simulation

__all__ = ["render", "write"]

#: The examples of each filter.
_EXAMPLES = 12

#: A row of a table by publisher or language: its name, its articles, and what each filter does to them.
_Row = tuple[str, int, list[Share]]


def write(made: Simulation, path: Path) -> None:
    """Write the page."""
    write_text(path, render(made))


def render(made: Simulation) -> str:
    """Return the page; the same simulation gives the same page."""
    groups = (("publisher", "Publisher", "publishers"), ("language", "Language", "languages"))
    foreign = {share.name for o in made.outcomes for share in o.languages} - {"en"}
    return scriptless(
        "simulation.html",
        version=made.version,
        s=made,
        sentence=_sentence(made),
        english=[o.title for o in made.outcomes if o.english] if foreign else [],
        groups=[(title, heading, rows) for title, heading, name in groups if (rows := _rows(made.outcomes, name))],
        most=_EXAMPLES,
        part=_part,
        place=place,
        measure=lambda value: f"{value:.3g}",
    )


def _sentence(made: Simulation) -> str:
    """Say which filter drops most.

    >>> _sentence(Simulation("1", "news", 4, 40, 0, 0, 0, 0, 1, []))
    'No filter would drop any of 4 articles'
    """
    most = max(made.outcomes, key=lambda o: o.whole.dropped, default=None)
    if most is None or not most.whole.dropped:
        return f"No filter would drop any of {plural(made.articles, 'article')}"
    share = _part(most.whole.dropped, most.whole.articles)
    return f"{most.title} would drop most: {most.whole.dropped:,} of {plural(made.articles, 'article')}, {share}"


def _rows(outcomes: Sequence[Outcome], name: str) -> list[_Row]:
    """Return what each filter does by publisher or language: every outcome has the same groups in the same order."""
    columns: list[Sequence[Share]] = [getattr(outcome, name) for outcome in outcomes]
    return [(row[0].name, row[0].articles, list(row)) for row in zip(*columns, strict=True)]


def _part(part: int, whole: int) -> str:
    r"""Return a share in percent, with a space where no line breaks; a dash of nothing.

    >>> _part(1, 4), _part(0, 0)
    ('25\xa0%', '–')
    """
    return percent(100 * part / whole).replace(" %", "\u00a0%") if whole else "–"
