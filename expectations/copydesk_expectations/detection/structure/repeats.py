"""Repeats below a paragraph: a lead that stands above itself, cut or whole, and sentences that stand twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.lazy import np, pl
from copydesk.text.expressions import squeezed
from copydesk.text.paragraphs import squeezed_keys

if TYPE_CHECKING:
    import numpy.typing as npt

    from copydesk.checks.batch import Batch
    from copydesk.text.buffer import Places

__all__ = ["Sentences", "is_repeated", "leads_above_themselves", "repeated_sentences"]

#: A lead stands among so many first lines, and is repeated at most so many lines below.
_FIRST, _BELOW = 4, 3

#: Two lines that begin alike have so many bytes in common.
_SAME_BYTES = 12

#: What the number of an article is multiplied by, so that its keys are other than those of others.
_ODD = 0x9E3779B97F4A7C15

#: So many bits tell most of the sentences of a batch apart.
_BITS = 18

#: A sentence without spaces (Chinese, Japanese, Thai) is long enough from so many bytes on: 20 characters.
_UNSPACED_BYTES = 60

#: A sentence that stands again more than so many paragraphs below must have so many words.
_FAR, _FAR_WORDS = 5, 12

#: A sentence that stands there more often is a refrain, or part of a form.
_MOST_TIMES = 3

#: Sentences of one line that so few bytes part are one repeat: a short one stands between them.
_GAP = 80

#: A sentence in which so large a share of words are figures is an entry of a recipe, a menu or a table.
_FIGURES = 0.15

#: What is cut off before a cut lead is compared: an ellipsis, and marks.
_CUT_END = r"[\s.…\[\]()!?。,;:]+$"


def leads_above_themselves(batch: Batch, min_words: int) -> pl.DataFrame:
    """Return the first lines that are the beginning of a line just below: rows of `paragraphs`, with `first` (its par).

    It is a lead that a template prints twice, above cut to a length or to its first sentence.
    """
    paragraphs = batch.paragraphs
    article, par, words, chars = (paragraphs[name].to_numpy() for name in ("article", "par", "words", "chars"))
    heads = np.flatnonzero((par < _FIRST) & (words >= min_words))
    found = []
    for below in range(1, _BELOW + 1):
        under = heads + below
        ok = under < len(article)
        at, under = heads[ok], under[ok]
        ok = (article[at] == article[under]) & (chars[under] > chars[at]) & _begin_alike(batch, at, under)
        at, under = at[ok], under[ok]
        pairs = paragraphs[at].with_columns(
            below=paragraphs["text"].gather(under), first=paragraphs["par"].gather(under)
        )
        stem = squeezed(pl.col("text").str.replace(_CUT_END, ""))
        found.append(pairs.filter(squeezed(pl.col("below")).str.starts_with(stem)).drop("below"))
    leads: pl.DataFrame = pl.concat(found).unique(["article", "par"], keep="first", maintain_order=True)
    return leads


def _begin_alike(batch: Batch, one: Places, other: Places) -> npt.NDArray[np.bool_]:
    """Return whether pairs of lines begin with the same bytes."""
    data = batch.cut.text.data
    left = np.arange(len(one))
    for place in range(_SAME_BYTES):
        first, second = batch.cut.begin[one[left]] + place, batch.cut.begin[other[left]] + place
        last = len(data) - 1
        left = left[data[np.minimum(first, last)] == data[np.minimum(second, last)]]
    alike = np.zeros(len(one), bool)
    alike[left] = True
    return alike


class Sentences:
    """The sentences of the paragraphs of a batch that have several, by the bytes of the bodies.

    A question is none: who asks the same of several people repeats it.

    Attributes:
        begin, end: where each sentence lies.
        line: the place in `paragraphs` of its paragraph.
        words: how many words it has, or half of its characters where words have no spaces.
    """

    def __init__(self, batch: Batch) -> None:
        found = batch.cut.sentences()
        self.begin, self.end, self.line = found.begin, found.end, found.line
        size, words = self.end - self.begin, found.spaces + 1
        unspaced = (words * _UNSPACED_BYTES < 2 * size) & (size >= _UNSPACED_BYTES)
        self.words = np.where(unspaced, size // 6, words)

    def __len__(self) -> int:
        return len(self.begin)


def repeated_sentences(batch: Batch, min_words: int) -> pl.DataFrame:
    """Return the sentences that stand in their article a second time, those that follow each other as one span.

    Returns:
        `article`, `line` (the place in `paragraphs`), `start` and `end` (characters in the body), and `first` (the
        place of the paragraph where they stand first).
    """
    twice = _sentences_again(batch, min_words)
    par = batch.paragraphs["par"].to_numpy()
    far = par[twice["line"].to_numpy()] - par[twice["first"].to_numpy()] > _FAR
    twice = twice.filter(~pl.Series(far) | (pl.col("words") >= _FAR_WORDS))
    apart = (pl.col("line") != pl.col("line").shift()) | (pl.col("begin") > pl.col("end").shift() + _GAP)
    spans = (
        twice.sort("begin")
        .with_columns(run=apart.fill_null(value=True).cum_sum())
        .group_by("run", maintain_order=True)
        .agg(pl.col("article", "line", "begin", "first").first(), pl.col("end").last())
    )
    return _in_characters(batch, spans)


def _sentences_again(batch: Batch, min_words: int) -> pl.DataFrame:
    """Return the sentences that stood before: `article`, `line`, `begin`, `end` (in bytes), `words`, `first`."""
    sentences = Sentences(batch)
    at = np.flatnonzero(sentences.words >= min_words)
    begin, end, line, words = (some[at] for some in (sentences.begin, sentences.end, sentences.line, sentences.words))
    article = batch.paragraphs["article"].to_numpy()[line]
    keys = squeezed_keys(batch.cut.text, begin, end).fill_null(0).to_numpy()
    at = np.flatnonzero(is_repeated(keys + article * np.uint64(_ODD)))
    columns = {"article": article, "key": keys, "begin": begin, "end": end, "line": line, "words": words}
    frame = pl.DataFrame({name: column[at] for name, column in columns.items()})
    frame = frame.with_columns(batch.cut.text.cut(begin[at], end[at]).alias("text"))
    figures = pl.col("text").str.count_matches(r"(?:^|\s)\p{P}*\p{N}")
    same = ("article", "key")
    again = frame.with_columns(
        first=pl.col("line").first().over(same), nth=pl.int_range(pl.len()).over(same), times=pl.len().over(same)
    ).filter((pl.col("nth") > 0) & (pl.col("times") <= _MOST_TIMES) & (figures < _FIGURES * pl.col("words")))
    return again.select("article", "line", "begin", "end", "words", "first")


def _in_characters(batch: Batch, spans: pl.DataFrame) -> pl.DataFrame:
    """Return spans of bytes within lines as `start` and `end`, characters in the bodies, without white space before."""
    at = spans["line"].to_numpy()
    line, begin, end = (places.to_numpy() for places in (spans["line"], spans["begin"], spans["end"]))
    before = batch.cut.text.cut(batch.cut.begin[line], begin)
    text = batch.cut.text.cut(begin, end)
    bare = text.str.strip_chars_start()
    start = batch.paragraphs["start"].gather(at) + before.str.len_chars() + text.str.len_chars() - bare.str.len_chars()
    return spans.select("article", "line", "first").with_columns(
        start=start.cast(pl.Int64), end=(start + bare.str.len_chars()).cast(pl.Int64)
    )


def is_repeated(keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Return whether each key stands there more than once."""
    at = np.arange(len(keys))
    left = keys
    # Most have no other with the same first bits, nor most of the rest with the same next, which are soon counted.
    for shift in (64 - _BITS, 64 - 2 * _BITS):
        bits = (left >> np.uint64(shift)).astype(np.int64) & ((1 << _BITS) - 1)
        some = np.bincount(bits, minlength=1)[bits] > 1
        at, left = at[some], left[some]
    repeated = np.zeros(len(keys), bool)
    repeated[at[pl.Series(left).is_duplicated().to_numpy()]] = True
    return repeated
