"""What a check is.

A check knows nothing of Great Expectations, of files or of reports: it looks at columns and names spans.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Container, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, get_type_hints

from copydesk.lazy import pl

if TYPE_CHECKING:
    from copydesk.checks.batch import Batch

__all__ = [
    "FAMILIES",
    "ArticleCheck",
    "Check",
    "CollectionCheck",
    "PairCheck",
    "RowCheck",
    "expectation_type",
    "option_types",
]

#: What a check is about. `residue`: words of the page around the story, not of the story.
FAMILIES = ("text", "structure", "residue", "metadata", "collection")


@dataclass(frozen=True, kw_only=True)
class Check(ABC):
    """One thing that must not be in a news article. Subclasses are frozen dataclasses; their fields are its options.

    Class attributes:
        name: kebab-case; the expectation's type is made from it.
        family: one of FAMILIES.
        severity: the default, one of SEVERITIES.
        needs: fields of an article without which the check is not applicable.
    """

    name: ClassVar[str]
    family: ClassVar[str]
    severity: ClassVar[str]
    needs: ClassVar[tuple[str, ...]] = ("body",)

    @property
    def key(self) -> str:
        """The name of this check's column among the signals: its name, and the options that are not the default."""
        changed = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default}
        return self.name + (" " + json.dumps(changed, sort_keys=True, ensure_ascii=False) if changed else "")

    def prepare(self) -> None:  # noqa: B027 - most need nothing
        """Load what the check needs whatever the articles are: called once, beside the reading of the first of them."""

    def must_fit(self, fields: Container[str]) -> None:
        """See that the check can be run on articles at hand that have these fields.

        Raises:
            ValueError: they lack one that it needs, or it is no check of articles.
        """
        missing = [field for field in self.needs if field not in fields]
        if missing:
            raise ValueError(
                f"{self.name} needs the column {' and '.join(missing)}, and no column was recognised as such. Say"
                " which with columns={'FIELD': 'COLUMN'}."
            )
        if isinstance(self, RowCheck):
            raise ValueError(f"{self.name} judges how files are read; run it with `copydesk check`.")


class ArticleCheck(Check):
    """A check that looks at each article alone."""

    @property
    def suspicious(self) -> tuple[bytes, ...]:
        """The patterns that `find` asks `Batch.matches` for: those of all checks are looked for in one pass."""
        return ()

    @abstractmethod
    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return a row for each finding.

        Columns: `article` (UInt32), `field`, `start`, `end` (Int64, characters), `reason`; and where they apply
        `related`, `repair` ("delete" or "replace") and `replacement`.
        """


class CollectionCheck(Check):
    """A check that holds articles against each other, by compact keys and never by their whole text.

    Class attributes:
        meet: columns of the keys. Articles that differ in them, or have none, say nothing of each other: `find` may
            be given any part of the keys in which those that are equal are together. Without: only all of them. Of
            an article that has several rows, one that has them is enough.
    """

    meet: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return what must be kept of each batch: `article` and whatever `find` needs, no more than it needs."""

    @abstractmethod
    def find(self, keys: pl.LazyFrame) -> pl.LazyFrame:
        """Return a row for each finding, given the keys of all batches in order.

        Columns as of an article check, and `text` (the words, since the article is gone by then); `twin` (UInt32)
        where another article is meant. So that a finding keeps its name whatever the order of the files: `group` (the
        first of some articles of which all others are found), with `copies` and `group_copies` where other articles
        are the same, see `copydesk.similarity.groups`; or `identity` (String), for what is no finding of that very
        article.
        """


class PairCheck(CollectionCheck):
    """A collection check that judges pairs of texts, brought together by the marks they share.

    What `find` does in one, in steps of which each needs to see together only what is said of it, so that a cluster can
    share out all but the last. A text is named by the number (UInt64) that its articles have in the column `meet`.
    """

    @abstractmethod
    def marks(self, keys: pl.LazyFrame) -> pl.DataFrame:
        """Return `mark` (UInt32) and `text`, given the keys of a text together."""

    @abstractmethod
    def meetings(self, marks: pl.DataFrame) -> pl.DataFrame:
        """Return pairs of texts (`text`, `twin`), given equal marks together."""

    @abstractmethod
    def likeliest(self, meetings: pl.DataFrame) -> pl.DataFrame:
        """Return the pairs worth judging, given all meetings of a `text` together."""

    @abstractmethod
    def judged(self, keys: pl.LazyFrame, pairs: pl.DataFrame) -> pl.LazyFrame:
        """Return a row for each finding, as `find` does, given all pairs and the keys of the texts in them."""


class RowCheck(Check):
    """A check of the reading itself: its findings are the rejected rows."""

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
