"""The check `unreadable-row`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import RowCheck


@dataclass(frozen=True, kw_only=True)
class UnreadableRow(RowCheck):
    """Expect every row of every file to be readable.

    What it finds:
        A row that is no article record: JSON that does not parse, a line that is no object, bytes that are not
        UTF-8, a CSV record with more fields than its header.

    Why it matters:
        Most loaders drop such a row in silence, and the article is missed by nobody. Here it is counted, and named
        with its file, its line and the reason.

    Known limits:
        A row that parses but holds the wrong text is for the other checks.

    Passes:
        - body: The bridge reopened on Monday.

    Fails:
        - rejected: "line 3: not a JSON object"

    Options:
        None.

    Source:
        Users ask validators to list the failed rows (great_expectations#1473); nothing may be lost in silence.
    """

    name: ClassVar[str] = "unreadable-row"
    family: ClassVar[str] = "text"
    severity: ClassVar[str] = "critical"
