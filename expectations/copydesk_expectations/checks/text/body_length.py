"""The check `body-length`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.model.finding import flagged
from copydesk.model.overview import Shown

#: How much of a long body is quoted, in characters.
_QUOTED = 200


@dataclass(frozen=True, kw_only=True)
class BodyLength(ArticleCheck):
    """Expect a body to have a sane number of words.

    What it finds:
        A body of fewer than `min_words` or more than `max_words` words. In scripts without spaces a word is counted
        for every two characters. An empty body is left to `body-missing`.

    Why it matters:
        A very short body is a teaser, a caption or an error message; a very long one is a whole section page, an
        archive, or many articles in one.

    Known limits:
        Briefs and tickers are short by nature: lower `min_words` for their section with a `row_condition`.

    Passes:
        - body: The bridge over the river reopened on Monday after two years of repairs, the city said, and the first
            bus crossed it at six in the morning with some forty people on board.

    Fails:
        - body: Please try again.
          finds: ["Please try again."]

    Options:
        min_words: the fewest words that a body may have.
        max_words: the most words that a body may have.

    Source:
        The upper bound is that of Gopher's quality rules (Rae et al. 2021: 50 to 100,000 words). Their lower bound
        rejects real briefs; ours is lower, so that what fails is hardly ever a story.
    """

    name: ClassVar[str] = "body-length"
    family: ClassVar[str] = "text"
    severity: ClassVar[str] = "warning"
    overview: ClassVar[Shown] = "length-limits"

    min_words: int = 25
    max_words: int = 100_000

    def __post_init__(self) -> None:
        if not 0 <= self.min_words <= self.max_words:
            raise ValueError(
                f"expected 0 <= min_words <= max_words, got min_words={self.min_words} and max_words={self.max_words}"
            )

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the bodies that are too short or too long."""
        words = pl.col("words")
        wrong = batch.measures.lazy().filter(
            (pl.col("paragraphs") > 0) & ((words < self.min_words) | (words > self.max_words))
        )
        spans = wrong.join(batch.articles.lazy().select("article", "body"), on="article").with_columns(
            start=pl.lit(0), end=pl.min_horizontal(pl.col("body").str.len_chars(), pl.lit(_QUOTED))
        )
        return flagged(
            spans,
            reason=pl.format(
                "the body has {} words, {}",
                words,
                pl.when(words < self.min_words)
                .then(pl.lit(f"fewer than {self.min_words}"))
                .otherwise(pl.lit(f"more than {self.max_words}")),
            ),
        )
