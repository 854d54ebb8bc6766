"""The passages that are a publisher's: what it prints around its stories, and not a story itself.

They are looked for part by part, since a collection may have more passages than memory has room for: all texts that
have a passage meet in one part.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copydesk.lazy import np, pl
from copydesk.similarity.ordered import among, firsts, halves, in_order, repeated
from copydesk.similarity.sketches import KEPT
from copydesk.similarity.stored import Stored
from copydesk.temporary import TemporaryFolder

__all__ = ["PublisherPassages"]

#: About so many passages come to a part, of which there are at most so many; each may be a file.
_GROUPED, _MOST_PARTS = 1_000_000, 256

#: A passage under so many headlines of one publisher, and of no other, or without headlines in so many texts, is the
#: publisher's, not a story's; unless more than so much of the text is such passages, or it belongs to a series.
_HEADLINES, _TEXTS, _ALL = 4, 20, 0.9

#: Texts whose other lines share so much with others are versions of one story under headlines of their own. What a
#: publisher prints around its stories is the same line by line, and the rest of such texts is their own.
_SERIES = 0.4


class PublisherPassages:
    """The passages and lines of texts, from which those of publishers are found.

    A passage that stands above all in versions of one story is the story's.

    Args:
        texts: see `copydesk.similarity.likeness.Likeness`.
        folder: where files may lie.
    """

    def __init__(self, texts: pl.DataFrame, folder: TemporaryFolder | None) -> None:
        rows = np.arange(len(texts), dtype=np.uint64)
        # Copies under one headline are one story. Without a headline each text is one.
        self._story = texts["story"].fill_null(pl.Series(rows)).to_numpy().astype(np.uint32)
        self._whose = texts.select("publisher", "story")
        parts = range(min(1 + len(texts) * KEPT // _GROUPED, _MOST_PARTS))
        self._passages = [Stored(np.uint64, folder, f"passages-{n}") for n in parts]
        self._lines = [Stored(np.uint64, folder, f"lines-{n}") for n in parts]

    def add(self, row: Any, passage: Any, lines: Any) -> None:
        """Take passages (UInt32) of texts, none of which has one twice, and the lines of the same ones."""
        keys = row.astype(np.uint64) << np.uint64(32) | passage
        for part, some in _parted(keys, passage, self._passages):
            part.append(some)
        for part, some in _parted(lines, lines[:, 1], self._lines):
            part.append(some)

    def found(self, count: Any) -> tuple[Any, Any]:
        """Return the passages that are a publisher's, and which texts have enough beside them.

        Args:
            count: how many passages each text has.
        """
        whose = self._whose.with_columns(series=pl.Series(self._is_in_series(np.maximum(count, 1))))
        found, theirs = [np.empty(0, np.uint32)], np.zeros(len(count), np.int64)
        for row, passage in self._of_parts():
            there = np.flatnonzero(among(passage, repeated(in_order(passage), _HEADLINES)))
            some = np.sort(_pages(whose[row[there]].with_columns(passage=passage[there])))
            theirs += np.bincount(row[among(passage, some)], minlength=len(count))
            found.append(some)
        for part in self._passages:
            part.remove()
        return np.sort(np.concatenate(found)), theirs / np.maximum(count, 1) <= _ALL

    def _is_in_series(self, count: Any) -> Any:
        """Return whether each text shares much with other stories, beside the lines that a publisher prints."""
        shared = np.zeros(len(count), np.int64)
        for row, passage in self._of_parts():
            pairs = in_order(passage.astype(np.uint64) << np.uint64(32) | self._story[row])
            twice = among(passage, repeated(pairs[firsts(pairs)] >> np.uint64(32), 2))
            shared += np.bincount(row[twice], minlength=len(count))
        lines = self._repeated_lines()
        return shared / count - lines >= _SERIES * (1 - lines)

    def _repeated_lines(self) -> Any:
        """Return which share of the words of each text stands in lines that are its publisher's."""
        there, theirs = np.zeros(len(self._story)), np.zeros(len(self._story))
        for part in self._lines:
            row, line = part.read().reshape(-1, 2).T
            part.remove()
            some = self._whose[row].with_columns(line=line).lazy().group_by("line").agg(*_spread())
            pages = some.filter(_is_of_publisher()).select("line").collect()["line"].to_numpy()
            words, page = line & np.uint64(0xFFFF), among(line, np.sort(pages))
            there += np.bincount(row.astype(np.int64), words, len(there))
            theirs += np.bincount(row[page].astype(np.int64), words[page], len(there))
        return theirs / np.maximum(there, 1)

    def _of_parts(self) -> Iterator[tuple[Any, Any]]:
        for part in self._passages:
            yield halves(part.read())


def _parted(values: Any, key: Any, parts: list[Stored]) -> Iterator[tuple[Stored, Any]]:
    """Yield each part with the values that come to it by their keys."""
    number = key % key.dtype.type(len(parts))
    for n, part in enumerate(parts):
        yield part, values[number == n] if len(parts) > 1 else values


def _pages(whose: pl.DataFrame) -> Any:
    """Return the passages that are a publisher's; a row is a text that has a `passage`, and whose it is."""
    passages = (
        whose.lazy()
        .group_by("passage")
        .agg(*_spread(), pl.col("series").mean())
        .filter(_is_of_publisher(), pl.col("series") < 1 / 2)
        .select("passage")
        .collect()
    )
    return passages["passage"].to_numpy()


def _spread() -> list[pl.Expr]:
    """Return in how many texts, at how many publishers and under how many headlines the rows of a group stand."""
    return [
        pl.len().alias("texts"),
        pl.col("publisher").n_unique().alias("owners"),
        pl.col("story").drop_nulls().n_unique().alias("stories"),
    ]


def _is_of_publisher() -> pl.Expr:
    """Return whether what has that `_spread` is a publisher's, not a story's."""
    return (pl.col("owners") == 1) & ((pl.col("stories") >= _HEADLINES) | (pl.col("texts") > _TEXTS))
