"""What the collection says of lines: how often each stands at its publisher, and where such lines stand around it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from copydesk.furniture.lines import FAR
from copydesk.furniture.shape import Bytes, as_bytes

__all__ = ["REPEATS", "describe_repeats"]

Ints = NDArray[np.int64]

#: More stories than so many make no difference.
_MANY, _MOST = 6, 20

#: The features that need the collection.
REPEATS = (
    *("other stories with the line", "stories of the publisher", "repeats", "% repeats of the run"),
    *("lines since a repeat", "lines until a repeat"),
)


def describe_repeats(
    article: Ints, par: Ints, run: Ints, size: Ints, others: Ints, stories: Ints, repeats: tuple[Ints, Ints, Ints]
) -> dict[str, Bytes]:
    """Describe lines by what their publishers have elsewhere, by the names of REPEATS.

    Args:
        article: the article of each line.
        par: its number in the article.
        run: the number of the first line of its run.
        size: how many lines the run has.
        others: in how many other stories of the publisher the line stands.
        stories: how many stories the publisher has.
        repeats: the article, `par` and `run` of every line that stands in another story, sorted by article and `par`.
    """
    owner, line, runs = repeats
    own = (others > 0).astype(np.int64)
    places, asked = _joined(owner, line), _joined(article, par)
    behind = np.searchsorted(places, asked, "right")  # behind the line itself, where it is a repeat
    before = behind - own
    last, following = np.r_[-1, places][before], np.r_[places, -1][np.minimum(behind, len(places))]
    above = (before > 0) & (last >> 32 == article)
    below = (behind < len(places)) & (following >> 32 == article)
    counts = _count(np.sort(owner), article) - own
    in_run = _count(np.sort(_joined(owner, runs)), _joined(article, run)) - own
    return {
        "other stories with the line": as_bytes(np.minimum(others, _MANY)),
        "stories of the publisher": as_bytes(np.minimum(stories, _MOST)),
        "repeats": as_bytes(counts),
        "% repeats of the run": as_bytes(100 * in_run // np.maximum(size - 1, 1)),
        "lines since a repeat": as_bytes(np.where(above, par - (last & 0xFFFFFFFF), FAR)),
        "lines until a repeat": as_bytes(np.where(below, (following & 0xFFFFFFFF) - par, FAR)),
    }


def _joined(article: Ints, number: Ints) -> Ints:
    return article << 32 | number


def _count(values: Ints, asked: Ints) -> Ints:
    """Count how often each number stands among sorted ones."""
    counted: Ints = np.searchsorted(values, asked, "right") - np.searchsorted(values, asked, "left")
    return counted
