"""What a check is, and how checks, suites and lexicons are found: through the entry points `copydesk.expectations`.

A check knows nothing of Great Expectations, of files or of reports: it looks at columns and names spans.
"""

from __future__ import annotations

import inspect
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.metadata import entry_points
from importlib.resources.abc import Traversable
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar, get_type_hints

from copydesk.errors import SuiteError, did_you_mean
from copydesk.finding import SEVERITIES

if TYPE_CHECKING:
    import polars as pl

    from copydesk.batch import Batch

__all__ = [
    "DOC_SECTIONS",
    "FAMILIES",
    "SEVERITIES",
    "ArticleCheck",
    "Check",
    "CollectionCheck",
    "PairCheck",
    "RowCheck",
    "all_checks",
    "check_named",
    "documentation",
    "expectation_type",
    "lexicon_files",
    "option_types",
    "providers",
    "suite_files",
]

#: What a check is about. `residue`: words of the page around the story, not of the story.
FAMILIES = ("text", "structure", "residue", "metadata", "collection")

#: The sections of a check's docstring, in order.
DOC_SECTIONS = ("What it finds", "Why it matters", "Known limits", "Passes", "Fails", "Options", "Source")

_GROUP = "copydesk.expectations"


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
        are the same, see `copydesk.groups`; or `identity` (String), for what is no finding of that very article.
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
def providers() -> tuple[ModuleType, ...]:
    """Return the modules that provide checks, suites, lexicons and planters; the built-in one first."""
    found = sorted(entry_points(group=_GROUP), key=lambda e: (e.name != "builtin", e.name))
    return tuple(e.load() for e in found)


@cache
def all_checks() -> Mapping[str, type[Check]]:
    """Return every installed check by its name; the built-in ones first, in their order.

    Raises:
        SuiteError: two packages provide a check of the same name.
    """
    found: dict[str, type[Check]] = {}
    for provider in providers():
        for check in provider.find_checks():
            if check.name in found:
                raise SuiteError(
                    f"Two packages provide the check {check.name!r}: {found[check.name].__module__} and"
                    f" {check.__module__}. Uninstall one of them."
                )
            found[check.name] = check
    return found


def check_named(name: str) -> type[Check]:
    """Return the check of that name.

    Raises:
        SuiteError: there is none.
    """
    checks = all_checks()
    if name not in checks:
        raise SuiteError(f"There is no check {name!r}.{did_you_mean(name, checks)} `copydesk list` shows all of them.")
    return checks[name]


def suite_files() -> Mapping[str, Traversable]:
    """Return every installed suite by its name."""
    return {k: v for provider in reversed(providers()) for k, v in provider.find_suites().items()}


def lexicon_files() -> tuple[Traversable, ...]:
    """Return every installed lexicon, a file a language."""
    return tuple(f for provider in providers() for f in provider.find_lexicons())


@cache
def option_types(check: type[Check]) -> Mapping[str, tuple[Any, Any]]:
    """Return the options of a check: name to (type, default)."""
    hints = get_type_hints(check)
    return {f.name: (hints[f.name], f.default) for f in fields(check)}


def documentation(check: type[Check]) -> dict[str, str]:
    """Cut a check's docstring into its sections.

    Returns:
        "title": the first line, and each of DOC_SECTIONS that is there, dedented.
    """
    text = inspect.cleandoc(check.__doc__ or "")
    parts: dict[str, str] = {}
    for name, part in _sections(text):
        parts[name] = inspect.cleandoc("\n" + part) if name != "title" else part.strip().split("\n\n")[0]
    return parts


def _sections(text: str) -> Iterator[tuple[str, str]]:
    heads = re.compile(rf"^({'|'.join(DOC_SECTIONS)}):[ ]*$", re.M)
    marks = list(heads.finditer(text))
    yield "title", text[: marks[0].start()] if marks else text
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        yield mark[1], text[mark.end() : following.start() if following else len(text)].strip("\n")
