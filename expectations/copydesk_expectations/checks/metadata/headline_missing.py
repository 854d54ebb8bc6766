"""The check `headline-missing`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.model.finding import flagged


@dataclass(frozen=True, kw_only=True)
class HeadlineMissing(ArticleCheck):
    """Expect every article to have a headline.

    What it finds:
        An article whose headline is null, empty, or nothing but white space. Where no column was recognised as the
        headline, that is every article.

    Why it matters:
        The headline is what people search and cite by, and what tells a story from a page that is none.

    Known limits:
        A headline that is there but says nothing (Untitled, Home) is for `headline-placeholder`.

    Passes:
        - headline: Bridge reopens
          body: The bridge reopened on Monday.

    Fails:
        - headline: ""
          body: The bridge reopened on Monday.
          finds: [""]
        - body: The bridge reopened on Monday.
          finds: [""]

    Options:
        None.

    Source:
        schema.org NewsArticle and Google's structured data for articles both name the headline first.
    """

    name: ClassVar[str] = "headline-missing"
    family: ClassVar[str] = "metadata"
    severity: ClassVar[str] = "critical"
    needs: ClassVar[tuple[str, ...]] = ()

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the articles without a headline."""
        headline = pl.col("headline").fill_null("")
        reason = "there is no headline"
        if "headline" not in batch.fields:
            reason += ": no column was recognised as one (say which with --map headline=COLUMN)"
        blank = batch.articles.lazy().filter(headline.str.strip_chars() == "")
        spans = blank.with_columns(start=pl.lit(0), end=headline.str.len_chars())
        return flagged(spans, field="headline", reason=reason)
