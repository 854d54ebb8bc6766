"""The check `conflicting-label`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CollectionCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.metadata.urls import forms_of
from copydesk.model.finding import flagged
from copydesk.similarity.pairs import repeated_values


@dataclass(frozen=True, kw_only=True)
class ConflictingLabel(CollectionCheck):
    """Expect equal texts to have equal sections.

    What it finds:
        An article whose body is that of an earlier one at the same address, or where neither has an address, and whose
        section is another. Case and spacing of bodies and sections make no difference.

    Why it matters:
        Classifiers are trained and measured on such labels. One text with two labels cannot be classified right.

    Known limits:
        A story that a site files under two sections, at two addresses, is ordinary and left alone. Bodies of fewer than
        `min_words` words are not compared.

    Passes:
        - {url: "https://example.org/local/bridge", section: Local, body: The bridge reopened on Monday.}
        - {url: "https://example.org/roads/bridge", section: Roads, body: The bridge reopened on Monday.}

    Fails:
        - {section: Local, body: The bridge reopened on Monday.}
        - {section: Sport, body: The bridge reopened on Monday., finds: [Sport]}

    Options:
        min_words: the fewest words of a body that is compared.

    Source:
        Data sets of news for classification, in which copies were labelled one by one.
    """

    name: ClassVar[str] = "conflicting-label"
    family: ClassVar[str] = "collection"
    severity: ClassVar[str] = "warning"
    needs: ClassVar[tuple[str, ...]] = ("section", "body")
    meet: ClassVar[tuple[str, ...]] = ("key",)

    min_words: int = 5

    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return of each article with a section a hash of its body and address, and the section."""
        address = forms_of(batch) if "url" in batch.fields else pl.lit(None, pl.String)
        articles = batch.articles.select("article", "section", address=address, body=batch.body_keys)
        words = batch.measures["words"] >= self.min_words
        given = articles.filter(words).lazy().filter(pl.col("section").str.strip_chars() != "")
        return given.select("article", "section", key=pl.struct("body", "address").hash())

    def find(self, keys: pl.LazyFrame) -> pl.LazyFrame:
        """Return every article whose section is not that of the first one with its text."""
        often = repeated_values(keys.select("key").collect().to_series(), 2)
        alike = keys.filter(pl.col("key").is_in(often.implode())).collect().lazy().sort("article")
        label = pl.col("section").str.strip_chars().str.to_lowercase()
        each = alike.with_columns(label=label).with_columns(
            twin=pl.col("article").first().over("key"), first=pl.col("label").first().over("key")
        )
        text = pl.col("section").str.strip_chars()
        lead = pl.col("section").str.len_chars() - pl.col("section").str.strip_chars_start().str.len_chars()
        wrong = each.filter(pl.col("label") != pl.col("first"))
        return flagged(
            wrong.with_columns(start=lead, end=lead + text.str.len_chars()),
            field="section",
            reason=pl.format("the same text stands under another section, '{}'", "first"),
            text=text,
            twin=pl.col("twin"),
            group=pl.col("twin"),
        )
