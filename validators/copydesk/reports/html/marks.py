"""The findings of an article as marks: each has a place in the text, a number, and an anchor in the page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from copydesk.checks import FAMILIES, SEVERITIES
from copydesk.model.article import FIELDS
from copydesk.model.result import Sample
from copydesk.reports.html.marked_text import clip, plain

__all__ = ["READING_ORDER", "Mark", "field_rank", "number_marks"]

#: The fields of a story in reading order. The other fields follow if they have findings.
READING_ORDER = ("publisher", "section", "headline", "standfirst", "byline", "published", "modified", "body")
_RANKS = {f: n for n, f in enumerate(dict.fromkeys((*READING_ORDER, *FIELDS)))}


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding: `field[start:end]`, clipped to the length of the field. Its values are not trusted.

    known: whether it does not count, because a baseline knows it or somebody accepted it.
    """

    finding: Mapping[str, Any]
    field: str = "body"
    start: int = 0
    end: int = 0
    number: int = 0
    anchor: str = ""
    known: bool = False

    def value(self, name: str) -> str:
        """Return a value of the finding as text."""
        value = self.finding.get(name)
        return "" if value is None else str(value)

    @property
    def kind(self) -> str:
        """The family of the check, which decides the colour of the mark; `other` if it is unknown."""
        family = self.finding.get("family")
        return family if family in FAMILIES else "other"

    @property
    def severity(self) -> str:
        """The severity; `info` if it is unknown."""
        severity = self.finding.get("severity")
        return severity if severity in SEVERITIES else "info"

    @property
    def repair(self) -> str:
        """The repair: delete, replace or none."""
        repair = self.finding.get("repair")
        return repair if repair in ("delete", "replace") else "none"

    @property
    def share(self) -> int | None:
        """How much of the article stands in the other one too, in percent; None where that is not known."""
        share = self.finding.get("related_share")
        return share if isinstance(share, int) and 0 <= share <= 100 else None

    @property
    def label(self) -> str:
        """The name of the check, fit for an attribute."""
        return plain(clip(self.value("check"), 80))


def field_rank(field: str) -> int:
    """Return the place of a field in the order of reading."""
    return _RANKS.get(field, 99)


def number_marks(sample: Sample, taken: set[str] | None = None) -> list[Mark]:
    """Return the findings of an article as marks in reading order, numbered from 1.

    Args:
        sample: the article.
        taken: the anchors in the page; those of the new marks are added.
    """
    taken = set() if taken is None else taken
    in_order = [_mark_of(finding, sample) for finding in sample.findings]
    in_order += [replace(_mark_of(finding, sample), known=True) for finding in sample.known]
    in_order.sort(key=lambda m: (field_rank(m.field), m.field, m.start, -m.end, m.value("check")))
    marks = []
    for number, m in enumerate(in_order, start=1):
        anchor = "f-" + _identifier(m.value("fingerprint") or f"{m.field}-{m.start}-{m.end}")
        while anchor in taken:
            anchor += "-x"
        taken.add(anchor)
        marks.append(replace(m, number=number, anchor=anchor))
    return marks


def _mark_of(finding: Mapping[str, Any], sample: Sample) -> Mark:
    """Return a finding as a mark whose place lies within the field."""
    field = str(finding.get("field") or "body")
    length = len(sample.article.get(field) or "")
    start = min(max(_int(finding.get("start")), 0), length)
    return Mark(finding, field, start, min(max(_int(finding.get("end")), start), length))


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _identifier(name: str) -> str:
    """Return a name that can be an id of HTML: the name itself, or a hash of it."""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", name):
        return name
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
