"""Broken text: the spans of a text that was read in the wrong encoding, or that holds what is no text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from copydesk_expectations.detection.text.certainty import is_certain
from copydesk_expectations.detection.text.encodings import C1, misread_runs
from copydesk_expectations.detection.text.garbled_lines import accents, garbled_lines
from copydesk_expectations.detection.text.misread_places import Place, misreadings_in

__all__ = ["Span", "broken_fields", "broken_spans"]

MISREAD = "text in one encoding that was read in another"

# Patterns that begin with a character, or with one of a set, are searched for ten times as fast as others.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f][\x00-\x08\x0e-\x1f\x7f]*")
_ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LOST = re.compile("\ufffd\ufffd*")
_BARE = re.compile(r"Â(?=\s)(?<=[^\W\d_A-ZÀ-Þ]Â|[.,;:!?]Â)|â€(?![\u0080-\u00bfœ˜‚-›€™])")

#: No broken letter has ASCII in it, or is of one character.
_FOREIGN = re.compile("[^\x00-\x7f][^\x00-\x7f]+")

#: Cyrillic or Greek of one byte a letter, read as Latin-1: whole words of accented letters.
_ACCENTED = re.compile(r"[À-ÖØ-öø-ÿ¸](?<!\w.)[À-ÖØ-öø-ÿ¸]{3,}(?!\w)")

#: So many such words, of at least three different letters, are no accident.
_ACCENTED_WORDS = 3

#: A span is widened by so many letters at most.
_WORD = 30

#: White space within a line.
_GAP = re.compile(r"[^\S\n\r]*")


class Span(NamedTuple):
    """Broken characters; `mended` is None where it is not certain what they were."""

    start: int
    end: int
    mended: str | None
    reason: str


def broken_spans(text: str) -> list[dict[str, Any]]:
    """Find the broken words of a text: `start`, `end`, `reason`, `mended` (None where that is not certain)."""
    foreign = [m.span() for m in _FOREIGN.finditer(text)]
    odd = _ODD.search(text) is not None
    spans = [*misread(text, foreign), *(control_letters(text) if odd else ())]
    spans += [*half_letters(text), *lost_letters(text), *accented_words(text, foreign)]
    words = _words(text, sorted(spans, key=lambda s: (s.start, -s.end)))
    return words + (controls(text) if odd else [])


def broken_fields(texts: Mapping[str, str], is_suspicious: Callable[[str], bool]) -> list[dict[str, Any]]:
    """Find what is broken in the fields of one article: as `broken_spans`, with `field` beside.

    Lines that were misread as a whole come first; broken words are looked for in what is left.
    `is_suspicious` tells of a line whether it has a sign of a misreading.
    """
    spans = []
    for field, found in misreadings_in(texts, is_suspicious).items():
        text = texts[field]
        rest = "".join(text[i:j] + " " * (k - j) for i, j, k in _gaps(found, len(text))) if found else text
        whole = [place._asdict() for place in found]
        rows = sorted([*whole, *_without_pieces(rest, broken_spans(rest))], key=lambda span: int(span["start"]))
        spans += [{"field": field, **row} for row in rows]
    return spans


def _without_pieces(text: str, spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put the whole line for its pieces where it is garbled, and not all pieces are certain."""
    for start, end in garbled_lines(text):
        pieces = [span for span in spans if start <= span["start"] and span["end"] <= end]
        known = "".join(text[span["start"] : span["end"]] for span in pieces if span["mended"] is not None)
        if 2 * accents(known) < accents(text[start:end]):
            spans = [span for span in spans if span not in pieces]
            spans.append({"start": start, "end": end, "reason": MISREAD, "mended": None})
    return spans


def _gaps(found: list[Place], length: int) -> Iterator[tuple[int, int, int]]:
    """Yield where the text between places starts and ends, and where the place behind it ends."""
    at = 0
    for place in found:
        yield at, place.start, place.end
        at = place.end
    yield at, length, length


def misread(text: str, foreign: list[tuple[int, int]]) -> Iterator[Span]:
    """Yield UTF-8 in a wrong encoding; what is in doubt counts where the same encoding did damage beside it."""
    for runs in misread_runs(text, foreign):
        if any(is_certain(run) for run in runs):
            yield from (Span(run.start, run.end, run.mended, MISREAD) for run in runs)


def control_letters(text: str) -> Iterator[Span]:
    """Yield control characters of one-byte encodings, which stand for letters or marks of Windows-1252."""
    for match in C1.finditer(text):
        mended = match[0].encode("latin-1").decode("cp1252", errors="replace")
        certain = None if "\ufffd" in mended else mended
        yield Span(*match.span(), certain, "a control character where a letter or mark should be")


def half_letters(text: str) -> Iterator[Span]:
    """Yield first halves of broken letters whose second half is gone."""
    if "Â" in text or "â€" in text:
        for match in _BARE.finditer(text):
            yield Span(*match.span(), "" if match[0] == "Â" else None, MISREAD)


def lost_letters(text: str) -> Iterator[Span]:
    """Yield replacement characters."""
    for match in _LOST.finditer(text):
        yield Span(*match.span(), None, "a letter that was lost in conversion (U+FFFD)")


def accented_words(text: str, foreign: list[tuple[int, int]]) -> Iterator[Span]:
    """Yield words of nothing but accented letters, where there are enough."""
    if any(end - start > 3 for start, end in foreign):
        words = [m for m in _ACCENTED.finditer(text) if len(set(m[0].lower())) > 2]
        if len(words) >= _ACCENTED_WORDS:
            yield from (Span(*m.span(), None, "Cyrillic or Greek that was read as Latin-1") for m in words)


def controls(text: str) -> list[dict[str, Any]]:
    """Find control characters, to be deleted."""
    reason = "a control character in the text"
    return [{"start": m.start(), "end": m.end(), "reason": reason, "mended": ""} for m in _CONTROLS.finditer(text)]


@dataclass
class _Words:
    """Broken words side by side, mended as far as `upto`."""

    start: int
    end: int
    upto: int
    reason: str
    mended: str = ""
    certain: bool = True

    def add(self, text: str, span: Span, end: int) -> None:
        """Add a broken span whose word ends at `end`."""
        self.mended += text[self.upto : span.start] + (span.mended or "")
        self.certain = self.certain and span.mended is not None
        self.reason = MISREAD if MISREAD in (span.reason, self.reason) else span.reason
        self.upto, self.end = span.end, end


def _words(text: str, spans: list[Span]) -> list[dict[str, Any]]:
    """Widen spans to their words, and join those that touch or have only spaces between."""
    words: list[_Words] = []
    for span in spans:
        if words and span.start < words[-1].upto:
            continue
        left, right = _word_around(text, span)
        if not words or not (left <= words[-1].end or _GAP.fullmatch(text, words[-1].end, left)):
            words.append(_Words(left, left, left, span.reason))
        words[-1].add(text, span, right)
    return [
        {
            "start": w.start,
            "end": w.end,
            "reason": w.reason,
            "mended": w.mended + text[w.upto : w.end] if w.certain else None,
        }
        for w in words
    ]


def _word_around(text: str, span: Span) -> tuple[int, int]:
    """Return where the word of a span starts and ends, at most so many letters further."""
    left, right = span.start, span.end
    while left > 0 and span.start - left < _WORD and _is_letter(text[left - 1]):
        left -= 1
    while right < len(text) and right - span.end < _WORD and _is_letter(text[right]):
        right += 1
    return left, right


def _is_letter(character: str) -> bool:
    return character.isalpha() and character < "\u0590"
