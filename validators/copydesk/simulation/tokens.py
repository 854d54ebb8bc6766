"""The tokens of texts as columns: each different run without white space is cut once."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, cached_property
from typing import Any

from copydesk.lazy import np, pl
from copydesk.simulation.words import cut_word, special_words
from copydesk.text.distinct import Distinct

__all__ = ["SENTENCE_ENDS", "STOP_WORDS", "Tokens"]

#: What Gopher's filter counts as a stop word, and asks two of.
STOP_WORDS = ("the", "be", "to", "of", "and", "that", "have", "with")

#: Marks of which a token that consists of nothing else is no word: datatrove's PUNCTUATION, and control characters.
_MARKS = frozenset("!/—”:％１〈&(、━\\【#%「」，】；+^]~“《„';’{|∶´[=-`*．（–？！：$～«〉,><》)?）。…@_.\"}►»")
_CONTROLS = frozenset(map(chr, (*range(9), *range(11, 32), *range(127, 160))))

#: The marks after which a sentence may begin: those of Unicode's Sentence_Terminal that spaCy's sentencizer knows.
SENTENCE_ENDS = frozenset(
    "!.?\u0589\u061f\u06d4\u0700\u0701\u0702\u07f9\u0964\u0965\u104a\u104b\u1362\u1367\u1368\u203c\u203d\u2047\u2048"
    "\u2049\u2e2e\u3002\ufe52\ufe56\ufe57\uff01\uff0e\uff1f\uff61"
)


class Tokens:
    """The tokens of some texts, one after the other.

    Args:
        texts: the texts, without nulls.

    Attributes:
        ids: the number of each token among the different ones.
        bounds: which tokens are those of each text: from one number to before the next.
        values: the different tokens.
        chars: how many characters each different token has.
    """

    def __init__(self, texts: pl.Series) -> None:
        runs = texts.str.extract_all(r"\S+")
        count = runs.list.len().to_numpy().astype(np.int64)
        flat = Distinct(runs.explode().drop_nulls())
        listed = _listed()
        cut = [(run,) if run.isalpha() and run not in listed else cut_word(run) for run in flat.values.to_list()]
        number: dict[str, int] = {}
        pieces = np.array([number.setdefault(t, len(number)) for run in cut for t in run], np.int64)
        size = np.array([len(run) for run in cut], np.int64)
        first = np.cumsum(size) - size
        lengths = size[flat.of]
        ends = np.cumsum(lengths)
        self.ids = pieces[np.arange(int(lengths.sum())) + np.repeat(first[flat.of] - ends + lengths, lengths)]
        self.bounds = np.append(0, ends)[np.append(0, np.cumsum(count))]
        self.values: Sequence[str] = list(number)
        self.chars = np.array([len(value) for value in self.values], np.int64)

    @property
    def count(self) -> Any:
        """How many tokens each text has."""
        return np.diff(self.bounds)

    @cached_property
    def owner(self) -> Any:
        """The number of the text of each token."""
        return np.repeat(np.arange(len(self.bounds) - 1), self.count)

    def sums(self, values: Any) -> Any:
        """Sum over each text what `values` has for each different token."""
        total = np.append(0, np.cumsum(values[self.ids]))
        return total[self.bounds[1:]] - total[self.bounds[:-1]]

    def words(self) -> Any:
        """Flag the different tokens that are words, not marks alone."""
        marks = _MARKS | _CONTROLS
        return np.array([not marks.issuperset(value) for value in self.values], bool)

    def lettered(self) -> Any:
        """Flag the different tokens that have a letter."""
        return np.array([any(map(str.isalpha, value)) for value in self.values], bool)

    def stop_words(self) -> Any:
        """Return how many different stop words each text has."""
        number = {value: n for n, value in enumerate(self.values)}
        there = [number[word] for word in STOP_WORDS if word in number]
        has = np.zeros(len(self.values), np.int64)
        total = np.zeros(len(self.bounds) - 1, np.int64)
        for word in there:
            has[:] = 0
            has[word] = 1
            total += self.sums(has) > 0
        return total

    def sentences(self) -> Any:
        """Return how many sentences each text has: a new one begins with the first word behind an end."""
        ends = np.array([value in SENTENCE_ENDS for value in self.values], bool)[self.ids]
        plain = np.array([value not in SENTENCE_ENDS and not _all_marks(value) for value in self.values], bool)[
            self.ids
        ]
        some = np.flatnonzero(plain)
        seen = np.append(0, np.cumsum(ends))
        before = np.append(-1, some[:-1]) + 1
        before = np.maximum(before, self.bounds[:-1][self.owner[some]])
        starts = np.zeros(len(self.ids), np.int64)
        starts[some] = (seen[some] - seen[before]) > 0
        total = np.append(0, np.cumsum(starts))
        return (self.count > 0) + total[self.bounds[1:]] - total[self.bounds[:-1]]

    def of(self, text: int) -> list[str]:
        """Return the tokens of one text."""
        return [self.values[n] for n in self.ids[self.bounds[text] : self.bounds[text + 1]].tolist()]


def _all_marks(value: str) -> bool:
    """Return whether a token is punctuation by Unicode."""
    return all(unicodedata.category(character)[0] == "P" for character in value)


@cache
def _listed() -> frozenset[str]:
    """Return the runs of letters that are cut nevertheless, such as "cannot"."""
    return frozenset(word for word in special_words() if word.isalpha())
