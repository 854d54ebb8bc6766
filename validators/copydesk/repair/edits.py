"""Edits of one text: spans and what takes their place, merged, widened to whole lines, and applied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from copydesk.text.paragraphs import paragraph_spans

__all__ = ["Edit", "Repair", "apply", "compose", "edits_of", "original_span", "undo"]

#: What ends a line, as paragraphs are cut.
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SPACE = " \t"


@dataclass(frozen=True, slots=True)
class Repair:
    """What a finding says is to be done with the characters from `start` to `end` of a field.

    new: what takes their place; None to delete them.
    """

    check: str
    field: str
    start: int
    end: int
    new: str | None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """`new` takes the place of the characters from `start` to `end`.

    repairs: the repairs that it makes.
    """

    start: int
    end: int
    new: str
    repairs: tuple[Repair, ...] = ()


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with edits made, which must be in order and must not overlap."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def undo(text: str, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits that make `text` again of what `apply` returns."""
    back, moved = [], 0
    for edit in edits:
        start = edit.start + moved
        back.append(Edit(start, start + len(edit.new), text[edit.start : edit.end], edit.repairs))
        moved += len(edit.new) - (edit.end - edit.start)
    return tuple(back)


def edits_of(text: str, repairs: Iterable[Repair]) -> list[Edit]:
    """Return the edits that make repairs of one text, in order and apart from each other.

    - Deletions that overlap are one. One that lies within a replacement is a part of it.
    - Another replacement that overlaps a deletion, or an earlier replacement, is left out: what is still wrong after
      the edits will be found again.
    - A line of which nothing is left goes with its line break, and with the blank line that only it needed.
    - A deletion within a line leaves no two spaces behind.
    """
    ordered = sorted(repairs, key=lambda r: (r.start, -r.end, r.new or ""))
    replacing = _apart(r for r in ordered if r.new is not None)
    gone: list[Edit] = []
    for repair in ordered:
        if repair.new is not None:
            continue
        if gone and repair.start <= gone[-1].end:
            last = gone[-1]
            gone[-1] = Edit(last.start, max(last.end, repair.end), "", (*last.repairs, repair))
        else:
            gone.append(Edit(repair.start, repair.end, "", (repair,)))
    kept: list[Edit] = []
    for edit in gone:
        around = next((r for r in replacing if r.start <= edit.start and edit.end <= r.end), None)
        if around is None:
            kept.append(edit)
        else:
            replacing[replacing.index(around)] = Edit(
                around.start, around.end, around.new, (*around.repairs, *edit.repairs)
            )
    wide = _merged([_tidied(text, edit) for edit in kept] + list(_whole_lines(text, kept)))
    return sorted([*wide, *_outside(replacing, wide)], key=lambda edit: edit.start)


def _apart(repairs: Iterable[Repair]) -> list[Edit]:
    """Return replacements as edits, without those that overlap an earlier one."""
    edits: list[Edit] = []
    for repair in repairs:
        if not edits or edits[-1].end <= repair.start:
            edits.append(Edit(repair.start, repair.end, repair.new or "", (repair,)))
    return edits


def _outside(edits: list[Edit], others: list[Edit]) -> Iterator[Edit]:
    """Yield those of some edits that overlap none of the others; both are in order."""
    place = 0
    for edit in edits:
        while place < len(others) and others[place].end <= edit.start:
            place += 1
        if place == len(others) or edit.end <= others[place].start:
            yield edit


def _merged(edits: Iterable[Edit]) -> list[Edit]:
    """Join deletions that overlap or touch."""
    merged: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if merged and edit.start <= merged[-1].end:
            last = merged[-1]
            repairs = tuple(dict.fromkeys((*last.repairs, *edit.repairs)))
            merged[-1] = Edit(last.start, max(last.end, edit.end), "", repairs)
        else:
            merged.append(edit)
    return merged


def _tidied(text: str, edit: Edit) -> Edit:
    """Return a deletion with the space that it would leave beside another, or at the edge of a line."""
    start, end = edit.start, edit.end
    opens = start == 0 or _BREAK.match(text, start - 1) is not None
    closes = end == len(text) or _BREAK.match(text, end) is not None
    if start and text[start - 1] in _SPACE and closes and not opens:
        while start and text[start - 1] in _SPACE:
            start -= 1
    elif end < len(text) and text[end] in _SPACE and (opens or text[start - 1] in _SPACE):
        while end < len(text) and text[end] in _SPACE:
            end += 1
    return Edit(start, end, "", edit.repairs)


def _whole_lines(text: str, gone: list[Edit]) -> Iterator[Edit]:
    """Yield what goes beside lines of which nothing is left: their line breaks, and blank lines between them."""
    if not gone:
        return
    lines = list(paragraph_spans(text))
    emptied = _emptied(text, lines, gone)
    number = 0
    while number < len(lines):
        if not emptied[number]:
            number += 1
            continue
        first = number
        while number < len(lines) and emptied[number]:
            number += 1
        before = lines[first - 1][1] if first else 0
        after = lines[number][0] if number < len(lines) else len(text)
        yield Edit(*_block(text, before, lines[first][0], lines[number - 1][1], after), "")


def _emptied(text: str, lines: list[tuple[int, int]], gone: list[Edit]) -> list[bool]:
    """Tell of each line whether the deletions leave nothing but white space of it."""
    flags, place = [], 0
    for start, end in lines:
        while place < len(gone) and gone[place].end <= start:
            place += 1
        at, number, is_empty = start, place, True
        while at < end and is_empty:
            reach = gone[number].start if number < len(gone) else end
            is_empty = not text[at : max(at, min(reach, end))].strip()
            at = gone[number].end if number < len(gone) else end
            number += 1
        flags.append(is_empty)
    return flags


def _block(text: str, before: int, start: int, end: int, after: int) -> tuple[int, int]:
    """Return the span to delete for lines from `start` to `end`, so that the wider of the gaps beside them is left.

    Args:
        text: the text.
        before: where the line before ends; 0 without one.
        start: where the first character of the lines stands.
        end: where their last character ends.
        after: where the line after begins; the end of the text without one.
    """
    above = [m.span() for m in _BREAK.finditer(text, before, start)]
    below = [m.span() for m in _BREAK.finditer(text, end, after)]
    top = above[-1][1] if above else start if before else 0
    keeps_below = after == len(text) or (before and len(below) > len(above))
    if not keeps_below:
        return top, below[-1][1] if below else end
    return (above[0][0] if above and before else top), (below[0][0] if below else len(text))


def compose(text: str, edits: Sequence[Edit], more: Sequence[Edit]) -> list[Edit]:
    """Return the edits of a text that do what `edits` do, and then `more`, which are edits of the result."""
    placed: list[tuple[int, int, Edit | None, Edit | None]] = [
        (new.start, new.end, old, None) for new, old in zip(undo(text, edits), edits, strict=True)
    ]
    placed += [(edit.start, edit.end, None, edit) for edit in more]
    composed: list[Edit] = []
    moved = number = 0
    placed.sort(key=lambda place: (place[0], place[1], place[3] is not None))
    while number < len(placed):
        low, high = placed[number][:2]
        first: list[Edit] = []
        second: list[Edit] = []
        before = moved
        while number < len(placed) and placed[number][0] <= high:
            _, end, old, new = placed[number]
            high = max(high, end)
            if old is not None:
                first.append(old)
                moved += len(old.new) - (old.end - old.start)
            if new is not None:
                second.append(new)
            number += 1
        start, end = low - before, high - moved
        inner = apply(text[start:end], [replace(e, start=e.start - start, end=e.end - start) for e in first])
        inner = apply(inner, [replace(e, start=e.start - low, end=e.end - low) for e in second])
        composed.append(Edit(start, end, inner, tuple(dict.fromkeys(r for e in (*first, *second) for r in e.repairs))))
    return composed


def original_span(edits: Sequence[Edit], start: int, end: int) -> tuple[int, int]:
    """Return the characters of a text from which a span of the edited text comes, with the edits that it touches."""
    moved = 0
    first: int | None = None
    last: int | None = None
    for edit in edits:
        at = edit.start + moved
        to = at + len(edit.new)
        if first is None and start <= to:
            first = start - moved if start < at else edit.start
        if last is None and end < at:
            last = end - moved
        elif last is None and end <= to:
            last = edit.end
        moved += len(edit.new) - (edit.end - edit.start)
    return (start - moved if first is None else first), (end - moved if last is None else last)
