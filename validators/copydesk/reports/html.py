"""The HTML report: one file that opens from disk, without network, and in which article text is never markup.

Every value goes into the page through jinja2's escaping and through `visible`, which also shows what would be
hidden; by its content security policy only this package's own script and style run. What is shown is bounded,
so that the page stays under 3 MB for any collection.
"""

from __future__ import annotations

import base64
import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources
from typing import Any

import jinja2
import polars as pl
from markupsafe import Markup, escape

from copydesk.article import FIELDS
from copydesk.checks import FAMILIES, SEVERITIES
from copydesk.reports.marked_text import (
    Edit,
    Segment,
    Span,
    clip,
    paragraphs,
    plain,
    repaired,
    segments,
    visible,
    windows,
)
from copydesk.result import ExpectationResult, Result, Sample

__all__ = ["render"]

# Room in the page, in bytes as rendered; with the tables' bounds below they keep it under 3 MB.
_STORIES_ROOM = 1_400_000
_STORY_ROOM = 90_000
_EVIDENCE_ROOM = 400_000

_MOST_ROWS = 150  # of the tables of checks, together
_MOST_REJECTED = 100
_MOST_EXCERPTS = 6  # for each failed check
# Characters of a body and notes of a story: as many as that, or where they make too large a story, fewer.
_STORY_SIZES = ((6_000, 60), (1_000, 20), (150, 5))
_FIELD_ROOM = 600  # characters of any other field
_ABOUT = 80  # characters on each side of an excerpt
_BESIDE = 44  # characters of the lines above and below an excerpt of whole lines

# The fields of a story in the order in which they are read; the others follow where they have findings.
_READING_ORDER = ("publisher", "section", "headline", "standfirst", "byline", "published", "modified", "body")
_ORDER = {f: n for n, f in enumerate(dict.fromkeys((*_READING_ORDER, *FIELDS)))}

_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Za-z]{4})?(-[A-Z]{2})?")
_RELATED = re.compile(r"(?P<field>[a-z]+)(?: from character |[:\[])(?P<start>\d{1,9})(?:[-:](?P<end>\d{1,9}))?")


def render(result: Result) -> str:
    """Return the report of a run as the text of an HTML file.

    The same result gives the same page: no date, no path and no random number comes in.
    """
    css, script = _resource("report.css"), _resource("report.js")
    counts = _counts(result)
    stories, skipped = _stories(result)
    return _template().render(
        result=result,
        css=Markup(css),
        script=Markup(script),
        policy=(
            f"default-src 'none'; style-src '{_digest(css)}'; script-src '{_digest(script)}'; "
            "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
        ),
        verdict=_verdict(result),
        counts=counts,
        groups=_groups(result),
        evidence=_evidence(result, stories),
        stories=stories,
        stories_skipped=skipped,
        kinds=[k for k in FAMILIES if any(k in s.kinds for s in stories)],
        rejected=result.rejected[:_MOST_REJECTED],
        rejected_rest=max(0, len(result.rejected) - _MOST_REJECTED),
    )


# --- the verdict -------------------------------------------------------------------------------------------


def _verdict(result: Result) -> tuple[str, str, str]:
    """Return the one word, the sentence with the rule that decided, and what else did not hold."""
    if result.fail_on == "never":
        judged, kind, rule = list(result.expectations), "", "the gate is set never to fail"
    else:
        limit = SEVERITIES.index(result.fail_on)
        judged = [e for e in result.expectations if SEVERITIES.index(e.severity) <= limit]
        kind = ("of severity critical", "of severity warning or worse", "of any severity")[limit]
        rule = f"the gate fails on {result.fail_on}"
    held = sum(e.success is True for e in judged)
    failed = sum(e.success is False for e in judged)
    apart = len(judged) - held - failed
    noun = " ".join(filter(None, ("expectation" if len(judged) == 1 else "expectations", kind)))
    if not judged:
        said = f"the suite has no {noun.replace('expectations', 'expectation')}"
    elif failed:
        said = f"{failed} of {len(judged)} {noun} did not hold"
    elif apart == len(judged):
        said = f"none of the {len(judged)} {noun} applies to this collection"
    elif apart:
        said = f"{held} of {len(judged)} {noun} held, {apart} did not apply"
    else:
        said = f"the {noun} held" if len(judged) == 1 else f"all {len(judged)} {noun} held"
    lesser = len(result.failed) - failed
    noted = f"{_plural(lesser, 'less severe expectation')} did not hold{' either' if failed else ''}."
    return ("Passed" if result.success else "Failed"), f"{said}; {rule}.", noted if lesser else ""


@dataclass(frozen=True, slots=True)
class _Counts:
    findings: int
    articles: int


def _counts(result: Result) -> _Counts:
    row = result.findings.select(
        findings=pl.len(), articles=pl.struct("file", "row").n_unique()
    ).collect()  # an empty frame has no distinct rows
    return _Counts(int(row["findings"][0]), int(row["articles"][0]))


# --- the table of checks -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """An expectation as the tables show it."""

    name: str
    title: str
    severity: str
    rank: int
    family: str
    checked: int | None
    unexpected: int | None
    share: float | None
    allowed: float | None
    needed: str
    findings: int | None
    message: str
    anchor: str
    options: list[tuple[str, str]]
    about: str


def _row(e: ExpectationResult, anchor: str) -> _Row:
    mostly = e.kwargs.get("mostly", 1.0) if e.articles_checked is not None else None
    if not isinstance(mostly, int | float):
        mostly = None
    column = e.kwargs.get("column")
    name = e.check or e.type
    return _Row(
        name=name,
        title=e.title,
        severity=e.severity,
        rank=SEVERITIES.index(e.severity),
        family=e.family or "",
        checked=e.articles_checked,
        unexpected=e.articles_unexpected,
        share=_share(e),
        allowed=None if mostly is None else 100 * (1 - mostly),
        needed="" if mostly is None else "all" if mostly == 1 else f"≥ {_number(100 * mostly)} %",
        findings=e.findings if e.check else None,
        message=e.message,
        anchor=anchor,
        options=[(str(k), _option(v)) for k, v in e.kwargs.items() if k not in ("mostly", "column")],
        about=str(column) if column is not None and not e.check else "",
    )


def _share(e: ExpectationResult) -> float | None:
    if e.unexpected_percent is None or not 0 <= e.unexpected_percent <= 100:
        return None
    return float(e.unexpected_percent)


def _option(value: object) -> str:
    if isinstance(value, list | tuple | set):
        return ", ".join(map(str, value))
    return "yes" if value is True else "no" if value is False else str(value)


@dataclass(frozen=True, slots=True)
class _Groups:
    failed: list[_Row]
    apart: list[_Row]
    passed: list[_Row]
    unlisted: int

    @property
    def total(self) -> int:
        return len(self.failed) + len(self.apart) + len(self.passed)


def _order(e: ExpectationResult) -> tuple[int, float, str]:
    return SEVERITIES.index(e.severity), -(_share(e) or 0), e.check or e.type


def _failed(result: Result) -> list[tuple[str, ExpectationResult]]:
    """Return the failed expectations in the order of the page, each with its anchor."""
    return [(f"check-{n}", e) for n, e in enumerate(sorted(result.failed, key=_order)[:_MOST_ROWS], start=1)]


def _groups(result: Result) -> _Groups:
    failed = [_row(e, anchor) for anchor, e in _failed(result)]
    others = {
        state: [_row(e, "") for e in sorted(result.expectations, key=_order) if e.success is state]
        for state in (None, True)
    }
    apart = others[None][: _MOST_ROWS - len(failed)]
    passed = others[True][: _MOST_ROWS - len(failed) - len(apart)]
    listed = len(failed) + len(apart) + len(passed)
    return _Groups(failed, apart, passed, len(result.expectations) - listed)


# --- the stories -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Note:
    """What stands in the margin beside a finding."""

    number: int
    anchor: str
    check: str
    kind: str
    severity: str
    reason: str
    repair: str
    before: Markup
    after: Markup | None
    whole: bool
    related: str
    related_anchor: str


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of a story, and the notes that stand beside it."""

    role: str
    label: str
    text: Markup
    notes: list[_Note]
    echoes: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class _Story:
    """An article as the page shows it."""

    anchor: str
    sample: Sample
    where: str
    slug: str
    headline: str
    url: str
    language: str
    blocks: list[_Block]
    after: list[_Block]
    findings: int
    unshown: int
    kinds: list[str]
    checks: list[str]
    anchors: dict[int, str]


@dataclass(frozen=True, slots=True)
class _Marked:
    """A finding with its place, its number in the story and its anchor in the page."""

    number: int
    anchor: str
    finding: Mapping[str, Any]
    field: str
    start: int
    end: int


def _stories(result: Result) -> tuple[list[_Story], int]:
    """Lay out as many samples as there is room for, at least one for each failed check going first."""
    ids = {_text(s.article.get("id")): f"story-{n}" for n, s in enumerate(result.samples, start=1)}
    taken: set[str] = set()
    left = _STORIES_ROOM
    stories: dict[int, _Story] = {}
    told = [n for n in _by_need(result) if "body" in result.samples[n].article]
    for n in told:
        for room, notes in _STORY_SIZES:
            before = set(taken)
            story = _story(result.samples[n], f"story-{n + 1}", taken=taken, ids=ids, room=room, notes=notes)
            size = len(str(_parts().module.story(story)).encode())  # type: ignore[attr-defined]
            if size <= _STORY_ROOM:
                break
            taken = before
        else:
            continue
        if size <= left:
            left -= size
            stories[n] = story
    return [stories[n] for n in sorted(stories)], len(told) - len(stories)


def _by_need(result: Result) -> list[int]:
    checks = [{_text(f.get("check")) for f in s.findings} for s in result.samples]
    first = [
        next((n for n, there in enumerate(checks) if e.check in there), None) for _, e in _failed(result) if e.check
    ]
    return list(dict.fromkeys([*(n for n in first if n is not None), *range(len(checks))]))


def _story(sample: Sample, anchor: str, *, taken: set[str], ids: Mapping[str, str], room: int, notes: int) -> _Story:
    article = {k: v for k, v in sample.article.items() if v is not None}
    marked = _number_findings(sample, taken)
    shown_marks = marked[:notes]
    fields = [f for f in _READING_ORDER if f in article or f in ("headline", "body")]
    fields += sorted({m.field for m in shown_marks} - set(fields), key=lambda f: (_ORDER.get(f, 99), f))
    fields.sort(key=lambda f: (f in _ORDER and f not in _READING_ORDER, _ORDER.get(f, 99)))
    blocks: list[_Block] = []
    after: list[_Block] = []
    seen: set[int] = set()
    repairable = False
    for name in fields:
        text = article.get(name)
        here = [m for m in shown_marks if m.field == name]
        if not here and name in ("section", "modified"):
            continue
        field = _Field(anchor, name, text, here, ids, room if name == "body" else min(room, _FIELD_ROOM))
        blocks += field.as_read()
        seen |= field.noted
        changed = field.as_repaired()
        repairable |= bool(field.edits)
        after += changed
    first = sample.findings[0] if sample.findings else {}
    file, row = _text(first.get("file")), first.get("row")
    language = article.get("language", "")
    return _Story(
        anchor=anchor,
        sample=sample,
        where=f"{file}, row {row}" if file else _text(article.get("id")) or "an article",
        slug=clip(article.get("publisher", ""), 80),
        headline=clip(" ".join(article.get("headline", "").split()), 140),
        url=_safe_url(article.get("url", "")),
        language=language if _LANGUAGE.fullmatch(language) else "",
        blocks=blocks,
        after=after if repairable else [],
        findings=len(marked),
        unshown=len(marked) - len(seen),
        kinds=[k for k in FAMILIES if any(_kind(m.finding) == k for m in shown_marks)],
        checks=list(dict.fromkeys(_text(m.finding.get("check")) for m in shown_marks)),
        anchors={m.number: m.anchor for m in shown_marks if m.number in seen},
    )


def _number_findings(sample: Sample, taken: set[str]) -> list[_Marked]:
    """Put the findings of an article in reading order, and number them."""
    placed: list[tuple[int, str, int, int, Mapping[str, Any]]] = []
    for finding in sample.findings:
        field = _text(finding.get("field")) or "body"
        length = len(sample.article.get(field) or "")
        start = min(max(_int(finding.get("start")), 0), length)
        end = min(max(_int(finding.get("end")), start), length)
        placed.append((_ORDER.get(field, 99), field, start, end, finding))
    placed.sort(key=lambda p: (p[0], p[1], p[2], -p[3], _text(p[4].get("check"))))
    marked = []
    for number, (_, field, start, end, found) in enumerate(placed, start=1):
        anchor = "f-" + _identifier(_text(found.get("fingerprint")) or f"{field}-{start}-{end}")
        while anchor in taken:
            anchor += "-x"
        taken.add(anchor)
        marked.append(_Marked(number, anchor, found, field, start, end))
    return marked


class _Field:
    """One field of a story: its text with the findings marked, cut to what there is room for."""

    def __init__(
        self,
        story: str,
        name: str,
        text: str | None,
        marked: list[_Marked],
        ids: Mapping[str, str],
        room: int,
    ) -> None:
        self.story, self.name, self.text, self.marked, self.ids = story, name, text, marked, ids
        self.by_number = {m.number: m for m in marked}
        self.twins = {m.number: t for m in marked if (t := self._twin(m)) is not None}
        # A finding about a whole body of several paragraphs is said beside it: marks everywhere mark nothing.
        self.whole = [m for m in marked if name == "body" and text and _covers(m, text)]
        spans = [Span(m.start, m.end, m.number) for m in marked if m not in self.whole]
        self.spans = [*spans, *dict.fromkeys(self.twins.values())]
        self.shown = windows(len(text or ""), self.spans, room=room)
        self.noted: set[int] = set()
        self._opened: set[Span] = set()
        self.edits = [
            Edit(
                m.start,
                m.end,
                clip(_text(m.finding.get("replacement")), 400) if _repair(m.finding) == "replace" else "",
            )
            for m in marked
            if _repair(m.finding) in ("delete", "replace")
        ]

    def as_read(self) -> list[_Block]:
        """Return the field as it was read: a block a paragraph, and one for each stretch that is left out."""
        text = self.text
        if text is None or not text.strip():
            return [self._nothing()]
        blocks: list[_Block] = []
        reached = 0
        for start, end in self.shown:
            if start > reached:
                blocks.append(self._cut(reached, start))
            for at, to in self._units(start, end):
                blocks.append(self._block(max(at, start), min(to, end), at < start, to > end))
            reached = end
        if reached < len(text):
            blocks.append(self._cut(reached, len(text)))
        return blocks

    def as_repaired(self) -> list[_Block]:
        """Return the same stretches as they are when every repair is made."""
        if self.text is None or not self.text.strip():
            return []
        role = self._role()
        lines = repaired(self.text, self.edits, self.shown)
        if self.name != "body":
            lines = [[piece for line in lines for piece in line]] if lines else []
        blocks = []
        for line in lines:
            parts = [Markup('<ins class="put">{}</ins>').format(visible(t)) if new else visible(t) for t, new in line]
            blocks.append(_Block(role, self._label(), Markup("").join(parts), [], []))
        return blocks

    @cached_property
    def _paragraphs(self) -> list[tuple[int, int]]:
        text = self.text or ""
        return paragraphs(text) if self.name == "body" else [(0, len(text))]

    def _units(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the paragraphs that lie, at least in part, in start..end."""
        units = self._paragraphs
        first = bisect_right(units, start, key=lambda u: u[1])
        return units[first : max(first + (start == end), bisect_left(units, end, key=lambda u: u[0]))]

    def _role(self) -> str:
        known = {
            "publisher": "kicker",
            "headline": "headline",
            "standfirst": "standfirst",
            "body": "paragraph",
        }
        return known.get(self.name, "detail")

    def _label(self) -> str:
        return self.name if self._role() == "detail" else ""

    def _nothing(self) -> _Block:
        said = f"No {self.name}" if not self.text else f"The {self.name} is blank"
        refs = Markup("").join(self._reference(m.number) for m in self.marked)
        worst = self.marked[0].finding if self.marked else {}
        kind = f"mark k-{_kind(worst)}" if self.marked else "none"
        text = Markup('<span class="missing {}">{}</span>{}').format(kind, said, refs)
        return _Block(f"{self._role()} nothing", self._label(), text, self._notes(self.marked), [])

    def _cut(self, start: int, end: int) -> _Block:
        text = Markup("… {} characters are left out here …").format(f"{end - start:,}")
        return _Block("cut", "", text, [], [])

    def _block(self, start: int, end: int, opens_cut: bool, ends_cut: bool) -> _Block:
        assert self.text is not None
        parts: list[Markup] = [Markup('<span class="more">…</span>')] if opens_cut else []
        last_here = end == len(self.text)
        here = [s for s in self.spans if _touches(s, start, end, last_here)]
        parts += (
            self._segment(piece, last=piece.end == end, cut=ends_cut and piece.end == end)
            for piece in segments(start, end, here)
        )
        if ends_cut:
            parts.append(Markup('<span class="more">…</span>'))
        noted = [
            m
            for m in self.marked
            if m.number not in self.noted and (m in self.whole or _touches(m, start, end, last_here))
        ]
        echoes = [(n, self.by_number[n].anchor) for n, twin in self.twins.items() if start <= twin.start < max(end, 1)]
        return _Block(self._role(), self._label(), Markup("").join(parts), self._notes(noted), echoes)

    def _segment(self, piece: Segment, *, last: bool, cut: bool) -> Markup:
        assert self.text is not None
        text = self.text[piece.start : piece.end]
        numbers = [s.number for s in piece.spans if s.number]
        twins = [s for s in piece.spans if not s.number]
        if not numbers:
            shown = visible(text.rstrip("\n") if last else text)
        else:
            shown = Markup('<span class="nl" title="line break"> </span>').join(visible(t) for t in text.split("\n"))
        opened = [s for s in twins if s not in self._opened]
        self._opened |= set(opened)
        anchors = Markup("").join(Markup('<a id="{}"></a>').format(self._twin_anchor(s)) for s in opened)
        if numbers:
            findings = [self.by_number[n].finding for n in numbers]
            worst = min(findings, key=lambda f: _rank(f))
            classes = ["mark", f"k-{_kind(worst)}"]
            classes += ["goes"] if any(_repair(f) == "delete" for f in findings) else []
            classes += ["both"] if len(numbers) > 1 else []
            classes += ["empty"] if piece.start == piece.end else []
            classes += ["twin"] if twins else []
            refs = " ".join(self.by_number[n].anchor for n in numbers)
            shown = Markup('<mark class="{}" data-f="{}">{}</mark>').format(" ".join(classes), refs, shown)
        elif twins and text.strip():
            shown = Markup('<span class="twin">{}</span>').format(shown)
        closing = [s.number for s in piece.spans if s.number and (s.end == piece.end or cut)]
        return anchors + shown + Markup("").join(map(self._reference, closing))

    def _reference(self, number: int) -> Markup:
        m = self.by_number[number]
        return Markup('<a class="ref k-{}" href="#{}" aria-label="finding {}: {}" data-f="{}">{}</a>').format(
            _kind(m.finding), m.anchor, number, _label(m.finding), m.anchor, number
        )

    def _notes(self, marked: Iterable[_Marked]) -> list[_Note]:
        notes = []
        for m in marked:
            self.noted.add(m.number)
            finding, repair = m.finding, _repair(m.finding)
            related = _text(finding.get("related"))
            twin = self.twins.get(m.number)
            link = self._twin_anchor(twin) if twin else self.ids.get(related, "")
            whole = (self.text or "")[m.start : m.end]
            notes.append(
                _Note(
                    number=m.number,
                    anchor=m.anchor,
                    check=_label(finding),
                    kind=_kind(finding),
                    severity=_severity(finding),
                    reason=clip(_text(finding.get("reason")), 400),
                    repair=repair,
                    before=_quoted(_middle(whole, 90)),
                    after=_quoted(_middle(_text(finding.get("replacement")), 90)) if repair == "replace" else None,
                    whole=m in self.whole,
                    related=clip(related, 200),
                    related_anchor="" if link == self.story else link,
                )
            )
        return notes

    def _twin(self, m: _Marked) -> Span | None:
        """Return what a finding says it repeats, where that stands in this field."""
        related = _RELATED.search(_text(m.finding.get("related"))[:200])
        if related is None or related["field"] != self.name or not self.text:
            return None
        start = int(related["start"])
        if start >= len(self.text):
            return None
        if related["end"]:
            end = min(int(related["end"]), len(self.text))
        else:
            end = self._units(start, start + 1)[0][1]
            end = start + len(self.text[start:end].rstrip())
        return Span(start, end, 0) if end > start else None

    def _twin_anchor(self, twin: Span) -> str:
        return f"{self.story}-{self.name if self.name in FIELDS else 'field'}-{twin.start}-{twin.end}"


def _touches(span: Span | _Marked, start: int, end: int, last: bool) -> bool:
    """Say whether a span lies in start..end; an empty one at a border belongs to what follows it."""
    if span.start == span.end:
        return start <= span.start < end or (last and span.start == end)
    return span.start < end and span.end > start


def _covers(m: _Marked, body: str) -> bool:
    outside = body[: m.start] + body[m.end :]
    return m.start < m.end and not outside.strip() and len(paragraphs(body)) > 1


# --- the evidence of each failed check ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Excerpt:
    text: Markup
    where: str
    publisher: str
    reason: str
    anchor: str
    language: str


@dataclass(frozen=True, slots=True)
class _Evidence:
    row: _Row
    frequent: list[tuple[str, int]]
    excerpts: list[_Excerpt]
    values: list[str]
    rows_rejected: bool


def _evidence(result: Result, stories: Sequence[_Story]) -> list[_Evidence]:
    failed = _failed(result)
    names = [e.check for _, e in failed if e.check]
    frequent = _frequent(result.findings, names)
    excerpts: dict[str, list[_Excerpt]] = {name: [] for name in names}
    for story in stories:
        seen: set[tuple[str, str]] = set()
        for m in _number_findings(story.sample, set()):
            check = _text(m.finding.get("check"))
            words = (check, (story.sample.article.get(m.field) or "")[m.start : m.end])
            # The same words of the same story once: six like examples teach less than six others.
            if check in excerpts and words not in seen and len(excerpts[check]) < _MOST_EXCERPTS:
                seen.add(words)
                excerpts[check].append(_excerpt(story, m))
    bare = [name for name in names if not excerpts[name]]
    for finding in _first(result.findings, bare):
        excerpts[finding["check"]].append(_bare_excerpt(finding))
    out: list[_Evidence] = []
    left = _EVIDENCE_ROOM
    for anchor, e in failed:
        item = _Evidence(
            row=_row(e, anchor),
            frequent=frequent.get(e.check or "", []),
            excerpts=excerpts.get(e.check or "", []),
            values=[clip(v, 160) for v in e.values[:20]],
            rows_rejected=bool(result.rejected) and e.check == "unreadable-row",
        )
        size = len(str(_parts().module.evidence(item)).encode())  # type: ignore[attr-defined]
        if size > left:
            item = replace(item, frequent=[], excerpts=[], values=[], row=replace(item.row, options=[]))
        left -= size
        out.append(item)
    return out


def _excerpt(story: _Story, m: _Marked) -> _Excerpt:
    text = story.sample.article.get(m.field)
    if not text or not text.strip():
        shown = Markup('<span class="missing mark k-{}">{}</span>').format(
            _kind(m.finding), f"No {m.field}" if not text else f"The {m.field} is blank"
        )
    else:
        goes = "goes" if _repair(m.finding) == "delete" else "stays"
        empty = "empty" if m.start == m.end else "full"
        marked = Markup('<mark class="mark k-{} {} {}">{}</mark>').format(
            _kind(m.finding), goes, empty, _broken_lines(_middle(text[m.start : m.end], 260))
        )
        before, after = _last_line(text[: m.start]), _first_line(text[m.end :])
        if before.strip() or after.strip():
            shown = visible(_tail(before, _ABOUT)) + marked + visible(_head(after, _ABOUT))
        else:  # whole lines: what stands above and below tells where
            above, below = _last_line(text[: m.start].rstrip()), _first_line(text[m.end :].lstrip())
            beside = Markup('<span class="beside">{}</span>')
            shown = Markup("\n").join(
                line
                for line in (
                    beside.format(visible(_tail(above, _BESIDE))) if above else "",
                    marked,
                    beside.format(visible(_head(below, _BESIDE))) if below else "",
                )
                if line
            )
    return _Excerpt(
        text=shown,
        where=clip(story.where, 160),
        publisher=story.slug,
        reason=clip(_text(m.finding.get("reason")), 240),
        anchor=story.anchors.get(m.number, ""),
        language=story.language,
    )


def _last_line(text: str) -> str:
    return text[-20 * _ABOUT :].rpartition("\n")[2]


def _first_line(text: str) -> str:
    return text[: 20 * _ABOUT].partition("\n")[0]


def _tail(text: str, limit: int) -> str:
    """Return the end of a text, from the beginning of a word where there is one near."""
    if len(text) <= limit:
        return text
    end = text[-limit:]
    head, space, rest = end.partition(" ")
    return "… " + (rest if space and len(head) < 20 else end)


def _head(text: str, limit: int) -> str:
    """Return the beginning of a text, to the end of a word where there is one near."""
    if len(text) <= limit:
        return text
    start = text[:limit]
    rest, space, tail = start.rpartition(" ")
    return (rest if space and len(tail) < 20 else start) + " …"


def _bare_excerpt(finding: Mapping[str, Any]) -> _Excerpt:
    text = _text(finding.get("text"))
    shown = Markup('<mark class="mark k-{}">{}</mark>').format(_kind(finding), _broken_lines(_middle(text, 260)))
    return _Excerpt(
        text=shown if text.strip() else Markup(""),
        where=clip(f"{_text(finding.get('file'))}, row {finding.get('row')}", 160),
        publisher="",
        reason=clip("; ".join(filter(None, (_text(finding.get("reason")), _text(finding.get("related"))))), 240),
        anchor="",
        language="",
    )


def _frequent(findings: pl.LazyFrame, checks: list[str]) -> dict[str, list[tuple[str, int]]]:
    """Return, for each check, the words that were found more than once, most often first."""
    words = pl.col("text").str.head(120).str.strip_chars()
    rows = (
        findings.filter(pl.col("check").is_in(checks))
        .group_by("check", words.alias("words"))
        .agg(times=pl.len())
        .filter((pl.col("times") > 1) & (pl.col("words") != ""))
        .sort("check", "times", "words", descending=[False, True, False])
        .group_by("check", maintain_order=True)
        .head(5)
        .collect()
    )
    out: dict[str, list[tuple[str, int]]] = {}
    for check, said, times in rows.select("check", "words", "times").iter_rows():
        out.setdefault(check, []).append((clip(said, 70), times))
    return out


def _first(findings: pl.LazyFrame, checks: list[str]) -> list[dict[str, Any]]:
    if not checks:
        return []
    return (
        findings.filter(pl.col("check").is_in(checks))
        .group_by("check", maintain_order=True)
        .head(_MOST_EXCERPTS)
        .collect()
        .to_dicts()
    )


# --- single values -----------------------------------------------------------------------------------------


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _kind(finding: Mapping[str, Any]) -> str:
    family = finding.get("family")
    return family if family in FAMILIES else "other"


def _severity(finding: Mapping[str, Any]) -> str:
    severity = finding.get("severity")
    return severity if severity in SEVERITIES else "info"


def _rank(finding: Mapping[str, Any]) -> int:
    return SEVERITIES.index(_severity(finding))


def _repair(finding: Mapping[str, Any]) -> str:
    repair = finding.get("repair")
    return repair if repair in ("delete", "replace") else "none"


def _label(finding: Mapping[str, Any]) -> str:
    return plain(clip(_text(finding.get("check")), 80))


def _identifier(name: str) -> str:
    """Return a name as it stands where it is fit for an id, else a hash of it."""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", name):
        return name
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _safe_url(url: str) -> str:
    """Return the address where it is one of the web, else nothing: no other scheme may become a link."""
    return url if re.fullmatch(r"https?://[!-~]{1,1500}", url) else ""


def _middle(text: str, limit: int) -> str:
    """Cut text in the middle, where it is longer than the limit."""
    cut = clip(text, limit)
    if cut == text:
        return text
    tail = text[-limit // 4 :]
    return clip(text, limit * 3 // 4) + (" " + tail if clip(tail, limit // 4) == tail else "")


def _broken_lines(text: str) -> Markup:
    return Markup('<span class="nl" title="line break"> </span>').join(visible(t) for t in text.split("\n"))


def _quoted(text: str) -> Markup:
    if text and not text.strip(" "):
        return Markup('<span class="said">{}</span>').format("a space" if text == " " else f"{len(text)} spaces")
    return _broken_lines(text)


def _number(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


# --- the template ------------------------------------------------------------------------------------------


def _percent(share: float) -> str:
    if 0 < share < 0.1:
        return "< 0.1 %"
    if 99.9 < share < 100:
        return "> 99.9 %"
    return f"{share:.1f} %" if share < 10 or share % 1 else f"{share:.0f} %"


def _size(count: int) -> str:
    value, unit = float(count), "bytes"
    for unit in ("bytes", "kB", "MB", "GB", "TB"):
        if value < 1000 or unit == "TB":
            break
        value /= 1000
    return f"{value:,.0f} {unit}" if unit == "bytes" or value >= 100 else f"{value:,.1f} {unit}"


def _seconds(value: float) -> str:
    return f"{value * 1000:,.0f} ms" if value < 1 else f"{value:,.1f} s"


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _resource(name: str) -> str:
    return resources.files("copydesk.reports.html_template").joinpath(name).read_text(encoding="utf-8")


def _digest(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _shown(value: object) -> object:
    """Make every printed value fit for the page: what is no markup of ours is escaped and made visible."""
    return value if isinstance(value, Markup) else visible(_text(value))


def _template() -> jinja2.Template:
    return _environment().get_template("template.html")


def _parts() -> jinja2.Template:
    return _environment().get_template("parts.html")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        autoescape=True,
        finalize=_shown,
        loader=jinja2.FunctionLoader(_resource),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "attr": lambda value: escape(plain(_text(value))),
        "clip": clip,
        "count": lambda value: f"{value:,}",
        "number": _number,
        "percent": _percent,
        "plural": _plural,
        "seconds": _seconds,
        "size": _size,
    }
    return environment
