"""Word evidence: the sum of the weights of the words of a line, and of two and three words in a row."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from copydesk.native.constants import WORDS_IN_A_ROW
from copydesk.native.functions import RowTable, find_word_rows, hash_word_rows, number_word_rows
from copydesk.text.buffer import Text
from copydesk.text.expressions import normalised
from copydesk.text.folding import folds, foreign

__all__ = ["MOST_WORDS", "WordEvidence", "tokens"]

Ints = NDArray[np.int64]

#: Words in a row that are looked at together.
MOST_WORDS = WORDS_IN_A_ROW

#: Scripts without spaces: one character a word.
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]"


def tokens(lines: pl.Series) -> pl.Series:
    """Cut normalised lines into words: `^`, the words, `$`. Every number is `0`.

    >>> tokens(pl.Series(["get 12 e-mails a day"])).to_list()
    [['^', 'get', '0', 'e-mails', 'a', 'day', '$']]
    """
    return lines.to_frame("line").select(("^ " + _plain(pl.col("line")) + " $").str.split(" ")).to_series()


def _plain(line: pl.Expr) -> pl.Expr:
    """Return the words of a normalised line, with single spaces between them."""
    spaced = line.str.replace_all(r"\p{N}+", "0").str.replace_all(f"({_UNSPACED})", " $1 ")
    return spaced.str.replace_all(r"[^\p{L}\p{M}0'-]+", " ").str.strip_chars(" ")


def _text(lines: pl.Series) -> Text:
    """Return lines from which C reads the words that `tokens` gives: it cannot fold all characters itself."""
    text = Text(lines)
    others = foreign(text.data, text.begin, text.end)
    if not len(others):
        return text
    plain = lines.gather(others).to_frame("line").select(_plain(normalised(pl.col("line"))))
    return Text(lines.clone().scatter(others, plain.to_series()))


class WordEvidence:
    """Weights of words and of words in a row.

    Args:
        weights: words joined by a space (at most MOST_WORDS; `^` and `$` stand for the ends of a line), to weight.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.grams = tuple(weights)
        self.weights = np.fromiter(weights.values(), np.float64, len(weights))

    @cached_property
    def _table(self) -> RowTable:
        """A table of the grams by their hashes."""
        text = Text(pl.Series(self.grams, dtype=pl.String))
        return number_word_rows(hash_word_rows(text.data, text.begin, text.end))

    def match(self, lines: pl.Series) -> tuple[Ints, Ints]:
        """Find the grams of each line.

        Returns:
            The place of the line and the number of the gram, for every occurrence.
        """
        text = _text(lines)
        return find_word_rows(folds(), self._table, text.data, text.begin, text.end)

    def of(self, lines: pl.Series) -> NDArray[np.float64]:
        """Return the evidence of each line: the sum of the weights of its grams."""
        line, gram = self.match(lines)
        return np.bincount(line, self.weights[gram], len(lines)).astype(np.float64)

    def strongest(self, lines: pl.Series, most: int) -> list[list[str]]:
        """Return for each line up to `most` words that speak for furniture, those of the highest weight first."""
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
                # Beside 'sign up', 'up' says nothing new.
                if len(kept) < most and not any(f" {words} " in f" {k} " or f" {k} " in f" {words} " for k in kept):
                    kept.append(words)
            chosen.append(kept)
        return chosen
