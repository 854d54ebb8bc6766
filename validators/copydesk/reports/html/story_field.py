"""One field of a marked story: its text with the findings marked, and the notes in the margin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from copydesk.checks import SEVERITIES
from copydesk.model.article import FIELDS
from copydesk.reports.html.marked_text import (
    Edit,
    Segment,
    Span,
    apply_edits,
    clip,
    segments,
    text_lines,
    visible,
    windows,
)
from copydesk.reports.html.marks import Mark
from copydesk.reports.html.wording import broken_lines, middle, shorten_id, words_or_spaces
from copydesk.reports.places import place, twin

__all__ = ["Block", "Note", "StoryField"]

_COPIED = 200  # characters of the words of a finding that can be copied
_ROLES = {"publisher": "kicker", "headline": "headline", "standfirst": "standfirst", "body": "paragraph"}


@dataclass(frozen=True, slots=True)
class Note:
    """The note in the margin beside a finding; `text` is the words, to copy, empty for a whole body."""

    number: int
    anchor: str
    check: str
    field: str
    text: str
    kind: str
    severity: str
    reason: str
    repair: str
    before: Markup
    after: Markup
    whole: bool
    related: str
    related_share: int | None
    related_anchor: str
    known: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a story, the notes beside it, and the findings that repeat it: number, anchor, whether known."""

    role: str
    label: str
    text: Markup
    notes: list[Note]
    echoes: list[tuple[int, str, bool]]


class StoryField:
    """One field of a story: its text with the findings marked, cut to a size."""

    def __init__(
        self,
        name: str,
        text: str | None,
        marked: list[Mark],
        *,
        room: int,
        story: str,
        ids: Mapping[str, str],
        folder: str = "",
    ) -> None:
        """Lay a field out.

        Args:
            name: the field.
            text: the text of the field.
            marked: the findings to show in it.
            room: about how many characters to show.
            story: the anchor of the story.
            ids: the anchors of the stories in the page, by the articles' ids.
            folder: the folder that file names leave out.
        """
        self.story, self.name, self.text, self.marked, self.ids, self.folder = story, name, text, marked, ids, folder
        self.by_number = {m.number: m for m in marked}
        self.twins = {m.number: t for m in marked if (t := self._repeated(m)) is not None}
        # A finding about a whole body of several paragraphs has only a note: to mark everything marks nothing.
        self.whole = [m for m in marked if name == "body" and text and _covers(m, text)]
        spans = [Span(m.start, m.end, m.number) for m in marked if m not in self.whole]
        self.spans = [*spans, *dict.fromkeys(self.twins.values())]
        self.shown = windows(len(text or ""), self.spans, room=room)
        self.noted: set[int] = set()
        self._opened: set[Span] = set()
        self.edits = [
            Edit(m.start, m.end, clip(m.value("replacement"), 400) if m.repair == "replace" else "")
            for m in marked
            if m.repair != "none"
        ]

    def as_read(self) -> list[Block]:
        """Return the field as it was read: a block for each paragraph, and one for each gap."""
        text = self.text
        if text is None or not text.strip():
            return [self._empty_block()]
        blocks: list[Block] = []
        reached = 0
        for start, end in self.shown:
            if start > reached:
                blocks.append(self._gap_block(reached, start))
            for at, to in self._units(start, end):
                blocks.append(self._text_block(max(at, start), min(to, end), at < start, to > end))
            reached = end
        if reached < len(text):
            blocks.append(self._gap_block(reached, len(text)))
        return blocks

    def as_repaired(self) -> list[Block]:
        """Return the same stretches with every repair made."""
        if self.text is None or not self.text.strip():
            return []
        role = self._role()
        lines = apply_edits(self.text, self.edits, self.shown)
        if self.name != "body":
            lines = [[piece for line in lines for piece in line]] if lines else []
        blocks = []
        for line in lines:
            parts = [Markup('<ins class="put">{}</ins>').format(visible(t)) if new else visible(t) for t, new in line]
            blocks.append(Block(role, self._label(), Markup("").join(parts), [], []))
        return blocks

    @cached_property
    def _paragraphs(self) -> list[tuple[int, int]]:
        text = self.text or ""
        return text_lines(text) if self.name == "body" else [(0, len(text))]

    def _units(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the paragraphs that lie at least partly in start..end."""
        units = self._paragraphs
        first = bisect_right(units, start, key=lambda u: u[1])
        return units[first : max(first + (start == end), bisect_left(units, end, key=lambda u: u[0]))]

    def _role(self) -> str:
        return _ROLES.get(self.name, "detail")

    def _label(self) -> str:
        return self.name if self._role() == "detail" else ""

    def _empty_block(self) -> Block:
        sentence = f"No {self.name}" if not self.text else f"The {self.name} is blank"
        refs = Markup("").join(self._reference(m.number) for m in self.marked)
        kind = f"mark k-{self.marked[0].kind}{_known(self.marked)}" if self.marked else "none"
        text = Markup('<span class="missing {}">{}</span>{}').format(kind, sentence, refs)
        return Block(f"{self._role()} nothing", self._label(), text, self._notes(self.marked), [])

    def _gap_block(self, start: int, end: int) -> Block:
        text = Markup("… {} characters are left out here …").format(f"{end - start:,}")
        return Block("cut", "", text, [], [])

    def _text_block(self, start: int, end: int, opens_cut: bool, ends_cut: bool) -> Block:
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
        to_note = [
            m
            for m in self.marked
            if m.number not in self.noted and (m in self.whole or _touches(m, start, end, last_here))
        ]
        repeated = [self.by_number[n] for n, t in self.twins.items() if start <= t.start < max(end, 1)]
        echoes = [(m.number, m.anchor, m.known) for m in repeated]
        return Block(self._role(), self._label(), Markup("").join(parts), self._notes(to_note), echoes)

    def _segment(self, piece: Segment, *, last: bool, cut: bool) -> Markup:
        assert self.text is not None
        text = self.text[piece.start : piece.end]
        numbers = [s.number for s in piece.spans if s.number]
        twins = [s for s in piece.spans if not s.number]
        if numbers:
            content = broken_lines(text)
        else:  # blank lines at the edges would show as gaps
            text = text.lstrip("\n") if piece.start == 0 and self.name == "body" else text
            content = visible(text.rstrip("\n") if last else text)
        first_seen = [s for s in twins if s not in self._opened]
        self._opened |= set(first_seen)
        anchors = Markup("").join(Markup('<a id="{}"></a>').format(self._twin_anchor(s)) for s in first_seen)
        if numbers:
            marks = [self.by_number[n] for n in numbers]
            worst = min(marks, key=lambda m: SEVERITIES.index(m.severity))
            classes = ["mark", f"k-{worst.kind}"]
            classes += ["goes"] if any(m.repair == "delete" for m in marks) else []
            classes += ["both"] if len(numbers) > 1 else []
            classes += ["empty"] if piece.start == piece.end else []
            classes += ["twin"] if twins else []
            classes += ["known"] if all(m.known for m in marks) else []
            refs = " ".join(m.anchor for m in marks)
            content = Markup('<mark class="{}" data-f="{}">{}</mark>').format(" ".join(classes), refs, content)
        elif twins and text.strip():
            repeats = [self.by_number[n] for n, t in self.twins.items() if t in twins]
            content = Markup('<span class="twin{}">{}</span>').format(_known(repeats), content)
        closing = [s.number for s in piece.spans if s.number and (s.end == piece.end or cut)]
        return anchors + content + Markup("").join(map(self._reference, closing))

    def _reference(self, number: int) -> Markup:
        m = self.by_number[number]
        return Markup('<a class="ref k-{}{}" href="#{}" aria-label="finding {}: {}" data-f="{}">{}</a>').format(
            m.kind, _known([m]), m.anchor, number, m.label, m.anchor, number
        )

    def _notes(self, marked: Iterable[Mark]) -> list[Note]:
        notes = []
        for m in marked:
            self.noted.add(m.number)
            related, link = self._related(m)
            notes.append(
                Note(
                    number=m.number,
                    anchor=m.anchor,
                    check=m.label,
                    field=clip(m.field, 40),
                    text="" if m in self.whole else clip((self.text or "")[m.start : m.end], _COPIED),
                    kind=m.kind,
                    severity=m.severity,
                    reason=clip(m.value("reason"), 400),
                    repair=m.repair,
                    before=words_or_spaces(middle((self.text or "")[m.start : m.end], 90)),
                    after=words_or_spaces(middle(m.value("replacement"), 90)),
                    whole=m in self.whole,
                    related=clip(related, 200),
                    related_share=m.share,
                    related_anchor=link,
                    known=m.known,
                )
            )
        return notes

    def _related(self, m: Mark) -> tuple[str, str]:
        """Return what a finding belongs to, and the anchor of that; an empty anchor if the page lacks it."""
        here, other = self.twins.get(m.number), twin(m.finding)
        if here:
            return f"paragraph {m.value('related_paragraph')}", self._twin_anchor(here)
        if other is None:
            return m.value("related"), ""
        where = place(other.file, other.row, folder=self.folder)
        link = self.ids.get(other.id, "")
        return " · ".join(
            dict.fromkeys(filter(None, (where, shorten_id(other.id))))
        ), "" if link == self.story else link

    def _repeated(self, m: Mark) -> Span | None:
        """Return the paragraph of this field that the words of a finding repeat, if they do."""
        start = m.finding.get("related_start")
        if not isinstance(start, int) or not self.text or not 0 <= start < len(self.text):
            return None
        end = self._units(start, start + 1)[0][1]
        end = start + len(self.text[start:end].rstrip())
        return Span(start, end, 0) if end > start else None

    def _twin_anchor(self, twin: Span) -> str:
        return f"{self.story}-{self.name if self.name in FIELDS else 'field'}-{twin.start}-{twin.end}"


def _touches(span: Span | Mark, start: int, end: int, last: bool) -> bool:
    """Return whether a span touches start..end. An empty span at a border belongs to the text after it."""
    if span.start == span.end:
        return start <= span.start < end or (last and span.start == end)
    return span.start < end and span.end > start


def _known(marks: Sequence[Mark]) -> str:
    """Return the class of what belongs to findings that do not count, none of which does."""
    return " known" if all(m.known for m in marks) else ""


def _covers(m: Mark, body: str) -> bool:
    outside = body[: m.start] + body[m.end :]
    return m.start < m.end and not outside.strip() and len(text_lines(body)) > 1
