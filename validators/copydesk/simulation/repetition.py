"""Gopher's repetition filter: how much of a text are lines, paragraphs and n-grams that it has twice."""

from __future__ import annotations

from typing import Any

from copydesk.lazy import np, pl
from copydesk.simulation.tokens import Tokens
from copydesk.simulation.verdict import Rules

__all__ = ["duplicates", "repetition"]

#: Table A1 of Rae et al. 2021 (arXiv 2112.11446): the most that a share of the text may be.
_ELEMENTS, _CHARACTERS = 0.3, 0.2
_TOP = {2: 0.20, 3: 0.18, 4: 0.16}
_AGAIN = {5: 0.15, 6: 0.14, 7: 0.13, 8: 0.12, 9: 0.11, 10: 0.10}

#: Marks at the edges of tokens may make two n-grams equal that have other tokens; none is missed for that.
_MARGIN = 0.9

_ODD = 0x9E3779B97F4A7C15


def repetition(texts: pl.Series, tokens: Tokens) -> pl.DataFrame:
    """Judge texts; see `copydesk.simulation.verdict.Rules.verdict`."""
    size = texts.str.len_chars().cast(pl.Int64).to_numpy()
    rules = Rules(len(texts))
    rules.drop("empty", size == 0)
    stripped = texts.str.strip_chars()
    for name, parts in (("dup_para", _split(stripped, "\n\n")), ("dup_line", _split(texts, "\n"))):
        again = duplicates(parts, len(texts))
        rules.drop_over(f"{name}_frac", again.number, again.elements, _ELEMENTS, again.line)
        rules.drop_over(f"{name}_char_frac", again.chars, size, _CHARACTERS, again.line)
    grams = _Grams(tokens)
    for n, limit in _TOP.items():
        chars, gram = grams.grow()
        rules.drop_over(f"top_{n}_gram", chars, size, limit, gram)
    for n, limit in _AGAIN.items():
        grams.grow()
        # What datatrove counts lies in n-grams that come again. Where these are few, nothing need be counted.
        chars = np.zeros(len(texts), np.int64)
        lines: list[str | None] = [None] * len(texts)
        for text in np.flatnonzero(rules.open & (grams.covered() > _MARGIN * limit * size)).tolist():
            chars[text], lines[text] = _repeated_chars(tokens.of(text), n)
        rules.drop_over(f"duplicated_{n}_n_grams", chars, size, limit, pl.Series(lines, dtype=pl.String))
    return rules.verdict()


class Duplicates:
    """What texts have twice: of `elements` parts so many (`number`, `chars`), and the first of them (`line`)."""

    def __init__(self, elements: Any, number: Any, chars: Any, line: pl.Series) -> None:
        self.elements, self.number, self.chars, self.line = elements, number, chars, line


def duplicates(parts: pl.DataFrame, texts: int) -> Duplicates:
    """Count the parts of each text that it has had before: `text` (its number), `part`."""
    counted = (
        parts.lazy()
        .with_columns(again=~pl.struct("text", "part").is_first_distinct(), chars=pl.col("part").str.len_chars())
        .group_by("text")
        .agg(
            elements=pl.len().cast(pl.Int64),
            number=pl.col("again").sum().cast(pl.Int64),
            chars=pl.col("chars").filter("again").sum().cast(pl.Int64),
            line=pl.col("part").filter("again").first(),
        )
    )
    whole = pl.LazyFrame({"text": np.arange(texts, dtype=np.uint32)})
    rows = whole.join(counted, on="text", how="left", maintain_order="left").collect()
    count = {c: rows[c].fill_null(0).to_numpy() for c in ("elements", "number", "chars")}
    return Duplicates(line=rows["line"], **count)


def _split(texts: pl.Series, mark: str) -> pl.DataFrame:
    """Cut texts at a mark of line breaks, and at longer runs of them; an edge of breaks leaves one empty part."""
    single = texts.str.replace_all("\n{3,}" if len(mark) == 2 else "\n{2,}", mark)
    parts = single.str.split(mark).alias("part").to_frame().with_row_index("text")
    return parts.explode("part")


class _Grams:
    """The n-grams of texts that may stand in a text twice, and the first one of each text.

    They grow by a word at a time: an n-gram that stands twice is made of shorter ones that do. So only the shortest are
    looked for everywhere.

    Args:
        tokens: the tokens of the texts.
    """

    def __init__(self, tokens: Tokens) -> None:
        self._tokens, self._ids = tokens, tokens.ids.astype(np.uint64)
        self._size = np.append(0, np.cumsum(tokens.chars[tokens.ids]))
        self._at, self._n = np.arange(len(tokens.ids)), 1
        self._key = tokens.owner.astype(np.uint64) * np.uint64(_ODD) ^ self._ids

    def grow(self) -> tuple[Any, pl.Series]:
        """Make the n-grams a word longer.

        Returns:
            For each text the characters of its most frequent n-gram, all copies together, and that n-gram.
        """
        at, self._n = self._at + self._n, self._n + 1
        owner, last = self._tokens.owner, len(self._ids) - 1
        inside = (at <= last) & (owner[np.minimum(at, last)] == owner[self._at])
        self._at, at = self._at[inside], at[inside]
        key = self._key[inside]
        self._key = (key ^ (key >> np.uint64(29))) * np.uint64(_ODD) + self._ids[at]
        order = np.argsort(self._key, kind="stable")
        first = np.flatnonzero(np.append(True, self._key[order][1:] != self._key[order][:-1])[: len(order)])
        count = np.diff(np.append(first, len(order)))
        top = self._top(self._at[order[first]], count)
        stays = np.zeros(len(order), bool)
        stays[order] = np.repeat(count > 1, count)
        stays |= self._at == self._tokens.bounds[owner[self._at]]
        self._at, self._key = self._at[stays], self._key[stays]
        return top

    def covered(self) -> Any:
        """Return how many characters of each text lie in n-grams that stand in it twice."""
        _, number, count = np.unique(self._key, return_inverse=True, return_counts=True)
        places = self._at[count[number] > 1]
        edges = np.zeros(len(self._ids) + 1, np.int64)
        np.add.at(edges, places, 1)
        np.add.at(edges, places + self._n, -1)
        inside = np.cumsum(edges)[:-1] > 0
        total = np.append(0, np.cumsum(np.where(inside, np.diff(self._size), 0)))
        return total[self._tokens.bounds[1:]] - total[self._tokens.bounds[:-1]]

    def _top(self, place: Any, count: Any) -> tuple[Any, pl.Series]:
        texts, owner = len(self._tokens.bounds) - 1, self._tokens.owner[place]
        most = np.zeros(texts, np.int64)
        np.maximum.at(most, owner, count)
        # The most frequent one; among equals, the one that comes first.
        best = np.flatnonzero(count == most[owner])
        best = best[np.argsort(-place[best])]
        chars, gram = np.zeros(texts, np.int64), np.full(texts, -1)
        at = place[best]
        chars[owner[best]] = (self._size[at + self._n] - self._size[at] + self._n - 1) * count[best]
        gram[owner[best]] = at
        return chars, pl.Series([self._words(g) if g >= 0 else None for g in gram.tolist()], dtype=pl.String)

    def _words(self, at: int) -> str:
        tokens = self._tokens
        return " ".join(tokens.values[n] for n in tokens.ids[at : at + self._n].tolist())


def _repeated_chars(words: list[str], n: int) -> tuple[int, str | None]:
    """Return the characters of n-grams that came before, counted as datatrove counts them, and the first of them."""
    seen: set[str] = set()
    chars, at, first = 0, 0, None
    while at < len(words) - n + 1:
        gram = "".join(words[at : at + n])
        if gram in seen:
            chars += len(gram)
            first = first or " ".join(words[at : at + n])
            at += n
        else:
            seen.add(gram)
            at += 1
    return chars, first
