"""Composition: lines that are made of phrases and of nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from copydesk.lexicon.phrases import MOST_WORDS, kind_bits

__all__ = ["MOST_BUTTONS", "composed_kinds"]

#: A row of buttons or a counter has at most so many words.
MOST_BUTTONS = 8

_COUNTER = re.compile(r"^\d[\d.,\u00a0]*\s?[km]?\s+")

#: What parts sentences that are phrases each.
_SENTENCES = re.compile(r"[.!?|·•›»]+\s+")


def composed_kinds(line: str, words: int, kinds_of: Callable[[str, int], int], plain: Mapping[str, int]) -> int:
    """Return the kinds of the first phrase of a line that is made of phrases; 0 if it is made of others, too.

    Args:
        line: normalised.
        words: how many words it has.
        kinds_of: returns the kinds of a line that is one phrase, and of so many words.
        plain: the phrases without slots, see `Lexicon.plain`: buttons are among them.
    """
    if not 2 <= words <= MOST_WORDS:
        return 0
    sentences = _SENTENCES.split(line)
    if len(sentences) > 1 and (kinds := _first_of(sentences, kinds_of)):
        return kinds
    if words > MOST_BUTTONS:
        return 0
    buttons = line.split(" ")
    if _is_button(buttons[0], plain) and (kinds := _first_of(buttons, kinds_of)):
        return kinds
    rest = _COUNTER.sub("", line, count=1)
    return kind_bits("share") if rest != line and _is_button(rest, plain) else 0


def _first_of(parts: list[str], kinds_of: Callable[[str, int], int]) -> int:
    """Return the kinds of the first part; 0 unless all are phrases."""
    kinds = 0
    for part in filter(None, map(_trimmed, parts)):
        own = kinds_of(part, part.count(" ") + 1)
        if not own:
            return 0
        kinds = kinds or own
    return kinds


def _is_button(line: str, plain: Mapping[str, int]) -> bool:
    return plain.get(line, 0) & kind_bits("share") > 0


def _trimmed(line: str) -> str:
    """Return a folded line as `copydesk.text.expressions.normalised` does."""
    start, end = 0, len(line)
    while start < end and not line[start].isalnum():
        start += 1
    while end > start and not (line[end - 1].isalnum() or unicodedata.category(line[end - 1])[0] == "M"):
        end -= 1
    return line[start:end]
