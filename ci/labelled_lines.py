"""Labelled articles as lines with features, for ci/train-page-furniture."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from copydesk.checks.batch import Batch
from copydesk.checks.suite import load_suite
from copydesk.engine.collection import findings_of
from copydesk.furniture.lines import describe
from copydesk.furniture.shape import Bytes
from copydesk.readers import read
from copydesk.text.expressions import normalised
from copydesk_expectations.detection.residue.page_lines import PageLines, page_line_keys, page_lines
from copydesk_expectations.detection.residue.page_phrases import certain_lines, phrase_kinds

__all__ = ["Labelled", "Sight", "articles"]

#: Of the phrases, so many of a hundred are hidden. An equal share of those that new publishers have is in no lexicon.
_HIDDEN = 50


def articles(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file of JSON lines."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


class Sight:
    """The lines of a collection as a model sees them, with all phrases or with half of them hidden.

    Attributes:
        features: name to a byte a line.
        place: the place of each line among the paragraphs of the collection.
        found: the lines, with what else bears on verdicts.
    """

    def __init__(self, batch: Batch, kinds: NDArray[np.uint32]) -> None:
        names = tuple(sorted(describe(batch, kinds > 0, kinds > 0).features))
        self.found: PageLines = page_lines(page_line_keys(batch, kinds, names).lazy(), names, all_articles=True)
        self.features: Mapping[str, Bytes] = self.found.features
        self.place = batch.places(self.found.rows)

    @cached_property
    def names(self) -> list[str]:
        """The names of the features, in the order of `matrix`."""
        return sorted(self.features)

    @cached_property
    def matrix(self) -> NDArray[np.uint8]:
        """A row a line, a column a feature."""
        return np.stack([self.features[name] for name in self.names], axis=1)


class Labelled:
    """A file of articles, by their paragraphs.

    Attributes:
        lines: a row a paragraph: `y` (1 residue, 0 clean, -1 neither), `id` (of the article without its extractor),
            `extractor`, `publisher` (whose folds these are), `subset`, `language`, `norm`, and `others`: whether
            the suite `news` finds it without the model; false for all unless `measured`.
        hidden: for each of two salts, which paragraphs' phrases are hidden.
    """

    def __init__(self, path: Path, *, clean: bool = False, measured: bool = True) -> None:
        frames = [chunk.articles for chunk in read([path])]
        self.batch = Batch(pl.concat(frames, how="diagonal"))
        self.lines = self._labels(path, clean).with_columns(
            self._others(frames) if measured else pl.lit(False).alias("others")
        )
        norm = self.lines["norm"].to_list()
        self.hidden = {salt: np.array([_is_hidden(salt, line) for line in norm]) for salt in "ab"}

    def _labels(self, path: Path, clean: bool) -> pl.DataFrame:
        rows = []
        for number, row in enumerate(articles(path)):
            name = row.get("source_repo", "") + row.get("source_id", row["id"])
            about = (row.get("extractor", ""), row["publisher_key"] or "?", row.get("subset", ""), str(row["language"]))
            labels = {} if clean else {x["paragraph"]: x for x in row["labels"]}
            start = 0
            for n, text in enumerate(row["body"].split("\n")):
                rows.append((number, start, 0 if clean else _label(labels.get(n)), name, *about))
                start += len(text) + 1
        names = ("article", "line_start", "y", "id", "extractor", "publisher", "subset", "language")
        known = pl.DataFrame(rows, names, orient="row").with_columns(pl.col("article").cast(pl.UInt32))
        own = self.batch.paragraphs.select("article", "start", norm=normalised(pl.col("text")))
        return own.join_asof(
            known.sort("article", "line_start"), by="article", left_on="start", right_on="line_start",
            check_sortedness=False,
        )  # fmt: skip

    def _others(self, frames: list[pl.DataFrame]) -> pl.Series:
        """Say of each paragraph whether another check of residue finds it, or page-furniture without its model."""
        found = findings_of(frames, load_suite("news"))
        found = found.filter(
            pl.col("family") == "residue", pl.col("field") == "body", pl.col("check") != "page-furniture"
        )
        rows = self.batch.articles.select("article", "row")
        spans = found.join(rows, on="row").select("article", "start", "end")
        certain = certain_lines(self.batch).with_columns(end=pl.col("start") + pl.col("text").str.len_chars())
        spans = pl.concat([spans, certain.select("article", "start", "end")], how="vertical_relaxed")
        own = self.batch.paragraphs.select("article", "start", "end").with_row_index("place")
        pairs = own.join(spans, on="article").filter(
            pl.col("start") < pl.col("end_right"), pl.col("end") > pl.col("start_right")
        )
        flags = np.zeros(own.height, np.bool_)
        flags[pairs["place"].unique().to_numpy()] = True
        return pl.Series("others", flags)

    @cached_property
    def kinds(self) -> NDArray[np.uint32]:
        """The kinds of phrases of each paragraph."""
        kinds: NDArray[np.uint32] = phrase_kinds(self.batch)
        return kinds

    def sight(self, salt: str | None = None) -> Sight:
        """Return the lines as a model sees them; with a salt, half of the phrases are hidden."""
        return Sight(self.batch, self.kinds if salt is None else np.where(self.hidden[salt], 0, self.kinds))


def _label(known: dict[str, Any] | None) -> int:
    """Return 1 for residue, 0 for clean, -1 for what does not count."""
    if known is None or known.get("conf") == "low":
        return -1
    return {"residue": 1, "clean": 0}.get(known["kind"], -1)


def _is_hidden(salt: str, line: str) -> bool:
    return zlib.crc32((salt + line).encode()) % 100 < _HIDDEN
