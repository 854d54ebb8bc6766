"""Article text for the page: escaped, with unseen characters made visible, cut where findings begin and end.

Offsets are characters (code points) of the field as read, as everywhere in copydesk.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

__all__ = [
    "Edit",
    "Segment",
    "Span",
    "apply_edits",
    "clip",
    "plain",
    "segments",
    "text_lines",
    "visible",
    "windows",
]

# Characters that show nothing, or that change the order or the meaning of the text around them:
# controls (but not tab and line feed), soft hyphen, joiners, bidi marks, overrides and isolates, line
# separators, fillers, invisible operators, byte order mark, surrogates, private use, non-characters, tags.
# The variation selectors stay: they choose a glyph.
_UNSEEN = re.compile(
    "(["
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000f0000-\U0010ffff"
    "])\\1*"
)

# Persian, Urdu and the Indic scripts need joiners, and so do emoji of several parts.
_JOINED = re.compile(
    "[\u0600-\u07bf\u0840-\u08ff\u0900-\u0dff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1800-\u18af"
    "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
)

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")

#: The width of an unseen character, in seen ones: the page shows it as a small box.
_BOX_COST = 12


def visible(text: str) -> Markup:
    r"""Escape text for an HTML element, with a small box for each unseen character.

    >>> visible("<b>")
    Markup('&lt;b&gt;')
    >>> visible("a\u202eb")
    Markup('a<i class="cp" title="RIGHT-TO-LEFT OVERRIDE">U+202E</i>b')
    """
    if not _UNSEEN.search(text):
        return escape(text)
    parts: list[str] = []
    at = 0
    for unseen in _unseen(text):
        character, times = unseen[1], len(unseen[0])
        name = unicodedata.name(character, "character without a name")
        count = f" ×{times}" if times > 1 else ""
        parts.append(escape(text[at : unseen.start()]))
        parts.append(f'<i class="cp" title="{name}">U+{ord(character):04X}{count}</i>')
        at = unseen.end()
    parts.append(escape(text[at:]))
    return Markup("".join(parts))


def plain(text: str) -> str:
    r"""Return text for an attribute or a title: unseen characters are written as their numbers, without markup.

    >>> plain("a\u202eb")
    'a[U+202E]b'
    """
    if not _UNSEEN.search(text):
        return text
    parts: list[str] = []
    at = 0
    for unseen in _unseen(text):
        parts += (text[at : unseen.start()], f"[U+{ord(unseen[1]):04X}]")
        at = unseen.end()
    return "".join((*parts, text[at:]))


def clip(text: str, limit: int) -> str:
    """Cut text to about `limit` characters, ending in '…'. An unseen character counts as wide as its box.

    >>> clip("Hide Ad", 4)
    'Hide…'
    """
    if len(text) * _BOX_COST <= limit:
        return text
    extra = 0  # width of the boxes so far, beyond one each
    for unseen in _UNSEEN.finditer(text, 0, limit + 1):
        for at in range(unseen.start(), unseen.end()):
            if at + extra > limit:
                break
            if at + extra + _BOX_COST > limit:
                return text[:at].rstrip() + "…"
            extra += _BOX_COST - 1
    return text if len(text) + extra <= limit else text[: limit - extra].rstrip() + "…"


def _unseen(text: str) -> Iterator[re.Match[str]]:
    for unseen in _UNSEEN.finditer(text):
        around = text[unseen.start() - 1 : unseen.start()] + text[unseen.end() : unseen.end() + 1]
        if unseen[0] in "\u200c\u200d" and len(around) == 2 and all(map(_JOINED.match, around)):
            continue
        yield unseen


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a field to mark. `number` is the number of the finding; 0 marks the words that a finding repeats."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch in which the same spans lie. It is empty where a span marks a place without words."""

    start: int
    end: int
    spans: tuple[Span, ...]


def segments(start: int, end: int, spans: Iterable[Span]) -> list[Segment]:
    """Cut start..end wherever a span begins or ends, so that the page can show overlapping spans.

    The segments have no gap and no overlap. An empty span gets an empty segment.

    >>> [(s.start, s.end, len(s.spans)) for s in segments(0, 9, [Span(2, 6, 1), Span(4, 9, 2)])]
    [(0, 2, 0), (2, 4, 1), (4, 6, 2), (6, 9, 1)]
    """
    near = [s for s in spans if s.start <= end and s.end >= start]
    wide = [s for s in near if s.end > s.start]
    empty = [s for s in near if s.end == s.start]
    cuts = {start, end, *(s.start for s in empty)}
    for span in wide:
        cuts |= {min(max(span.start, start), end), min(max(span.end, start), end)}
    ordered = sorted(cuts)
    out: list[Segment] = []
    for at, to in zip(ordered, [*ordered[1:], None], strict=True):
        here = tuple(s for s in empty if s.start == at)
        if here:
            out.append(Segment(at, at, here))
        if to is not None:
            out.append(Segment(at, to, tuple(s for s in wide if s.start < to and s.end > at)))
    return out


def windows(length: int, spans: Sequence[Span], *, room: int) -> list[tuple[int, int]]:
    """Choose the stretches of a field to show: all of it if it fits, else its opening and the text around the spans.

    Returns:
        Stretches in order, with gaps between them, together not much longer than `room`.
    """
    if length <= room:
        return [(0, length)]
    about = max(40, room // 25)
    around = [(0, min(length, room // 8))]
    for span in spans:
        around.append((span.start - about, min(span.end, span.start + 2 * about) + about))
        if span.end > span.start + 4 * about:  # a long span: how it begins and how it ends
            around.append((span.end - about, span.end + about))
    chosen: list[tuple[int, int]] = []
    left = room
    for start, end in sorted((max(0, s), min(length, e)) for s, e in around):
        if chosen and start <= chosen[-1][1] + 20:  # a gap that would be shorter than its marker
            new_end = max(end, chosen[-1][1])
            left -= new_end - chosen[-1][1]
            chosen[-1] = (chosen[-1][0], new_end)
        else:
            left -= end - start
            chosen.append((start, end))
        if left < 0:
            break
    return chosen


def text_lines(text: str) -> list[tuple[int, int]]:
    r"""Return where each paragraph begins, and where the next one does. A blank line belongs to the paragraph above.

    >>> text_lines("One.\n\nTwo.")
    [(0, 6), (6, 10)]
    """
    starts = [m.start() for m in _PARAGRAPH.finditer(text)]
    if not starts:
        return [(0, len(text))]
    starts[0] = 0
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


@dataclass(frozen=True, slots=True)
class Edit:
    """A repair of a field: `new` takes the place of start..end."""

    start: int
    end: int
    new: str


def apply_edits(text: str, edits: Iterable[Edit], shown: Sequence[tuple[int, int]]) -> list[list[tuple[str, bool]]]:
    """Apply repairs to the shown stretches of a text.

    Of two edits that overlap, the first is applied. Of the second only a deletion is applied, behind the first.

    Returns:
        Paragraphs, each a list of pieces: the text, and whether it is new.
    """
    pieces: list[tuple[str, bool]] = []
    todo = sorted(edits, key=lambda e: (e.start, e.end))
    for number, (start, end) in enumerate(shown):
        if number:
            pieces.append(("\n", False))
        at = start
        for edit in todo:
            if edit.start >= end or edit.end < at or edit.end < start:
                continue
            if edit.start < at:
                if not edit.new:
                    at = max(at, min(edit.end, end))
                continue
            pieces += ((text[at : edit.start], False), (edit.new, True))
            at = min(edit.end, end)
        pieces.append((text[at:end], False))
    out: list[list[tuple[str, bool]]] = [[]]
    for piece, new in pieces:
        for nth, line in enumerate(piece.split("\n")):
            if nth:
                out.append([])
            if line:
                out[-1].append((line, new))
    return [p for p in out if "".join(piece for piece, _ in p).strip()]
