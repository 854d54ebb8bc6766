"""The check `body-missing`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.model.finding import flagged


@dataclass(frozen=True, kw_only=True)
class BodyMissing(ArticleCheck):
    """Expect every article to have a body.

    What it finds:
        An article whose body is null, empty, or nothing but white space.

    Why it matters:
        A scraper that met a changed template, a video page or a paywall delivers metadata without a story.

    Known limits:
        A body that holds only residue is not empty; the residue checks and `body-length` find it.

    Passes:
        - body: The bridge reopened on Monday.

    Fails:
        - body: " \\n "
          finds: [" \\n "]
        - headline: Bridge reopens
          body: null
          finds: [""]

    Options:
        None.

    Source:
        Empty bodies are the first thing that users of news-please and newspaper4k report of a scraper that broke.
    """

    name: ClassVar[str] = "body-missing"
    family: ClassVar[str] = "text"
    severity: ClassVar[str] = "critical"

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the articles without a body."""
        blank = batch.articles.lazy().filter(batch.measures["paragraphs"] == 0)
        return flagged(
            blank.with_columns(start=pl.lit(0), end=pl.col("body").fill_null("").str.len_chars()),
            reason=pl.when(pl.col("body").is_null())
            .then(pl.lit("there is no body"))
            .otherwise(pl.lit("the body holds no text")),
        )
