"""What a line looks like by itself, and which of its words the rest of the article has. No word of any language."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from copydesk.checks.batch import Batch
from copydesk.native.functions import describe_lines, hash_long_words, share_words
from copydesk.text.folding import folds

__all__ = ["SHAPE", "Bytes", "as_bytes", "shapes", "words_in_common"]

Bytes = NDArray[np.uint8]

#: The rows of `copydesk.native.functions.describe_lines`, in their order.
SHAPE = (
    *("characters", "words", "% words in capitals", "% capitals", "% digits", "commas", "inner stops", "start", "end"),
    *("last mark", "address", "bar", "copyright", "quote", "dash", "money", "time", "unspaced", "word length"),
)


def as_bytes(values: NDArray[np.generic]) -> Bytes:
    """Clip numbers to bytes."""
    clipped: Bytes = np.clip(values, 0, 255).astype(np.uint8)
    return clipped


def shapes(batch: Batch, at: NDArray[np.int64]) -> dict[str, Bytes]:
    """Return what some paragraphs of a batch look like, by the names of SHAPE.

    Shares are in percent, and `word length` in quarters of a letter. `start`, `end` and `last mark` (without quotes and
    brackets) are numbers of kinds of characters, see `furniture.c`.
    """
    text = batch.cut.text
    begin, end = (np.ascontiguousarray(places[at]) for places in (batch.cut.begin, batch.cut.end))
    return dict(zip(SHAPE, describe_lines(folds(), text.data, begin, end), strict=True))


def words_in_common(batch: Batch, story: NDArray[np.bool_]) -> dict[str, Bytes]:
    """Return for all paragraphs which of their words other lines of the story have, and which the headline has.

    Args:
        batch: the articles.
        story: which paragraphs are prose.

    Returns:
        `% known words` and `% words of the headline`, 255 where there is no word to compare; `new words`, their number.
    """
    text, headlines = batch.cut.text, batch.text("headline")
    lines = hash_long_words(folds(), text.data, batch.cut.begin, batch.cut.end)
    heads = hash_long_words(folds(), headlines.data, headlines.begin, np.ascontiguousarray(headlines.end))
    shared = share_words(lines, story, batch.cut.bounds, heads)
    return {
        "% known words": shared.known,
        "new words": shared.fresh,
        "% words of the headline": shared.headline,
    }
