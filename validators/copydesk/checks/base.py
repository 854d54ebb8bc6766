"""The classes of checks.

A check knows nothing of Great Expectations, of files or of reports: it reads columns and returns spans.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, ClassVar, get_type_hints

from copydesk.lazy import pl
from copydesk.model.overview import Shown

if TYPE_CHECKING:
    from copydesk.checks.batch import Batch

__all__ = [
    "CERTAIN",
    "FAMILIES",
    "UNSAFE",
    "ArticleCheck",
    "Check",
    "CollectionCheck",
    "PairCheck",
    "RowCheck",
    "expectation_type",
    "option_types",
]

#: The confidence of repairs that `copydesk fix` makes, see `Check.confidence`.
CERTAIN = "certain"
#: The confidence of repairs that it makes only with --unsafe.
UNSAFE = "unsafe"

#: The families of checks. `residue`: words of the page around the story; `privacy`: what is somebody's.
FAMILIES = ("text", "structure", "residue", "metadata", "privacy", "collection")


@dataclass(frozen=True, kw_only=True)
class Check(ABC):
    """A check of news articles. Subclasses are frozen dataclasses; their fields are the options of the check.

    Class attributes:
        name: kebab-case; the expectation's type is made from it.
        family: one of FAMILIES.
        severity: the default, one of SEVERITIES.
        needs: fields of an article without which the check is not applicable.
        overview: what the overview of a report shows of the check's findings or options; None for nothing. See
            `copydesk.model.overview.Shown`.
        confidence: whether the repairs of its findings are CERTAIN, so that `copydesk fix` makes them, or UNSAFE, so
            that it makes them only with --unsafe. A check that knows more of a single repair overrides `is_certain`.
    """

    name: ClassVar[str]
    family: ClassVar[str]
    severity: ClassVar[str]
    needs: ClassVar[tuple[str, ...]] = ("body",)
    overview: ClassVar[Shown | None] = None
    confidence: ClassVar[str] = UNSAFE

    def is_certain(self, text: str, start: int, end: int, replacement: str) -> bool:
        """Return whether the repair of a finding cannot harm the story.

        Args:
            text: the field as it was read.
            start: the first character that the repair replaces.
            end: the character before which it ends.
            replacement: what it puts there; empty for a deletion.
        """
        return self.confidence == CERTAIN

    @cached_property
    def key(self) -> str:
        """The name of the column of this check in the signals: its name, and the options that are not the default."""
        changed = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default}
        return self.name + (" " + json.dumps(changed, sort_keys=True, ensure_ascii=False) if changed else "")

    def prepare(self) -> None:  # noqa: B027 - most need nothing
        """Load what the check needs for any articles. It is called once, while the first articles are read."""

    def account(self, batches: Iterable[Batch], row: int) -> Iterator[str]:
        """Yield lines of text that say how this check comes to its verdicts on one article.

        Args:
            batches: the articles of a collection.
            row: the row of the article in its file, from 1.

        Raises:
            ValueError: the check has no such account, or no article stands in that row.
        """
        raise ValueError(f"{self.name} gives no account of an article: its reasons say all that it knows")

    def must_fit(self, fields: Container[str]) -> None:
        """Check that this check can run on a frame of articles that has these fields.

        Raises:
            ValueError: a field that it needs is missing, or it is a check of rows.
        """
        missing = [field for field in self.needs if field not in fields]
        if missing:
            raise ValueError(
                f"{self.name} needs the column {' and '.join(missing)}: no column was recognised as such. Name it with"
                f" columns={{{missing[0]!r}: 'COLUMN'}}."
            )
        if isinstance(self, RowCheck):
            raise ValueError(f"{self.name} checks how files are read, not frames. Run it with `copydesk check`.")


class ArticleCheck(Check):
    """A check of each article alone."""

    @property
    def suspicious(self) -> tuple[bytes, ...]:
        """The patterns that `find` asks `Batch.matches` for: one scan finds those of all checks."""
        return ()

    @abstractmethod
    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return a row for each finding.

        Columns: `article` (UInt32), `field`, `start`, `end` (Int64, characters), `reason`; and where they apply
        `related`, `related_paragraph` and `related_start` (Int64, see `copydesk.model.finding.LINKS`), `repair`
        ("delete" or "replace") and `replacement`.
        """


class CollectionCheck(Check):
    """A check that compares articles, by small keys and never by their whole text.

    Class attributes:
        meet: columns of the keys. `find` compares only articles that are equal in them, so that it may be called with
            a part of the keys that has all equal ones; articles without a value are compared with none. Where an
            article has several rows, one row needs to have the values. Empty: `find` needs the keys of all articles.
    """

    meet: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return the keys of a batch: `article`, and no more than what `find` needs."""

    @abstractmethod
    def find(self, keys: pl.LazyFrame) -> pl.LazyFrame:
        """Return a row for each finding, given the keys of all batches in order.

        Columns as of an article check, and `text`, the words, as the article is no longer in memory. `twin` (UInt32)
        is the number of the other article that the finding is about. Two more columns keep the name of a finding the
        same in any order of the files. `group` is the first article of a group that has findings in all others; with
        it come `copies` and `group_copies` where other articles are equal, see `copydesk.similarity.groups`.
        `identity` (String) names a finding that is not about its article alone.
        """


class PairCheck(CollectionCheck):
    """A collection check that judges pairs of texts with marks in common.

    These methods are the steps of `find`. Each needs only the rows that its docstring names together, so that a cluster
    can spread all but the last. A text is named by the number (UInt64) that its articles have in the column `meet`.
    """

    @abstractmethod
    def marks(self, keys: pl.LazyFrame) -> pl.DataFrame:
        """Return `mark` (UInt32) and `text`; all keys of a text must be together."""

    @abstractmethod
    def meetings(self, marks: pl.DataFrame) -> pl.DataFrame:
        """Return pairs of texts (`text`, `twin`); equal marks must be together."""

    @abstractmethod
    def likeliest(self, meetings: pl.DataFrame) -> pl.DataFrame:
        """Return the pairs worth a judgement; all meetings of a `text` must be together."""

    @abstractmethod
    def judge_pairs(self, keys: pl.LazyFrame, pairs: pl.DataFrame) -> pl.LazyFrame:
        """Return a row for each finding, as `find` does, from all pairs and the keys of the texts in them."""


class RowCheck(Check):
    """A check of the reading: its findings are the rejected rows."""

    needs: ClassVar[tuple[str, ...]] = ()


def expectation_type(name: str) -> str:
    """Return the Great Expectations type of a check.

    >>> expectation_type("repeated-paragraph")
    'expect_news_repeated_paragraph'
    """
    return "expect_news_" + name.replace("-", "_")


@cache
def option_types(check: type[Check]) -> Mapping[str, tuple[Any, Any]]:
    """Return the options of a check: name to (type, default)."""
    hints = get_type_hints(check)
    return {f.name: (hints[f.name], f.default) for f in fields(check)}
