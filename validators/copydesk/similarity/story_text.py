"""Story text: bodies without the lines that are not the story, and where each character of it stands in the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.lazy import np, pl
from copydesk.lexicon.lexicon import line_hits

if TYPE_CHECKING:
    import numpy.typing as npt

    from copydesk.checks.batch import Batch
    from copydesk.text.buffer import Bytes, Places

__all__ = ["StoryText"]

#: A line of so many words is the story's own even without a mark at its end.
_LONG = 15

#: A body is taken as it is unless so many of its words, or so large a share, stand in lines of the story.
_ENOUGH, _MOST = 60, 0.5


#: Of so many lines of a text there are keys: those with the smallest, so that two texts keep the same ones.
_LINES = 64

#: The lower bits of a line's key are the number of its words.
_WORD_BITS = 16


class StoryText:
    """The bodies of a batch without short lines that are no sentences, and without lines that a lexicon knows.

    A body that is mostly such lines (results, a recipe, verse) is taken as it is.

    Attributes:
        data: the UTF-8 of the texts, as in `copydesk.text.buffer.Text`.
        bounds: where each text begins, and where the last one ends.
        words: how many words each text has.
    """

    def __init__(self, batch: Batch) -> None:
        paragraphs = batch.paragraphs
        words, ends = (paragraphs[name].to_numpy() for name in ("words", "ends"))
        self._owner = paragraphs["article"].to_numpy().astype(np.int64) - batch.first
        story = ends | (words >= _LONG)
        story[batch.places(line_hits(batch))] = False
        count = batch.articles.height
        whole = np.bincount(self._owner, words, count)
        some = np.bincount(self._owner[story], words[story], count)
        few = (some < _ENOUGH) & (some < _MOST * whole)
        story |= few[self._owner]
        self.words: npt.NDArray[np.int64] = np.where(few, whole, some).astype(np.int64)
        self.data, self.bounds = _without(batch, np.flatnonzero(~story))
        self._story, self._start = story, paragraphs["start"].to_numpy()
        self._before = self._removed(paragraphs["chars"].to_numpy())
        self._keys, self._words = paragraphs["key"].to_numpy(), words

    def _removed(self, chars: Places) -> Places:
        """Return how many characters were taken out before each paragraph of its text."""
        taken = np.where(self._story, 0, chars)
        total = np.cumsum(taken) - taken
        first = np.append(True, self._owner[1:] != self._owner[:-1])[: len(total)]
        removed: Places = total - total[np.maximum.accumulate(np.where(first, np.arange(len(total)), 0))]
        return removed

    def lines(self) -> pl.Series:
        """Return for each text a list of keys of its lines, the same for the same words (List[UInt64]).

        The lowest 16 bits of a key are the number of words.
        """
        at = np.flatnonzero(self._story)
        some = np.minimum(self._words[at], (1 << _WORD_BITS) - 1).astype(np.uint64)
        key = self._keys[at] >> np.uint64(_WORD_BITS) << np.uint64(_WORD_BITS) | some
        row = self._owner[at]
        order = np.lexsort((key, row))
        row, key = row[order], key[order]
        count = np.bincount(row, minlength=len(self.words))
        place = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
        few = place < _LINES
        frame = pl.DataFrame({"row": row[few], "key": key[few]}).group_by("row", maintain_order=True).agg("key")
        return _in_rows(frame, len(self.words))["key"]

    def in_body(self, starts: pl.Series) -> pl.Series:
        """Return places in the texts as places in the bodies.

        Args:
            starts: for each text a list of places, in characters (List[UInt32]).
        """
        if self._story.all():
            return starts
        kept = np.flatnonzero(self._story)
        line = self._owner[kept] << 32 | (self._start[kept] - self._before[kept])
        row = np.repeat(np.arange(len(starts)), starts.list.len().to_numpy())
        at = starts.explode(empty_as_null=False).to_numpy().astype(np.int64)
        under = np.maximum(np.searchsorted(line, row << 32 | at, "right") - 1, 0)
        shifted = pl.Series(at + self._before[kept][under], dtype=pl.UInt32)
        frame = pl.DataFrame({"row": row, "at": shifted}).group_by("row", maintain_order=True).agg("at")
        return _in_rows(frame, len(starts))["at"]


def _in_rows(lists: pl.DataFrame, count: int) -> pl.DataFrame:
    """Return a frame of lists with a row for each text; an empty list where it has none."""
    rows = pl.DataFrame({"row": np.arange(count)})
    return rows.join(lists, on="row", how="left", maintain_order="left").with_columns(
        pl.all().exclude("row").fill_null([])
    )


def _without(batch: Batch, lines: Places) -> tuple[Bytes, Places]:
    """Return the bytes of all bodies without those of some lines, and the bounds of the texts."""
    text = batch.cut.text
    if not len(lines):
        return text.data, text.bounds
    # What is left between them, joined: there are far fewer pieces than bytes.
    view, pieces = text.data.data, []
    behind = 0
    for begin, end in zip(batch.cut.begin[lines].tolist(), batch.cut.end[lines].tolist(), strict=True):
        pieces.append(view[behind:begin])
        behind = end
    data = np.frombuffer(b"".join([*pieces, view[behind:]]), np.uint8)
    sizes = batch.cut.end[lines] - batch.cut.begin[lines]
    removed = np.append(0, np.cumsum(sizes))[np.searchsorted(batch.cut.begin[lines], text.bounds)]
    return data, np.ascontiguousarray(text.bounds - removed)
