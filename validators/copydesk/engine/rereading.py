"""Articles read a second time: the texts of a few that a report shows, known only once all articles were read."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from copydesk.errors import CopydeskError
from copydesk.model.article import FIELDS
from copydesk.model.overview import Copies, Copy, Overview, Place
from copydesk.readers import Source, read_files

__all__ = ["Rereading", "with_texts", "worth_reading"]

#: How many bytes are read again at most; how many times longer a text is than its compressed form.
_MOST, _PACKED = 16 << 20, 4

_CHUNK = 2 << 20

#: How many clusters of exact and of near copies are shown with their texts.
_EXACT_SHOWN, _NEAR_SHOWN = 2, 4


class Rereading:
    """Collects the places of articles, as long as it is cheap to read them, and then reads all of them.

    A file is read from its start to the last row wanted. Standard input and pipes cannot be read again.

    Args:
        sources: the files of the collection.
        rows: how many rows each file has, by its name.
        mapped: see `copydesk.readers.read`.
    """

    def __init__(self, sources: Iterable[Source], rows: Mapping[str, int], mapped: Mapping[str, str] | None) -> None:
        self._sources = {s.name: s for s in sources if s.path is not None and s.regular}
        self._rows, self._mapped = rows, mapped
        self._wanted: dict[str, set[int]] = defaultdict(set)

    def ask(self, places: Sequence[Place]) -> bool:
        """Add some places, all or none; say whether they are cheap enough to be read."""
        reach = {name: max(rows) for name, rows in self._wanted.items()}
        for name, row in places:
            reach[name] = max(row, reach.get(name, 0))
        if not reach.keys() <= self._sources.keys() or sum(map(self._cost, reach, reach.values())) > _MOST:
            return False
        for name, row in places:
            self._wanted[name].add(row)
        return True

    def read(self) -> dict[Place, dict[str, str | None]]:
        """Return the fields of the articles; one that is no longer there is left out."""
        articles: dict[Place, dict[str, str | None]] = {}
        for name, rows in self._wanted.items():
            with contextlib.suppress(CopydeskError, OSError):
                for chunk in read_files([self._sources[name]], mapped=self._mapped, chunk_bytes=_CHUNK):
                    wanted = chunk.articles.filter(pl.col("row").is_in(sorted(rows)))
                    fields = [f for f in FIELDS if f in wanted.columns]
                    for article in wanted.select("row", *fields).iter_rows(named=True):
                        articles[name, article.pop("row")] = {**dict.fromkeys(FIELDS), **article}
                    if chunk.articles.height and chunk.articles["row"][-1] >= max(rows):
                        break
        return articles

    def _cost(self, name: str, row: int) -> float:
        source = self._sources[name]
        return source.bytes * (_PACKED if source.compression else 1) * row / max(row, self._rows.get(name, row))


def with_texts(overview: Overview, texts: Mapping[Place, Mapping[str, str | None]]) -> Overview:
    """Return the overview with the articles that were read again."""

    def fill(copy: Copy) -> Copy:
        return replace(copy, article=texts.get((copy.file, copy.row)))

    copies = (
        replace(c, original=fill(c.original), copies=tuple(fill(copy) for copy in c.copies)) for c in overview.copies
    )
    return replace(overview, copies=tuple(copies))


def worth_reading(overview: Overview, again: Rereading) -> Overview:
    """Ask for the texts of a few clusters; return the overview with these alone, near-copies before exact ones."""
    chosen: list[Copies] = []
    rest: list[Copies] = []
    left = {False: _EXACT_SHOWN, True: _NEAR_SHOWN}  # by `Copies.near`
    for cluster in overview.copies:
        if left[cluster.near] and again.ask([(c.file, c.row) for c in cluster.pair]):
            left[cluster.near] -= 1
            chosen.append(cluster)
        else:
            rest.append(cluster)
    shown = chosen + rest[: _NEAR_SHOWN + _EXACT_SHOWN - len(chosen)]
    return replace(overview, copies=tuple(sorted(shown, key=lambda c: (not c.near, -c.size))))
