"""Checks of phrases: each finds the lines that are phrases of its kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch, shared
from copydesk.lazy import pl
from copydesk.lexicon.fields import field_hits
from copydesk.lexicon.lexicon import line_hits, load
from copydesk.lexicon.phrases import kind_bits
from copydesk.model.finding import flagged

__all__ = ["LexiconCheck"]


@dataclass(frozen=True, kw_only=True)
class LexiconCheck(ArticleCheck):
    """A check that finds the lines which are phrases of some kinds.

    A line that is a phrase of several kinds belongs to the first of them in LINE_KINDS, so that it is found once.

    Class attributes:
        kinds: the kinds of phrases, of LINE_KINDS.
        reason: what such a line is, for the finding.
    """

    kinds: ClassVar[tuple[str, ...]]
    reason: ClassVar[str]

    lexicons: tuple[str, ...] = ()

    @property
    def suspicious(self) -> tuple[bytes, ...]:
        """The patterns of phrases that can be told in no other way."""
        return load(self.lexicons).inside

    def prepare(self) -> None:
        """Load the lexicons."""
        load(self.lexicons).prepare()

    def may_be_residue(self) -> pl.Expr:
        """Return whether a line that is a phrase can be one of the page: a row has its `text`."""
        return pl.lit(True)

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the lines of bodies and standfirsts that are phrases, to be deleted."""
        bits = pl.col("kinds")
        mine = (bits & (~bits + 1) & kind_bits(*self.kinds)) > 0  # the lowest bit alone
        mine &= self.may_be_residue()
        lines = flagged(line_hits(batch, self.lexicons).lazy().filter(mine), reason=self.reason, repair="delete")
        if "standfirst" not in batch.fields:
            return lines
        above = _standfirst_hits(batch, self.lexicons).lazy().filter(mine)
        return pl.concat([lines, flagged(above, field="standfirst", reason=self.reason, repair="delete")])


@shared
def _standfirst_hits(batch: Batch, own: tuple[str, ...]) -> pl.DataFrame:
    """Return the lines of standfirsts that are phrases, see `field_hits`."""
    lexicon = load(own)
    return field_hits(batch, "standfirst", lexicon.openings, lexicon.kinds_of)
