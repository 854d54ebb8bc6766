"""The check `shouted-headline`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck, Batch, flagged
from copydesk.lazy import pl

#: A headline of fewer letters is often an abbreviation ("NATO", "UN aid").
_FEWEST_LETTERS = 10


@dataclass(frozen=True, kw_only=True)
class ShoutedHeadline(ArticleCheck):
    """Expect no headline to be in capitals.

    What it finds:
        A headline in which more than `max_capitals` of the letters are capitals.

    Why it matters:
        Our style guide forbids it. A model that is trained on such headlines writes in capitals, too.

    Known limits:
        Headlines of fewer than ten letters are not judged. Scripts without capitals never fail.

    Passes:
        - headline: NATO and UN meet in Osterwisch
          body: The meeting began on Monday.

    Fails:
        - headline: BRIDGE REOPENS ON MONDAY
          body: The bridge reopened on Monday.
          finds: ["BRIDGE REOPENS ON MONDAY"]

    Options:
        max_capitals: the largest share of capitals among the letters, from 0 to 1.

    Source:
        The style guide of our newsroom.
    """

    name: ClassVar[str] = "shouted-headline"
    family: ClassVar[str] = "metadata"
    severity: ClassVar[str] = "warning"
    needs: ClassVar[tuple[str, ...]] = ("headline",)

    max_capitals: float = 0.7

    def __post_init__(self) -> None:
        if not 0 <= self.max_capitals <= 1:
            raise ValueError(f"expected max_capitals from 0 to 1, got {self.max_capitals}")

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the headlines in capitals."""
        headline = pl.col("headline").fill_null("")
        letters = headline.str.count_matches(r"\p{L}")
        capitals = headline.str.count_matches(r"\p{Lu}")
        shouted = batch.articles.lazy().filter(letters >= _FEWEST_LETTERS, capitals > self.max_capitals * letters)
        spans = shouted.with_columns(start=pl.lit(0), end=headline.str.len_chars())
        return flagged(spans, field="headline", reason="the headline is in capitals")
