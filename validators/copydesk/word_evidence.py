"""Word evidence: what the words of a line, one to three in a row, say about it; a sum of weights, read from a table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from copydesk.text import normalised
from copydesk.utf8 import Text, cut, translated

__all__ = ["MOST_WORDS", "WordEvidence", "tokens"]

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

#: Words in a row that are looked at together.
MOST_WORDS = 3

#: Scripts without spaces: one character a word.
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]"

#: What the hash of words in a row is multiplied by before that of the next is added, so that their order counts.
_ODD = np.uint64(0x9E3779B97F4A7C15)

#: So many bits of a hash tell most words in a row that are no gram from those that are.
_BITS = 18

_SPACE, _FIGURE, _APOSTROPHE, _HYPHEN = b" 0'-"


def tokens(lines: pl.Series) -> pl.Series:
    """Cut lines, as a lexicon compares them, into words: `^`, the words, `$`; every number is `0`.

    >>> tokens(pl.Series(["get 12 e-mails a day"])).to_list()
    [['^', 'get', '0', 'e-mails', 'a', 'day', '$']]
    """
    return lines.to_frame("line").select(("^ " + _plain(pl.col("line")) + " $").str.split(" ")).to_series()


def _plain(line: pl.Expr) -> pl.Expr:
    """Leave of a line, as a lexicon compares it, the words, parted by single spaces."""
    spaced = line.str.replace_all(r"\p{N}+", "0").str.replace_all(f"({_UNSPACED})", " $1 ")
    return spaced.str.replace_all(r"[^\p{L}\p{M}0'-]+", " ").str.strip_chars(" ")


def _hashed(lines: pl.Series) -> tuple[Ints, Hashes]:
    """Hash the words of lines as they stand, in order: what `tokens` gives, of lines in ASCII read from the bytes.

    Returns:
        For each word the place of its line, and its hash.
    """
    foreign = (lines.str.len_bytes() != lines.str.len_chars()).arg_true()
    if len(foreign):
        plain = lines.gather(foreign).to_frame("line").select(_plain(normalised(pl.col("line"))))
        lines = lines.clone().scatter(foreign, plain.to_series())
    text = Text(lines)
    data = translated(text.data, _PLAIN)
    mark = (data == _APOSTROPHE) | (data == _HYPHEN)
    marks, others = np.flatnonzero(mark), np.flatnonzero((data != _SPACE) & ~mark)
    line, before = text.of(marks), np.searchsorted(others, marks)
    edge = (before == np.searchsorted(others, text.begin)[line]) | (before == np.searchsorted(others, text.end)[line])
    data[marks[edge]] = _SPACE
    figure = data == _FIGURE
    figure[1:] &= figure[:-1]
    figure[0] = False
    place = np.flatnonzero(~figure)  # of a number one figure is left
    data = data[place]
    white = np.diff(data == _SPACE, prepend=True)
    begin, end = np.flatnonzero(white).reshape(-1, 2).T
    count = np.diff(np.searchsorted(place[begin], text.begin), append=len(begin))
    line = np.repeat(np.arange(len(lines)), count + 2)
    last = np.cumsum(count + 2) - 1
    hashes = np.full(len(line), _word_hashes(["^"])[0])
    hashes[last] = _word_hashes(["$"])[0]
    inner = np.ones(len(line), np.bool_)
    inner[last] = inner[last - count - 1] = False
    hashes[inner] = cut(data, begin, end).hash().to_numpy()
    return line, hashes


def _word_hashes(words: list[str]) -> Hashes:
    hashes: Hashes = pl.Series(words, dtype=pl.String).hash().to_numpy()
    return hashes


def _plain_byte(byte: int) -> int:
    if byte >= 0x80 or byte in (_APOSTROPHE, _HYPHEN):
        return byte
    return ord(chr(byte).lower()) if chr(byte).isalpha() else _FIGURE if chr(byte).isdigit() else _SPACE


#: What stands for each byte: a letter in lower case, 0 for every figure, a space for what parts words.
_PLAIN = np.array([_plain_byte(byte) for byte in range(256)], np.uint8)


class WordEvidence:
    """Weights of words and of words in a row.

    Args:
        weights: words joined by a space (at most MOST_WORDS; `^` and `$` stand for the ends of a line), to weight.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.grams = tuple(weights)
        self.weights = np.fromiter(weights.values(), np.float64, len(weights))

    @cached_property
    def _hashes(self) -> tuple[Hashes, Ints, NDArray[np.bool_]]:
        """The hash of each gram, sorted; its number; and which of the first bits of hashes there are."""
        split = [gram.split(" ") for gram in self.grams]
        hashes = np.zeros(len(split), np.uint64)
        for depth in range(MOST_WORDS):
            longer = np.flatnonzero([len(words) > depth for words in split])
            hashes[longer] = hashes[longer] * _ODD + _word_hashes([split[n][depth] for n in longer])
        order = np.argsort(hashes)
        there = np.zeros(1 << _BITS, np.bool_)
        there[hashes >> np.uint64(64 - _BITS)] = True
        return hashes[order], order, there

    def match(self, lines: pl.Series) -> tuple[Ints, Ints]:
        """Find the grams of each line.

        Returns:
            The place of the line and the number of the gram, for every occurrence.
        """
        hashes, numbers, there = self._hashes
        if not len(lines):
            return numbers[:0], numbers[:0]
        line, words = _hashed(lines)
        found = []
        row = np.zeros(len(words), np.uint64)
        # No gram holds "$ ^", so that none reaches from one line into the next.
        for depth in range(MOST_WORDS):
            row = row[: max(len(words) - depth, 0)] * _ODD + words[depth:]
            start = np.flatnonzero(there[row >> np.uint64(64 - _BITS)])
            place = np.minimum(np.searchsorted(hashes, row[start]), len(hashes) - 1)
            known = hashes[place] == row[start]
            found.append((line[start[known]], numbers[place[known]]))
        return np.concatenate([at for at, _ in found]), np.concatenate([gram for _, gram in found])

    def of(self, lines: pl.Series) -> NDArray[np.float64]:
        """Return the evidence of each line: the sum of the weights of its grams."""
        line, gram = self.match(lines)
        return np.bincount(line, self.weights[gram], len(lines)).astype(np.float64)

    def strongest(self, lines: pl.Series, most: int) -> list[list[str]]:
        """Return for each line the words that weigh most in favour, at most `most`, the first the heaviest."""
        line, gram = self.match(lines)
        best: list[dict[str, float]] = [{} for _ in range(len(lines))]
        for at, number in zip(line.tolist(), gram.tolist(), strict=True):
            words = self.grams[number].strip("^$ ")
            if words and self.weights[number] > 0:
                best[at][words] = best[at].get(words, 0) + float(self.weights[number])
        chosen = []
        for weights in best:
            kept: list[str] = []
            for words in sorted(weights, key=lambda w: (-weights[w], w)):
                # 'sign up' says what 'up' says.
                if len(kept) < most and not any(f" {words} " in f" {k} " or f" {k} " in f" {words} " for k in kept):
                    kept.append(words)
            chosen.append(kept)
        return chosen
