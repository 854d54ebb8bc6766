"""Pieces of article text for the page: cut where a word ends, with visible line breaks."""

from __future__ import annotations

from markupsafe import Markup

from copydesk.reports.html.marked_text import clip, visible

__all__ = ["broken_lines", "first_line", "head", "last_line", "middle", "shorten_id", "tail", "words_or_spaces"]

_FAR = 1600  # characters of a line that are read: the page shows fewer


def broken_lines(text: str) -> Markup:
    """Return text on one line, with a mark for each line break."""
    return Markup('<span class="nl" title="line break"> </span>').join(visible(t) for t in text.split("\n"))


def words_or_spaces(text: str) -> Markup:
    """Return text as `broken_lines` does; text of spaces alone becomes their number in words."""
    if text and not text.strip(" "):
        return Markup('<span class="said">{}</span>').format("a space" if text == " " else f"{len(text)} spaces")
    return broken_lines(text)


def middle(text: str, limit: int) -> str:
    """Leave out the middle of a text that is longer than the limit."""
    cut = clip(text, limit)
    if cut == text:
        return text
    size = limit // 4
    end = text[len(text) - size :]
    return clip(text, limit * 3 // 4) + (" " + end if end and clip(end, size) == end else "")


def shorten_id(name: str, limit: int = 40) -> str:
    """Leave out the middle of a long id: ids of one collection often differ at their ends only.

    >>> shorten_id("https://www.quay.example/news/2031/04/ferries-7", 20)
    'https://www…rries-7'
    """
    if len(name) <= limit:
        return name
    end = limit * 3 // 8
    return name[: limit - end - 2] + "…" + name[-end:]


def tail(text: str, limit: int) -> str:
    """Return the end of a text, from the beginning of a word where one begins nearby.

    >>> tail("the pier was torn away", 10)
    '… torn away'
    """
    if len(text) <= limit:
        return text
    end = text[-limit:]
    first, space, rest = end.partition(" ")
    return "… " + (rest if space and len(first) < 20 else end)


def head(text: str, limit: int) -> str:
    """Return the beginning of a text, to the end of a word where one ends nearby.

    >>> head("the pier was torn away", 10)
    'the pier …'
    """
    if len(text) <= limit:
        return text
    start = text[:limit]
    rest, space, last = start.rpartition(" ")
    return (rest if space and len(last) < 20 else start) + " …"


def last_line(text: str) -> str:
    """Return the last line."""
    return text[-_FAR:].rpartition("\n")[2]


def first_line(text: str) -> str:
    """Return the first line."""
    return text[:_FAR].partition("\n")[0]
