"""The lines that may belong to the page, and what stands around each: its place, its run, the phrases near it.

Every feature is a byte. A run is a stretch of lines that are no prose. Lines that are phrases of a lexicon are findings
of other checks; here they are evidence for their neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.checks.batch import SHORT_LINE, Batch
from copydesk.furniture.shape import Bytes, as_bytes, shapes, words_in_common
from copydesk.furniture.structure import recurring

__all__ = ["FAR", "HEAD", "INSIDE", "NO_PROSE", "TAIL", "Lines", "describe", "is_long", "is_prose"]

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]

#: A line with an end mark and so many words is prose, and so is any line of so many.
_SENTENCE, _LONG = 15, 40

#: Where a line stands: the feature `zone`.
NO_PROSE, HEAD, INSIDE, TAIL = range(4)

#: No such line in the article.
FAR = 255

#: No line there: the article ends.
_NOTHING = 254

#: A line of so many words that ends in a colon introduces the list below it; a label has fewer.
_INTRODUCTION, _COLON = 6, 5

#: A question of fewer words may be a button ('Questions?').
_QUESTION_WORDS, _QUESTION = 3, 2

#: How the logarithm of a length is written as a byte: steps to 1, and the byte of no difference.
_STEPS, _SAME = 32, 128


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a batch that may belong to the page.

    Attributes:
        at: their places among the paragraphs of the batch.
        features: name to a byte a line.
        run: of every paragraph of the batch, the number in its article of the first line of its run.
        near: the place of the phrase that is nearest in the run, those above first; -1 for none.
        recurring: whether it is part of a structure that recurs through the article.
    """

    at: Ints
    features: dict[str, Bytes]
    run: Ints
    near: Ints
    recurring: Flags


def is_long(batch: Batch) -> Flags:
    """Say of each paragraph whether it is too long for a line of the page."""
    flags: Flags = (batch.paragraphs["chars"].to_numpy() > SHORT_LINE) | (batch.paragraphs["words"].to_numpy() >= _LONG)
    return flags


def is_prose(batch: Batch) -> Flags:
    """Say of each paragraph whether it is prose: long, or a sentence of some length."""
    ends = batch.paragraphs["ends"].to_numpy() & (batch.paragraphs["words"].to_numpy() >= _SENTENCE)
    return is_long(batch) | ends


def describe(batch: Batch, phrase: Flags, prompt: Flags) -> Lines:
    """Describe the short lines of a batch that are no phrases.

    Args:
        batch: the articles.
        phrase: which paragraphs are phrases of a lexicon, or belong to one.
        prompt: which of these say that more of the page was left: not a credit or a label.
    """
    prose = is_prose(batch) & ~phrase
    at = np.flatnonzero(~is_long(batch) & ~phrase)
    around = _Around(batch, prose, phrase, prompt)
    features = {name: values[at] for name, values in around.shape.items()}
    features |= {name: as_bytes(values[at]) for name, values in around.features().items()}
    run = around.par - np.maximum(around.since - 1, 0)
    return Lines(at, features, run, around.nearest_phrase()[at], around.recurring()[at])


class _Around:
    """All paragraphs of a batch, and where each stands.

    Attributes:
        par: its number in its article.
        since, until: how many lines above and below the next prose stands, or the edge of the article.
        shape: what it looks like; zeros for long ones.
    """

    def __init__(self, batch: Batch, prose: Flags, phrase: Flags, prompt: Flags) -> None:
        bounds = batch.cut.bounds
        self.count = len(prose)
        self.here = np.arange(self.count)
        self.article = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        self.start, self.stop = bounds[self.article], bounds[self.article + 1]
        self.par = self.here - self.start
        self.prose, self.phrase, self.prompt = prose, phrase, prompt
        names = ("words", "ends", "chars", "key")
        self.words, self.ends, self.chars, self.key = (batch.paragraphs[name].to_numpy() for name in names)
        self.since, self.until = self._distances(prose)
        self.run = np.cumsum(np.r_[True, (prose[1:] | prose[:-1]) | (self.par[1:] == 0)][: self.count]) - 1
        short = np.flatnonzero(~is_long(batch))
        self.shape = {name: self._spread(values, short) for name, values in shapes(batch, short).items()}
        self.shape |= words_in_common(batch, prose)

    def _spread(self, values: Bytes, at: Ints) -> Bytes:
        """Return a byte for each paragraph: that of some, and 0 for the rest."""
        spread = np.zeros(self.count, np.uint8)
        spread[at] = values
        return spread

    def _distances(self, flags: Flags) -> tuple[Ints, Ints]:
        """Return how many lines above and below each paragraph the next flagged one stands, or the article's edge."""
        above = np.maximum.accumulate(np.where(flags, self.here, -1))
        below = np.minimum.accumulate(np.where(flags, self.here, self.count)[::-1])[::-1]
        return self.here - np.maximum(above, self.start - 1), np.minimum(below, self.stop) - self.here

    def _sums(self, values: NDArray[np.generic]) -> tuple[Ints, Ints]:
        """Sum over the paragraphs of the article above each, and over all of them."""
        sums = np.r_[0, np.cumsum(values, dtype=np.int64)]
        return sums[:-1] - sums[self.start], sums[self.stop] - sums[self.start]

    def _within(self, flags: Flags, span: int) -> Ints:
        """Count the other flagged paragraphs at most so many lines away."""
        sums = np.r_[0, np.cumsum(flags, dtype=np.int64)]
        low, high = np.maximum(self.here - span, self.start), np.minimum(self.here + span + 1, self.stop)
        counted: Ints = sums[high] - sums[low] - flags
        return counted

    def _beside(self, values: NDArray[np.generic], step: int, none: float) -> Numbers:
        """Return the value of the paragraph so many lines below; `none` beyond the article."""
        inside = (self.here + step >= self.start) & (self.here + step < self.stop)
        found: Numbers = np.where(inside, values[np.where(inside, self.here + step, 0)], none)
        return found

    def _others(self, values: NDArray[np.generic]) -> Numbers:
        """Return the mean over the other lines of the run; 0 for a run of one."""
        sums, counts = np.bincount(self.run, values), np.bincount(self.run)
        mean: Numbers = (sums[self.run] - values) / np.maximum(counts[self.run] - 1, 1)
        return mean

    def features(self) -> dict[str, NDArray[np.generic]]:
        """Describe the place, the run and the neighbours of each paragraph."""
        return self._place() | self._neighbours() | self._in_run() | self._phrases()

    def _place(self) -> dict[str, NDArray[np.generic]]:
        before, prose = self._sums(self.prose)
        prose_words, words = (self._sums(w)[1] for w in (np.where(self.prose, self.words, 0), self.words))
        fragment = ~self.prose & ~self.ends
        lines = self.stop - self.start
        zone = np.where(before < prose, INSIDE, TAIL)
        return {
            "lines": lines,
            "line": self.par,
            "line from the end": lines - self.par,
            "% of the lines above": 100 * self.par // lines,
            "prose above": before,
            "prose below": prose - before - self.prose,
            "zone": np.where(prose == 0, NO_PROSE, np.where(before == 0, HEAD, zone)),
            "lines since prose": self.since,
            "lines until prose": self.until,
            "lines of the run": self.since + self.until - 1,
            "% of the words in prose": 100 * prose_words // np.maximum(words, 1),
            "% fragments": 100 * (self._sums(fragment)[1] - fragment) // np.maximum(lines - 1, 1),
        }

    def _neighbours(self) -> dict[str, NDArray[np.generic]]:
        steps = {-2: "two above", -1: "above", 1: "below", 2: "two below"}
        found: dict[str, NDArray[np.generic]] = {}
        for step, where in steps.items():
            found[f"words {where}"] = self._beside(np.minimum(self.words, 60), step, _NOTHING)
            found[f"end {where}"] = self._beside(self.shape["end"], step, _NOTHING)
        near = (-3, -2, -1, 1, 2, 3)
        found["sentences near"] = np.sum([self._beside(self.ends, step, 0) for step in near], axis=0)
        capitals = self.shape["% words in capitals"]
        found["% capitals near"] = np.mean([self._beside(capitals, step, 0) for step in steps], axis=0)
        return found

    def _in_run(self) -> dict[str, NDArray[np.generic]]:
        length = np.log1p(self.chars)
        mean = self._others(length)
        spread = np.sqrt(np.maximum(self._others(length**2) - mean**2, 0))
        return {
            "length off the run": np.rint((length - mean) * _STEPS) + _SAME,
            "spread of lengths in the run": np.rint(spread * _STEPS),
            "% sentences of the run": 100 * self._others(self.ends),
            "% capitals of the run": self._others(self.shape["% words in capitals"]),
            "% known words of the run": self._others(self.shape["% known words"]),
            "new words of the run": 4 * self._others(np.minimum(self.shape["new words"], 20)),
        }

    def _phrases(self) -> dict[str, NDArray[np.generic]]:
        since, until = self._distances(self.phrase)
        _, phrases = self._sums(self.phrase)
        return {
            "phrases within 1 line": self._within(self.phrase, 1),
            "phrases within 2 lines": self._within(self.phrase, 2),
            "phrases within 4 lines": self._within(self.phrase, 4),
            "phrases": phrases,
            "% phrases": 100 * phrases // (self.stop - self.start),
            "lines since a phrase": np.where(since <= self.par, since, FAR),
            "lines until a phrase": np.where(until < self.stop - self.here, until, FAR),
            "% phrases of the run": 100 * self._others(self.phrase),
            **self._prompts(),
            "introduced": self._introduced(),
        }

    def _prompts(self) -> dict[str, NDArray[np.generic]]:
        since, until = self._distances(self.prompt)
        return {
            "prompts": self._sums(self.prompt)[1],
            "prompts within 4 lines": self._within(self.prompt, 4),
            "lines since a prompt": np.where(since <= self.par, since, FAR),
            "lines until a prompt": np.where(until < self.stop - self.here, until, FAR),
            "% prompts of the run": 100 * self._others(self.prompt),
        }

    def _introduced(self) -> Flags:
        """Say whether a line of the story introduces the list that a line stands in: no prompt stands between them."""
        opens = (self.shape["end"] == _COLON) & (self.words >= _INTRODUCTION) & ~self.phrase
        since, prompt = self._distances(opens)[0], self._distances(self.prompt)[0]
        flags: Flags = (since > 0) & (since <= self.since) & (since <= self.par) & (since < prompt)
        return flags

    def recurring(self) -> Flags:
        """Return which paragraphs are part of a structure that recurs through their article."""
        question = (self.shape["last mark"] == _QUESTION) & (self.words >= _QUESTION_WORDS)
        return recurring(self.article, self.prose, self.phrase, question, self.words, self.key)

    def nearest_phrase(self) -> Ints:
        """Return the place of the nearest phrase in the run of each paragraph, those above first; -1 for none."""
        since, until = self._distances(self.phrase)
        above = np.where(since < self.since, self.here - since, -1)
        near: Ints = np.where(above >= 0, above, np.where(until < self.until, self.here + until, -1))
        return near
