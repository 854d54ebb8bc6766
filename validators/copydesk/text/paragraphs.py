"""Paragraphs: bodies cut into lines, and what checks ask about a line, from one pass over the bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from copydesk.lazy import np, pl
from copydesk.native.functions import SentencePlaces, hash_lines, split_paragraphs, split_sentences
from copydesk.text.buffer import Text
from copydesk.text.characters import characters
from copydesk.text.expressions import WHITE
from copydesk.text.words import bare

__all__ = ["Paragraphs", "bare_keys", "paragraph_spans", "paragraphs_of", "squeezed_keys"]


#: A paragraph within one text: from the first to the last character of a line that is not white space.
_PARAGRAPH = re.compile(rf"[^{WHITE}](?:[^\n\r\x0b\x0c\x85\u2028\u2029]*[^{WHITE}])?")


class Paragraphs:
    """The paragraphs of all bodies, and the bytes that they were cut from.

    Attributes:
        text: the bodies, every line break in them one \\n.
        begin, end: where each paragraph lies in the bytes of `text`.
        bounds: which paragraphs are those of each body: from one number to before the next.
        frame: what is known of each, see `paragraphs_of`.
    """

    def __init__(self, articles: pl.DataFrame) -> None:
        self.text = Text(articles["body"].fill_null(""), breaks=True)
        known = split_paragraphs(characters(), self.text.data, self.text.bounds)
        self.begin, self.end, owner = known["begin"], known["end"], known["text"]
        self.bounds = np.searchsorted(owner, np.arange(articles.height + 1, dtype=owner.dtype))
        self.frame = pl.DataFrame(
            {
                "article": articles["article"].to_numpy()[owner],
                "par": known["par"],
                "start": known["start"],
                "end": known["start"] + known["chars"],
                "text": self.text.cut(self.begin, self.end),
                **{name: known[name] for name in ("chars", "words", "ends", "lower", "key")},
            }
        )

    def sentences(self) -> SentencePlaces:
        """Return where the sentences of the paragraphs lie, see `copydesk.native.functions.split_sentences`."""
        return split_sentences(self.text.data, self.begin, self.end)


def paragraphs_of(articles: pl.DataFrame) -> pl.DataFrame:
    """Cut bodies into paragraphs.

    A paragraph is a line with anything but white space in it; blank lines separate and are no paragraphs. Lines
    end at \\n, \\r\\n, \\r and at the Unicode line and paragraph separators.

    Args:
        articles: a frame with `article` and `body` (String).

    Returns:
        A frame sorted by article and place:
        `article` (UInt32), `par` (UInt32, number among the article's paragraphs, from 0), `start` and `end` (Int64,
        characters in the body, white space at the edges left out), `text` (String), `chars` and `words` (Int64, see
        `copydesk.text.expressions.word_count`), `ends` (Boolean, ends as a sentence does), `lower` (Boolean, starts
        with a lower-case letter), `key` (UInt64, equal for texts that differ in spacing and in case only).
    """
    return Paragraphs(articles).frame


def paragraph_spans(body: str) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each paragraph of one body: the paragraphs are those of `paragraphs_of`.

    >>> list(paragraph_spans(" One. \\n\\nTwo."))
    [(1, 5), (8, 12)]
    """
    for paragraph in _PARAGRAPH.finditer(body):
        yield paragraph.span()


def bare_keys(text: Text, begin: Any, end: Any) -> pl.Series:
    """Hash lines without the marks at their edges; null where no word is left.

    Returns:
        UInt64, the same for lines that differ only in those marks, in spacing and in case.
    """
    return _keys(text, *bare(text, begin, end))


def squeezed_keys(text: Text, begin: Any, end: Any) -> pl.Series:
    """Hash lines so that those which `copydesk.text.expressions.squeezed` makes the same have one key; null if empty.

    In ASCII the hash ignores the bit that tells the cases of a letter apart. So it takes a few marks for others, too.
    """
    return _keys(text, begin, end, squeezed=True)


def _keys(text: Text, begin: Any, end: Any, *, squeezed: bool = False) -> pl.Series:
    begin, end = map(np.ascontiguousarray, (begin, end))
    keys = hash_lines(characters(), text.data, begin, end, squeezed=squeezed)
    return pl.Series(keys).set(pl.Series(keys == 0), None)
