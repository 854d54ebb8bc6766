"""The kinds of findings of an audit: they have names and severities as checks have, but no suite names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import Batch, CollectionCheck
from copydesk.checks.suite import Judgement
from copydesk.lazy import pl

__all__ = ["KINDS", "judgement"]


@dataclass(frozen=True, kw_only=True)
class _Kind(CollectionCheck):
    """A kind of finding. The audit finds all kinds at once, so that a kind looks for nothing by itself."""

    family: ClassVar[str] = "collection"

    def keys(self, batch: Batch) -> pl.LazyFrame:
        return batch.articles.lazy().select("article")

    def find(self, keys: pl.LazyFrame) -> pl.LazyFrame:
        return keys.head(0)


@dataclass(frozen=True, kw_only=True)
class CopyAcross(_Kind):
    """The whole body stands in another split or collection."""

    name: ClassVar[str] = "copy-across"
    severity: ClassVar[str] = "critical"


@dataclass(frozen=True, kw_only=True)
class NearCopyAcross(_Kind):
    """Most of the body stands in another split or collection."""

    name: ClassVar[str] = "near-copy-across"
    severity: ClassVar[str] = "critical"


@dataclass(frozen=True, kw_only=True)
class LabelConflict(_Kind):
    """The same text has two labels."""

    name: ClassVar[str] = "label-conflict"
    severity: ClassVar[str] = "critical"


@dataclass(frozen=True, kw_only=True)
class LabelGiveaway(_Kind):
    """A word, a publisher, a form of date or a dateline says which label an article has, and many have it."""

    name: ClassVar[str] = "label-giveaway"
    severity: ClassVar[str] = "critical"


@dataclass(frozen=True, kw_only=True)
class LabelHint(_Kind):
    """The same of some articles of the label only."""

    name: ClassVar[str] = "label-hint"
    severity: ClassVar[str] = "warning"


@dataclass(frozen=True, kw_only=True)
class IdConflict(_Kind):
    """One id has two texts."""

    name: ClassVar[str] = "id-conflict"
    severity: ClassVar[str] = "critical"


@dataclass(frozen=True, kw_only=True)
class Syndication(_Kind):
    """A story that several publishers brought; the earliest is named."""

    name: ClassVar[str] = "syndication"
    severity: ClassVar[str] = "info"


@dataclass(frozen=True, kw_only=True)
class Reprint(_Kind):
    """A publisher brought a story again under another headline."""

    name: ClassVar[str] = "reprint"
    severity: ClassVar[str] = "info"


#: The kinds by name.
KINDS: dict[str, type[_Kind]] = {
    kind.name: kind
    for kind in (
        CopyAcross, NearCopyAcross, LabelConflict, LabelGiveaway, LabelHint, IdConflict, Syndication, Reprint
    )
}  # fmt: skip


def judgement(name: str) -> Judgement:
    """Return a kind and its severity, as the analysis wants them."""
    return Judgement(KINDS[name](), KINDS[name].severity)
