"""The baseline: findings that are known, so that an old collection can be gated on what is new in it.

A finding is known by its fingerprint. Where a baseline is given, each finding is known or new. A finding of the
baseline that the run no longer has is fixed. Only new findings count: an expectation of news fails exactly when it has
new ones, whatever its `mostly`. A baseline changes nothing for the expectations of Great Expectations' own.

Fingerprints are counted, so that two findings of one name are known only if the baseline has both. A finding that the
run could not have is not fixed but not compared. Its check is not in the suite, or does not apply to the data; its file
is there and was not read; or there is such a file, and the check is one of the whole collection.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from copydesk.checks import Check, CollectionCheck
from copydesk.checks.suite import Entry, Suite
from copydesk.model.result import Comparison

__all__ = ["Baseline", "judged_without_tolerance"]


class Baseline:
    """Known findings; each makes one finding of a run known.

    Args:
        findings: a frame with `fingerprint`, `check` and `file` (String), in the order of the baseline.
    """

    def __init__(self, findings: pl.DataFrame) -> None:
        self._places = findings.select(pl.col("check", "file").cast(pl.Categorical))
        names = _numbers(findings["fingerprint"])
        self._order = np.argsort(names, kind="stable")
        self._names, self._first, self._left = np.unique(names[self._order], return_index=True, return_counts=True)
        self._new = self._known = 0

    def mark_new(self, findings: pl.DataFrame) -> pl.DataFrame:
        """Add `new` (Boolean) to findings. Each finding of a run must come once, as known ones are crossed off."""
        names = _numbers(findings["fingerprint"])
        at = np.searchsorted(self._names, names)
        inside = at < len(self._names)
        inside[inside] = self._names[at[inside]] == names[inside]
        nth = findings.select(pl.int_range(pl.len()).over("fingerprint")).to_series().to_numpy()
        known = inside.copy()
        known[inside] = nth[inside] < self._left[at[inside]]
        np.subtract.at(self._left, at[known], 1)
        self._known += int(known.sum())
        self._new += int((~known).sum())
        return findings.with_columns(new=pl.Series(~known))

    def add_articles(self, first: int, publishers: pl.Series) -> None:
        """Take the publishers of articles: names of findings need none."""

    def discount(self, count: int) -> None:
        """Take findings that `mark_new` called new out of the count, since they are accepted."""
        self._new -= count

    @property
    def missing(self) -> pl.Series:
        """For each finding of the baseline, in its order: whether the run has not had it so far."""
        left = np.repeat(self._first, self._left)
        nth = np.arange(len(left)) - np.repeat(np.cumsum(self._left) - self._left, self._left)
        missing = np.zeros(self._places.height, bool)
        missing[self._order[left + nth]] = True
        return pl.Series(missing)

    def comparison(self, checks: Iterable[Check], files: Iterable[str], new: pl.LazyFrame) -> Comparison:
        """Compare a run with the baseline, after `mark_new` of all its findings.

        Args:
            checks: the checks that were run.
            files: the files that were read, as findings name them.
            new: the findings that are new.
        """
        unread = _unread(self._places["file"].unique().cast(pl.String).to_list(), files)
        ran = [c.name for c in checks if not (unread and isinstance(c, CollectionCheck))]
        check, file = (pl.col(c).cast(pl.String) for c in ("check", "file"))
        looked_at = self._places.select(check.is_in(ran) & ~file.is_in(unread).fill_null(False)).to_series()
        missing = self.missing
        gone = missing & looked_at
        fixed = int(gone.sum())
        return Comparison(self._new, self._known, fixed, int(missing.sum()) - fixed, new, gone)


def _numbers(fingerprints: pl.Series) -> Any:
    """Return fingerprints as numbers of 64 bits."""
    return fingerprints.str.to_integer(base=16, dtype=pl.UInt64, strict=False).to_numpy()


def _unread(named: Collection[str | None], files: Iterable[str]) -> list[str]:
    """Return the files that exist and were not read."""
    read = {os.path.realpath(f) for f in files}
    # A name that no file can have (too long, with a NUL) does not exist: os.path.exists says so, Path.exists raises.
    return [f for f in named if f and os.path.exists(f) and os.path.realpath(f) not in read]  # noqa: PTH110


def judged_without_tolerance(suite: Suite) -> Suite:
    """Return the suite with `mostly` 1 for each expectation of news: with a baseline, any new finding fails it."""

    def strict(entry: Entry) -> Entry:
        if entry.check is None:
            return entry
        kwargs = {**entry.kwargs, "mostly": 1}
        return replace(entry, kwargs=kwargs, raw={**entry.raw, "kwargs": kwargs})

    return replace(suite, entries=tuple(map(strict, suite.entries)))
