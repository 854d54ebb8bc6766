"""Page furniture: the lines that may be of the page and not of the story, and what can be said of each.

Every feature is a byte: the shape of the line, its place in the article, the phrases of lexicons around it, and what
its own words and those of its neighbours say (`copydesk.furniture.evidence`). `copydesk.furniture.model` judges them.
Lines that are phrases are other checks' findings; here they are the strongest evidence for their neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase, digits

import numpy as np
import polars as pl
from numpy.typing import NDArray

from copydesk.checks.batch import SHORT_LINE, Batch
from copydesk.lexicon.lexicon import line_hits
from copydesk.text.buffer import Text, translated

__all__ = [
    "HEAD",
    "INSIDE",
    "NO_PROSE",
    "SPAN",
    "TAIL",
    "Bytes",
    "Suspects",
    "context",
    "outspoken",
    "scaled",
    "states",
    "suspects",
]

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: A line with an end mark and so many words is prose, and so is any line of so many.
_SENTENCE, _LONG = 15, 40

#: A line with an end mark and so many words is a sentence, if a short one.
_SPOKEN = 4

#: Lines to each side that say something about a line.
SPAN = 4

#: A run of at least so many lines that are no prose is suspicious by itself.
_RUN = 3

#: Where a line stands: the feature `zone`.
NO_PROSE, HEAD, INSIDE, TAIL = range(4)

#: Word evidence from which a line counts as strong, and that of a phrase of a lexicon.
_STRONG, _PHRASE = 1.0, 3.0

#: No such line above or below.
_FAR = 255

_LENGTHS = (4, 9, 16, 26, 41, 66, 101)
_QUOTES = "\"'”’»«“‘„›‹」』"
_MARKS = (".。।۔", "?？؟", "!！", "…", ":：", ",;،、", "-–—|/>", _QUOTES, ")]）")
_ENDS = {mark: kind for kind, marks in enumerate(_MARKS, start=1) for mark in marks}
_CLOSING = _QUOTES + ")]） "
_STARTS = (r"\p{Lu}", r"\p{Ll}", r"\p{N}", "[\"'“”„«‘「¿¡(]", r"\p{L}", "[-–—•*·]")


@dataclass(frozen=True, slots=True)
class Suspects:
    """The lines that may be furniture.

    rows: their paragraphs, see `copydesk.text.paragraphs.paragraphs_of`.
    features: name to a byte a line.
    near: the places among the suspects of the SPAN lines above and below, from top to bottom, (2 * SPAN, suspects); -1
        for no suspect, -2 for a phrase of a lexicon.
    article, run: numbers, from 0, of the article of each, and of the run of lines without prose that it is in.
    """

    rows: pl.DataFrame
    features: dict[str, Bytes]
    near: Ints
    article: Ints
    run: Ints

    def lines(self, at: Ints | slice = slice(None)) -> pl.Series:
        """Return the lines, or some of them."""
        return self.rows["text"][at]

    def beside(self, at: Ints) -> Suspects:
        """Return the suspects in the articles of some: all that bears on these."""
        kept = np.flatnonzero(np.isin(self.article, self.article[at]))
        place = np.full(len(self.article) + 2, -1, np.int64)  # the last two are those of -2 and -1
        place[kept], place[-2] = np.arange(len(kept)), -2
        features = {name: values[kept] for name, values in self.features.items()}
        return Suspects(self.rows[kept], features, place[self.near[:, kept]], self.article[kept], self.run[kept])


def suspects(batch: Batch, lexicons: tuple[str, ...] = ()) -> Suspects:
    """Find the short lines that are no phrases and stand where furniture stands.

    That is: in an article that has a phrase somewhere (what is left of a page has always had one that some list knows;
    without any, verdicts were no better than guesses), and there above or below all prose, in a run of lines that are
    no prose, or within SPAN lines of a phrase. A single line between two paragraphs is a cross-head.
    """
    hits = line_hits(batch, lexicons)
    spoken = np.zeros(batch.articles.height, np.bool_)
    spoken[hits["article"].to_numpy() - batch.first] = True
    article = batch.paragraphs["article"].to_numpy()
    chosen = np.flatnonzero(spoken[article - batch.first])
    owner = article[chosen]
    kinds = np.zeros(len(owner), np.uint32)
    kinds[np.searchsorted(chosen, batch.places(hits))] = hits["kinds"].to_numpy()
    chars, words, ends = (batch.paragraphs[name].to_numpy()[chosen] for name in ("chars", "words", "ends"))
    short = (chars <= SHORT_LINE) & (words < _LONG)
    place = _Places(owner, words, ends, kinds, prose=(kinds == 0) & (~short | (ends & (words >= _SENTENCE))))
    alone = place.prose | ((place.zone == INSIDE) & (place.run < _RUN))
    at = np.flatnonzero(short & (kinds == 0))
    at = at[~alone[at] | (place.phrases_within(SPAN, at) > 0)]
    rows = batch.paragraphs[chosen[at]]
    features = _shape(rows["text"]) | {name: _byte(values) for name, values in place.features(at).items()}
    features["copies in the article"] = _byte(rows.select(pl.len().over("article", "key")).to_series().to_numpy())
    features["sentence"] = _byte(ends[at] & (words[at] >= _SPOKEN))
    length = np.digitize(features["characters"], _LENGTHS)
    features["zone, end mark, length"] = _byte((features["zone"] * 2 + (features["end"] > 0)) * 8 + length)
    order = np.full(len(owner), -1, np.int64)
    order[at] = np.arange(len(at))
    order[kinds > 0] = -2
    near = np.stack([place.beside(order, step, -1, at) for step in range(-SPAN, SPAN + 1) if step])
    run = np.unique((at - place.since[at]) * 2 + place.prose[at], return_inverse=True)[1]
    return Suspects(rows, features, near, place.article[at], run)


class _Places:
    """Where each paragraph stands in its article, and beside what.

    Args:
        owner: the article of each paragraph, in order.
        words, ends: how many words it has, whether it ends as a sentence.
        kinds: the kinds of phrases that it is, 0 for none.
        prose: whether it is prose.
    """

    def __init__(self, owner: NDArray[np.uint32], words: Ints, ends: Flags, kinds: NDArray[np.uint32], prose: Flags):
        count = len(owner)
        self.words, self.ends, self.kinds, self.prose = words, ends, kinds, prose
        self.here = np.arange(count)
        first = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]][:count])
        self.article = np.repeat(np.arange(len(first)), np.diff(np.r_[first, count]))
        self.start, self.stop = first[self.article], np.r_[first[1:], count][self.article]
        self.since = self.here - np.maximum(self._last(prose), self.start - 1)
        self.until = np.minimum(self._next(prose), self.stop) - self.here
        self.run = self.since + self.until - 1
        self.prose_before, self.all_prose = self._counted(prose)
        inside = np.where(self.prose_before < self.all_prose, INSIDE, TAIL)
        self.zone = np.where(self.all_prose == 0, NO_PROSE, np.where(self.prose_before == 0, HEAD, inside))
        self._phrases = np.r_[0, np.cumsum(kinds > 0)]

    def _last(self, flags: Flags) -> Ints:
        """Return the last flagged paragraph up to each; -1 for none."""
        return np.maximum.accumulate(np.where(flags, self.here, -1))

    def _next(self, flags: Flags) -> Ints:
        """Return the next flagged paragraph from each on; one beyond all for none."""
        return np.minimum.accumulate(np.where(flags, self.here, len(flags) + _FAR)[::-1])[::-1]

    def _counted(self, amounts: NDArray[np.generic]) -> tuple[Ints, Ints]:
        """Sum over the paragraphs of the article above each, and over all of them."""
        sums = np.r_[0, np.cumsum(amounts, dtype=np.int64)]
        return sums[:-1] - sums[self.start], sums[self.stop] - sums[self.start]

    def phrases_within(self, span: int, at: Ints) -> Ints:
        """Count the phrases at most so many lines away."""
        low, high = np.maximum(at - span, self.start[at]), np.minimum(at + span + 1, self.stop[at])
        counted: Ints = self._phrases[high] - self._phrases[low]
        return counted

    def beside(self, values: NDArray[np.generic], step: int, none: int, at: Ints) -> Ints:
        """Return the value of the paragraph so many steps on; `none` beyond the article."""
        inside = (at + step >= self.start[at]) & (at + step < self.stop[at])
        found: Ints = np.where(inside, values[np.where(inside, at + step, 0)], none)
        return found

    def features(self, at: Ints) -> dict[str, Ints]:
        """Describe the place and the neighbours of some paragraphs."""
        phrase, count = self.kinds > 0, (self.stop - self.start)[at]
        fragment = ~self.prose & ~self.ends
        prose_words, all_words = self._counted(np.where(self.prose, self.words, 0))[1], self._counted(self.words)[1]
        size = np.where(self.ends, 2, np.where(self.words <= 2, 3, np.where(self.words <= 7, 4, 5)))
        sort = np.where(phrase, 0, np.where(self.prose, 1, size))
        kind = np.zeros(len(phrase), np.int64)  # from 1, the first of LINE_KINDS that a phrase is of
        kind[phrase] = 1 + np.log2((self.kinds & (~self.kinds + 1))[phrase]).astype(np.int64)
        since, until = self.since[at], self.until[at]
        above, below = self._last(phrase)[at], self._next(phrase)[at]
        led = above > at - since  # by a phrase in the same run; one step further is prose, or another article
        phrases = self._counted(phrase)[1][at]
        return {
            "zone": self.zone[at],
            "prose before": self.prose_before[at],
            "prose after": (self.all_prose - self.prose_before)[at],
            "lines since prose": since,
            "lines until prose": until,
            "run of short lines": self.run[at],
            "% of the words in prose": 100 * prose_words[at] // np.maximum(all_words[at], 1),
            "% fragments": 100 * (self._counted(fragment)[1] - fragment)[at] // np.maximum(count - 1, 1),
            "neighbours": self.beside(sort, -1, 6, at) * 7 + self.beside(sort, 1, 6, at),
            "phrases within 1 line": self.phrases_within(1, at),
            "phrases within 2 lines": self.phrases_within(2, at),
            "phrases within 4 lines": self.phrases_within(SPAN, at),
            "phrases in the article": phrases,
            "% phrases": 100 * phrases // count,
            "phrases above in the run": self._phrases[at] - self._phrases[at - since + 1],
            "phrases below in the run": self._phrases[at + until] - self._phrases[at],
            "lines since a phrase": np.where(led, at - above, _FAR),
            "lines until a phrase": np.where(below < at + until, below - at, _FAR),
            "phrase above": np.where(led, kind[np.maximum(above, 0)], 0),
            "phrase before": self.beside(kind, -1, 0, at),
            "phrase after": self.beside(kind, 1, 0, at),
        }


def _byte(values: NDArray[np.generic]) -> Bytes:
    clipped: Bytes = np.clip(values, 0, 255).astype(np.uint8)
    return clipped


def _shape(texts: pl.Series) -> dict[str, Bytes]:
    """Describe each line by itself: by its bytes, but for what these do not tell of letters beyond ASCII."""
    text = Text(texts)
    data, begin, end = text.bytes, text.begin, text.end

    def counted(flags: Flags) -> Ints:
        sums = np.add.reduceat(flags.view(np.uint8), begin, dtype=np.uint16) if len(begin) else begin
        return sums.astype(np.int64)

    said = translated(data, _SAID)
    space = data == ord(" ")
    apart = np.r_[True, (space | (data == ord("\n")))[:-1]]  # the place before: lines are parted by line breaks
    opens = apart | np.r_[False, (apart & (said == _OPENING))[:-1]]
    chars, words = texts.str.len_chars().to_numpy(), counted(space) + 1
    capitals, commas = counted(opens & (said == _CAPITAL)), counted(said == _COMMA)
    start, ending = _START[data[begin]], _END[data[end - 1]]
    by_look = np.flatnonzero((chars < end - begin) | _CLOSES[data[end - 1]])
    known: list[NDArray[np.generic]] = [capitals, commas, start, ending]
    for values, column in zip(known, _looked_at(texts.gather(by_look)), strict=True):
        values[by_look] = column.to_numpy()
    described = {
        "characters": chars,
        "words": words,
        "% words in capitals": 100 * capitals // words,
        "% digits": 100 * counted((data >= ord("0")) & (data <= ord("9"))) // chars,
        "commas": commas,
        "inner stops": counted(space & np.r_[False, (said == _STOP)[:-1]]),
        "start": start,
        "end": ending,
    }
    return {name: _byte(values) for name, values in described.items()}


def _looked_at(texts: pl.Series) -> pl.DataFrame:
    """Say of lines in any script how many words have capitals, how many commas there are, how they start and end."""
    text = pl.col("text")

    def ending(line: pl.Expr) -> pl.Expr:
        return line.str.tail(1).replace_strict(list(_ENDS), list(_ENDS.values()), default=0, return_dtype=pl.Int64)

    bare = ending(text.str.strip_chars_end(_CLOSING))
    start = pl.lit(len(_STARTS))
    for kind, pattern in reversed([*enumerate(_STARTS)]):
        start = pl.when(text.str.head(1).str.contains(pattern)).then(kind).otherwise(start)
    return texts.to_frame("text").select(
        text.str.count_matches(r"(?:^| )[\"'“„«(‘]?\p{Lu}").alias("capitals"),
        text.str.count_matches("[,،，、;]").alias("commas"),
        start.alias("start"),
        pl.when(bare > 0).then(bare).otherwise(ending(text)).alias("end"),
    )


_OPENING, _CAPITAL, _COMMA, _STOP = range(1, 5)


def _table(kinds: Mapping[str, int], none: int = 0) -> Bytes:
    """Return what is said of each byte, given what is said of characters."""
    table = np.full(256, none, np.uint8)
    for characters, kind in kinds.items():
        table[[ord(c) for c in characters if c.isascii()]] = kind
    return table


#: What the bytes of ASCII say: inside a line, at its start and at its end, as the patterns of `_looked_at` do.
_SAID = _table({"\"'(": _OPENING, ascii_uppercase: _CAPITAL, ",;": _COMMA, ".!?:": _STOP})
_START = _table({ascii_uppercase: 0, ascii_lowercase: 1, digits: 2, "\"'(": 3, "-*": 5}, none=len(_STARTS))
_END = _table(_ENDS)
_CLOSES = _table({_CLOSING: 1}).astype(np.bool_)


def scaled(evidence: NDArray[np.float64]) -> Bytes:
    """Write word evidence as bytes: 0 is -4, and 16 are 1."""
    return _byte(np.rint((np.clip(evidence, -3, 4) + 4) * 16))


def context(found: Suspects, evidence: NDArray[np.float64]) -> dict[str, Bytes]:
    """Describe the word evidence of each line and of those around it."""
    own = np.clip(evidence, -3, 4)
    strong = own > _STRONG
    near = np.r_[own, _PHRASE, 0.0][found.near]  # -2 is a phrase, -1 nothing

    def others(group: Ints, values: NDArray[np.float64] | Flags) -> NDArray[np.float64]:
        """Sum over the other lines of the group."""
        sums: NDArray[np.float64] = np.bincount(group, values).astype(np.float64)[group] - values.astype(np.float64)
        return sums

    described = {
        "word evidence": scaled(own),
        "evidence of the line before": scaled(near[SPAN - 1]),
        "evidence of the line after": scaled(near[SPAN]),
        "evidence of 2 lines each side": scaled(near[SPAN - 2 : SPAN + 2].mean(axis=0)),
        "evidence of 4 lines each side": scaled(near.mean(axis=0)),
        "strong lines of 4 each side": _byte((near > _STRONG).sum(axis=0)),
        "strong lines in the run": _byte(others(found.run, strong)),
    }
    for name, group in (("run", found.run), ("article", found.article)):
        count = np.maximum(others(group, np.ones(len(own))), 1)
        described[f"evidence of the {name}"] = scaled(others(group, own) / count)
        described[f"% strong lines in the {name}"] = _byte(100 * others(group, strong) / count)
    return described


def states(features: Mapping[str, Bytes]) -> Ints:
    """Return the state of each line's article: how much of it is known to be of the page.

    0: one or two phrases of a lexicon; 1: more, but less than 15 % of its lines; 2: at least that.
    """
    many = 1 + (features["% phrases"] >= 15).astype(np.int64)
    return np.where(features["phrases in the article"] <= 2, 0, many)


def outspoken(features: Mapping[str, Bytes]) -> Flags:
    """Say whether a line speaks for itself, or else is no sentence and stands within SPAN lines of a phrase.

    The rest (the last sentences of a story above a block, a list of results far from it) is never furniture.
    """
    own: Flags = features["word evidence"] > (_STRONG + 4) * 16
    beside: Flags = (features["sentence"] == 0) & (features["phrases within 4 lines"] > 0)
    return own | beside
