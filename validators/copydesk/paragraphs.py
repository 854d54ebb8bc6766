"""Paragraphs: bodies cut into lines, with what every check may ask of a line, all from one look at the bytes."""

from __future__ import annotations

from typing import Any

from copydesk.columns import pl
from copydesk.text import ENDINGS, LINE_BREAKS, UNSPACED, ends_sentence, starts_lower, word_count
from copydesk.utf8 import Marks, Text, cut
from copydesk.words import bare

__all__ = ["Paragraphs", "bare_keys", "paragraphs_of"]

_NEWLINE, _SPACE = 10, 32

#: White space beyond ASCII, and scripts that do not part words: such lines are counted by patterns, not by bytes.
_ODD = (
    rf"[\x{{85}}\x{{a0}}\x{{1680}}\x{{2000}}-\x{{200a}}\x{{2028}}\x{{2029}}\x{{202f}}\x{{205f}}\x{{3000}}]|{UNSPACED}"
)


#: White space that is not one plain space between words.
_UNEVEN = ("  ", "\t", "\u00a0", "\u202f", "\u3000")


class Paragraphs:
    """The paragraphs of all bodies, and the bytes that they were cut from.

    Attributes:
        text: the bodies, every line break in them one \\n.
        begin, end: where each paragraph lies in the bytes of `text`.
        frame: what is known of each, see `paragraphs_of`.
    """

    def __init__(self, articles: pl.DataFrame) -> None:
        bodies = articles["body"].fill_null("")
        if bodies.str.contains(LINE_BREAKS).any():
            bodies = bodies.str.replace_all(LINE_BREAKS, "\n")
        self.text = Text(bodies)
        self.begin, self.end = _places(self.text)
        self.frame = _described(self.text, self.begin, self.end, articles["article"].to_numpy())


def paragraphs_of(articles: pl.DataFrame) -> pl.DataFrame:
    """Cut bodies into paragraphs.

    A paragraph is a line with anything but white space in it; blank lines separate and are no paragraphs. Lines
    end at \\n, \\r\\n, \\r and at the Unicode line and paragraph separators.

    Args:
        articles: a frame with `article` and `body` (String).

    Returns:
        A frame sorted by article and place:
        `article` (UInt32), `par` (UInt32, number among the article's paragraphs, from 0), `start` and `end` (Int64,
        characters in the body, white space at the edges left out), `text` (String), `chars` and `words` (Int64),
        `ends` (Boolean, ends as a sentence does), `lower` (Boolean, starts with a lower-case letter), `key` (UInt64,
        equal for texts that differ in spacing and in case only).
    """
    return Paragraphs(articles).frame


def bare_keys(text: Text, begin: Any, end: Any) -> pl.Series:
    """Hash lines without the marks at their edges; null where no word is left.

    Returns:
        UInt64, the same for lines that differ in those marks, in spacing and in case only.
    """
    first, last = bare(text, begin, end)
    texts = text.cut(first, last)
    keys = _keys(text, first, last, texts, texts.str.len_chars() != texts.str.len_bytes())
    return keys.to_frame("key").select(pl.when(pl.Series(last > first)).then("key")).to_series()


def _places(text: Text) -> tuple[Any, Any]:
    """Return where each paragraph begins and ends, white space at its edges left out."""
    import numpy as np

    data = text.data[: text.size]
    stops = np.flatnonzero(data == _NEWLINE)
    starts = np.concatenate([[0], stops[:-1] + 1])[: len(stops)]
    # Only a line with white space or more than ASCII at its edges is worth a look.
    first, last = data[starts], data[np.maximum(stops - 1, 0)]
    edged = np.flatnonzero((starts < stops) & ((first <= _SPACE) | (first > 0x7F) | (last <= _SPACE) | (last > 0x7F)))
    lines = text.cut(starts[edged], stops[edged])
    left = lines.str.strip_chars_start().str.len_bytes().to_numpy()
    starts[edged] = stops[edged] - left
    stops[edged] = starts[edged] + lines.str.strip_chars().str.len_bytes().to_numpy()
    filled = np.flatnonzero(starts < stops)
    return starts[filled], stops[filled]


def _described(text: Text, begin: Any, end: Any, articles: Any) -> pl.DataFrame:
    """Describe the paragraphs between places; `articles` are the numbers of the bodies."""
    import numpy as np

    texts = text.cut(begin, end)
    owner = text.of(begin)
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    sizes = np.diff(np.append(first, len(owner)))
    chars = texts.str.len_chars().to_numpy().astype(np.int64)
    before = np.concatenate([[0], end[:-1]])[: len(begin)]
    before[first] = text.begin[owner[first]]
    gap = text.cut(before, begin).str.len_chars().to_numpy().astype(np.int64)
    start = np.cumsum(gap + chars) - chars
    start -= np.repeat((start - gap)[first], sizes)
    foreign = pl.Series(chars != end - begin)
    odd = foreign.arg_true().filter(texts.filter(foreign).str.contains(_ODD))
    unspaced = odd.filter(texts.gather(odd).str.contains(UNSPACED))
    words = _words(text, begin, end, texts, odd)
    return pl.DataFrame(
        {
            "article": pl.Series(articles[owner], dtype=pl.UInt32),
            "par": pl.Series(np.arange(len(owner)) - np.repeat(first, sizes), dtype=pl.UInt32),
            "start": start,
            "end": start + chars,
            "text": texts,
            "chars": chars,
            "words": words,
            "ends": _said(text.data[end - 1], _ENDS, texts, ends_sentence),
            "lower": _said(text.data[begin], _LOWER, texts, starts_lower),
            "key": _keys(text, begin, end, texts, foreign, unspaced),
        }
    )


def _words(text: Text, begin: Any, end: Any, texts: pl.Series, odd: Any) -> Any:
    import numpy as np

    white = text.data <= _SPACE
    words = Marks(white[:-1] > white[1:]).between(begin, end - 1) + 1
    if len(odd):
        counted = texts.gather(odd).to_frame("text").select(word_count(pl.col("text")))
        words[odd] = counted.to_series().to_numpy()
    return words.astype(np.int64)


#: What a byte at the edge of a line says by itself; None where the whole character, or more, must be looked at.
_ENDS = [True if chr(b) in ENDINGS else False if chr(b).isalnum() or chr(b) in ",:-" else None for b in range(128)]
_LOWER = [chr(b).islower() for b in range(128)]


def _said(edge: Any, table: list[bool | None] | list[bool], texts: pl.Series, look: Any) -> Any:
    """Answer a question of each text by the byte at its edge, and where that is not enough, by looking."""
    import numpy as np

    known = np.array([2 if answer is None else answer for answer in table] + [2] * 128, np.uint8)[edge]
    unknown = np.flatnonzero(known == 2)
    if len(unknown):
        seen = texts.gather(unknown).to_frame("text").select(look(pl.col("text"))).to_series()
        known[unknown] = seen.to_numpy()
    return known == 1


def _keys(
    text: Text, begin: Any, end: Any, texts: pl.Series, foreign: pl.Series, unspaced: pl.Series | None = None
) -> pl.Series:
    """Hash the texts without regard to case, and to how much white space parts words.

    In ASCII one bit tells the cases of a letter apart. Of the `foreign`, a flag each, the capitals are asked for: upper
    case, since that is one for ß and ss, and for the two small sigmas. Of those at `unspaced` no white space counts.
    """
    import numpy as np

    def hashed(data: Any, begin: Any, end: Any) -> pl.Series:
        return cut(data & np.uint8(0xDF), begin, end, binary=True).hash()

    keys = hashed(text.data, begin, end)
    spaced = pl.Series([False]).new_from_index(0, len(texts))
    for space in _UNEVEN:
        spaced |= texts.str.contains(space, literal=True)
    other = foreign | spaced
    if other.any():
        upper, spaced = texts.filter(other).str.to_uppercase(), spaced.filter(other)
        even = upper.scatter(spaced.arg_true(), upper.filter(spaced).str.replace_all(r"\s+", " "))
        if unspaced is not None and len(unspaced):
            at = np.searchsorted(other.arg_true(), unspaced)
            even = even.scatter(at, even.gather(at).str.replace_all(r"\s+", ""))
        same = Text(even)
        keys = keys.scatter(other.arg_true(), hashed(same.data, same.begin, same.end))
    return keys
