"""The check `duplicate-article`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CollectionCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.model.finding import flagged, no_spans
from copydesk.model.overview import Shown
from copydesk.similarity.pairs import repeated_values

#: How much of the first paragraph is quoted, in characters.
_QUOTED = 160


@dataclass(frozen=True, kw_only=True)
class DuplicateArticle(CollectionCheck):
    """Expect no article to stand twice in the collection.

    What it finds:
        Every article, after the first, whose body is the same but for case and spacing, and names the first.

    Why it matters:
        Copies weigh an article double in every count, leak from training into test data, and teach a model to recite.

    Known limits:
        A copy with another first line is for `near-duplicate-article`. Bodies shorter than `min_words` are left alone.

    Passes:
        - body: The bridge over the river reopened on Monday.
        - body: The bridge over the river reopened on Tuesday.

    Fails:
        - body: The bridge over the river reopened on Monday.
        - body: The bridge over the river  reopened on monday.
          finds: ["The bridge over the river  reopened on monday."]

    Options:
        min_words: the fewest words of a body that is compared.

    Source:
        'Which document is it a duplicate of?' is what users of deduplicators ask (datatrove#213, text-dedup#18).
    """

    name: ClassVar[str] = "duplicate-article"
    family: ClassVar[str] = "collection"
    severity: ClassVar[str] = "critical"
    meet: ClassVar[tuple[str, ...]] = ("hash",)
    overview: ClassVar[Shown] = "copies"

    min_words: int = 5

    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return a hash of each body, and the words to quote."""
        bodies = batch.measures.lazy().select("article", "words", hash=batch.body_keys)
        first = batch.paragraphs.lazy().filter(pl.col("par") == 0)
        return (
            first.select("article", "start", pl.col("text").str.head(_QUOTED))
            .join(bodies.filter(pl.col("words") >= self.min_words), on="article", maintain_order="left", how="inner")
            .drop("words")
        )

    def find(self, keys: pl.LazyFrame) -> pl.LazyFrame:
        """Return every copy after the first, with the first as its twin."""
        often = repeated_values(keys.select("hash").collect().to_series(), 2)
        if often.is_empty():
            return no_spans()
        copies = keys.filter(pl.col("hash").is_in(often.implode())).collect().lazy()
        copies = copies.with_columns(first=pl.col("article").min().over("hash")).filter(
            pl.col("article") > pl.col("first")
        )
        return flagged(
            copies.with_columns(end=pl.col("start") + pl.col("text").str.len_chars()),
            reason="the whole body is the same as that of another article",
            text=pl.col("text"),
            twin=pl.col("first"),
            group=pl.col("first"),
        )
