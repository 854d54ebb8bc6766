"""Word evidence: what the words of a line, one to three in a row, say about it; a sum of weights, read from a table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

__all__ = ["MOST_WORDS", "WordEvidence", "tokens"]

#: Words in a row that are looked at together.
MOST_WORDS = 3

#: Scripts without spaces: one character a word.
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]"


def tokens(lines: pl.Series) -> pl.Series:
    """Cut lines, as a lexicon compares them, into words: `^`, the words, `$`; every number is `0`.

    >>> tokens(pl.Series(["get 12 e-mails a day"])).to_list()
    [['^', 'get', '0', 'e-mails', 'a', 'day', '$']]
    """
    line = pl.col("line").str.replace_all(r"\p{N}+", "0")
    if lines.str.contains(_UNSPACED).any():
        line = line.str.replace_all(f"({_UNSPACED})", " $1 ")
    words = line.str.replace_all(r"[^\p{L}\p{M}0'-]+", " ").str.strip_chars(" ")
    return lines.to_frame("line").select(("^ " + words + " $").str.split(" ")).to_series()


class WordEvidence:
    """Weights of words and of words in a row.

    Args:
        weights: words joined by a space (at most MOST_WORDS; `^` and `$` stand for the ends of a line), to weight.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.grams = tuple(weights)
        self.weights = np.fromiter(weights.values(), np.float64, len(weights))

    @cached_property
    def _words(self) -> dict[str, int]:
        """The number of each word that is in any gram, from 1; 0 is any other word."""
        return {word: n for n, word in enumerate(sorted({w for g in self.grams for w in g.split(" ")}), start=1)}

    @cached_property
    def _hashes(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """The hash of each word, sorted, and its number."""
        hashes = pl.Series(list(self._words), dtype=pl.String).hash().to_numpy()
        order = np.argsort(hashes)
        return hashes[order], np.fromiter(self._words.values(), np.int64, len(self._words))[order]

    def _numbered(self, words: pl.Series) -> NDArray[np.int64]:
        """Return the number of each word; 0 for one that is in no gram."""
        hashes, numbers = self._hashes
        if not len(hashes):
            return np.zeros(len(words), np.int64)
        asked = words.hash().to_numpy()
        place = np.minimum(np.searchsorted(hashes, asked), len(hashes) - 1)
        return np.where(hashes[place] == asked, numbers[place], 0)

    @cached_property
    def _tree(self) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """The grams as a tree of words, level by level.

        A node's key is its parent's place on the level above times the number of words, plus its word. For each
        level: the keys, sorted, and the gram that ends at each node (-1 for none).
        """
        size = len(self._words) + 1
        levels: list[dict[int, int]] = [{} for _ in range(MOST_WORDS)]
        paths = [([self._words[w] for w in gram.split(" ")], number) for number, gram in enumerate(self.grams)]
        place = np.zeros(len(paths), np.int64)
        tree = []
        for depth, nodes in enumerate(levels):
            deep = [(int(place[n]) * size + words[depth], len(words), n) for words, n in paths if len(words) > depth]
            for key, length, number in deep:
                nodes[key] = number if length == depth + 1 else nodes.get(key, -1)
            keys = np.array(sorted(nodes), np.int64)
            for key, _, number in deep:
                place[number] = np.searchsorted(keys, key)
            tree.append((keys, np.array([nodes[int(k)] for k in keys], np.int64)))
        return tree

    def match(self, lines: pl.Series) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Find the grams of each line.

        Args:
            lines: as a lexicon compares them.

        Returns:
            The place of the line and the number of the gram, for every occurrence.
        """
        split = tokens(lines)
        counts = split.list.len().to_numpy()
        words = self._numbered(split.explode(empty_as_null=True))
        line = np.repeat(np.arange(len(counts)), counts)
        # No gram holds "$ ^", so that none reaches from one line into the next.
        start, node = np.flatnonzero(words), np.zeros(int((words > 0).sum()), np.int64)
        found = []
        for depth, (keys, grams) in enumerate(self._tree):
            inside = start + depth < len(words)
            start, node = start[inside], node[inside]
            if not len(keys):
                break
            key = node * (len(self._words) + 1) + words[start + depth]
            node = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
            known = keys[node] == key
            start, node = start[known], node[known]
            ends = grams[node] >= 0
            found.append((line[start[ends]], grams[node[ends]]))
        if not found:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
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
