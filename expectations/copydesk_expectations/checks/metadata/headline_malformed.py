"""The check `headline-malformed`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.model.finding import flagged
from copydesk.text.expressions import word_count

#: A bracket that is opened and not closed before the end of the headline, but for a face such as ':('.
_OPEN = r"(?:^|[^:;=\-])(?:\([^()]*|（[^（）]*|【[^【】]*|\[[^\[\]]*)$"

#: A headline has so many characters at least where it has too many words, so that few are counted.
_SHORTEST = 100


@dataclass(frozen=True, kw_only=True)
class HeadlineMalformed(ArticleCheck):
    """Expect a headline to be whole, and no paragraph.

    What it finds:
        A headline of more than `max_words` words, and one that breaks off within a bracket ('Mayor resigns (VID').

    Why it matters:
        A paragraph that was taken for the headline stands in lists, in training data and in quotations as one. A
        headline that was cut has lost its end.

    Known limits:
        Headlines that were cut elsewhere are not known. In scripts without spaces, two characters count as a word.

    Passes:
        - headline: Mayor resigns (and says why)
        - headline: The bridge is closed again :(

    Fails:
        - headline: Mayor resigns after the vote (VID
          finds: [Mayor resigns after the vote (VID]

    Options:
        max_words: the most words of a headline.

    Source:
        The longest headlines of 10,000 articles of hand-checked collections have 45 words; none has an open bracket.
    """

    name: ClassVar[str] = "headline-malformed"
    family: ClassVar[str] = "metadata"
    severity: ClassVar[str] = "warning"
    needs: ClassVar[tuple[str, ...]] = ("headline",)

    max_words: int = 60

    def __post_init__(self) -> None:
        if self.max_words < 1:
            raise ValueError(f"expected max_words of 1 or more, got {self.max_words}")

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the headlines that are a paragraph or break off."""
        headline = pl.col("headline").fill_null("")
        text = headline.str.strip_chars()
        long = (text.str.len_chars() > min(_SHORTEST, self.max_words)) & (word_count(text) > self.max_words)
        cut = text.str.contains(r"[(（【\[]") & text.str.contains(_OPEN)
        reason = pl.when(long).then(pl.lit("a paragraph, not a headline")).otherwise(pl.lit("breaks off in a bracket"))
        spans = batch.articles.lazy().filter(long | cut).with_columns(reason=reason)
        start = headline.str.len_chars() - headline.str.strip_chars_start().str.len_chars()
        spans = spans.with_columns(start=start.cast(pl.Int64), end=start.cast(pl.Int64) + text.str.len_chars())
        return flagged(spans, field="headline", reason=pl.col("reason"))
