"""The HTML report: one file that opens from disk, without network. Article text is never markup in it.

jinja2 escapes every value, and `visible` shows characters that nobody would see. The content security policy allows
only the script and the style of this package. All lists are bounded: the page is under 3 MB for any collection.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl
from markupsafe import Markup

from copydesk.checks import FAMILIES
from copydesk.model.result import Result
from copydesk.outputs import write_text
from copydesk.readers.files.encodings import remedies
from copydesk.reports.accepted import about, entries_to_drop
from copydesk.reports.actions import actions
from copydesk.reports.html.cards import cards
from copydesk.reports.html.categories import DOUBLING, HOLDS, WEIGHTS, categories
from copydesk.reports.html.check_tables import check_tables, count_known
from copydesk.reports.html.copies import pair_anchors
from copydesk.reports.html.excerpts import evidence
from copydesk.reports.html.glance import at_a_glance
from copydesk.reports.html.headline import headline
from copydesk.reports.html.page import digest, resource, template
from copydesk.reports.html.stories import lay_out
from copydesk.reports.places import files_with_findings, shared_folder
from copydesk.reports.reading import notes_on, unread
from copydesk.reports.verdict import verdict

__all__ = ["render", "write"]

_MOST_REJECTED, _MOST_ENTRIES = 100, 100


def write(result: Result, path: Path) -> None:
    """Write the report of a run."""
    write_text(path, render(result))


def render(result: Result) -> str:
    """Return the report of a run as the text of an HTML file.

    The same result gives the same page: its only date is that of the run, and it has no random number.
    """
    css, script = resource("report.css"), resource("report.js")
    work = result.overview.work if result.overview else None
    tables = check_tables(result)
    folder = shared_folder(files_with_findings(result))
    stories, skipped = lay_out(
        result, checks=[row.name for row in tables.failed], pairs=pair_anchors(result.overview), folder=folder
    )
    return template().render(
        result=result,
        css=Markup(css),
        script=Markup(script),
        policy=(
            f"default-src 'none'; style-src '{digest(css)}'; script-src '{digest(script)}'; "
            "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
        ),
        verdict=verdict(result),
        to_drop=entries_to_drop(result.accepted) if result.accepted else [],
        about=about,
        most_entries=_MOST_ENTRIES,
        headline=headline(result, folder),
        counts=_count_findings(result),
        folder=folder,
        tables=tables,
        categories=categories(result),
        actions=actions(work) if work else None,
        cards=cards(work),
        rules={"holds": HOLDS, "doubling": DOUBLING, "weights": WEIGHTS},
        glance=at_a_glance(result, failed=tables.failed, stories=stories, folder=folder),
        evidence=evidence(result, stories, folder=folder),
        stories=stories,
        stories_skipped=skipped,
        stories_known=sum(not s.checks for s in stories),
        known=sum(count_known(result).values()),
        kinds=[k for k in FAMILIES if any(k in s.kinds for s in stories)],
        rejected=result.rejected[:_MOST_REJECTED],
        rejected_rest=max(0, len(result.rejected) - _MOST_REJECTED),
        remedies=remedies(result.rejected),
        reading=[*notes_on(result.collection), *filter(None, [unread(result.collection)])],
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    findings: int
    articles: int


def _count_findings(result: Result) -> _Counts:
    row = result.counted.select(
        findings=pl.len(), articles=pl.struct("file", "row").filter(pl.col("row").is_not_null()).n_unique()
    ).collect()
    return _Counts(*row.row(0))
