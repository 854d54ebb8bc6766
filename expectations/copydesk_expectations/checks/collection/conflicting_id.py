"""The check `conflicting-id`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CollectionCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.metadata.stories import publisher_or_host
from copydesk.model.finding import flagged, no_spans
from copydesk.similarity.pairs import repeated_values


@dataclass(frozen=True, kw_only=True)
class ConflictingId(CollectionCheck):
    """Expect an id to be that of one text.

    What it finds:
        An article with the id of another one of the same publisher, whose body is another. Case, spacing and marks of
        the bodies make no difference. Where the publisher is missing, the host of the url stands for it.

    Why it matters:
        Whoever joins labels, splits or edits to the articles by their ids joins them to the wrong text.

    Known limits:
        Versions of one story that a collection keeps under one id are found, too: leave the check out there. The ids
        of different publishers are not compared. Equal ids of equal bodies are for `duplicate-article`.

    Passes:
        - {id: a1, body: The bridge reopened on Monday.}
        - {id: a1, body: The bridge  reopened on Monday.}
        - {id: a2, body: The school closed.}

    Fails:
        - {id: a1, body: The bridge reopened on Monday.}
        - {id: a1, body: The school closed on Friday., finds: [a1]}

    Options:
        None.

    Source:
        Data sets whose ids were counted anew in each file, and then were put together.
    """

    name: ClassVar[str] = "conflicting-id"
    family: ClassVar[str] = "collection"
    severity: ClassVar[str] = "warning"
    needs: ClassVar[tuple[str, ...]] = ("id", "body")
    meet: ClassVar[tuple[str, ...]] = ("key",)

    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return of each article a hash of its id and publisher, a hash of its body, and the id."""
        name = publisher_or_host(batch).fill_null("")
        articles = batch.articles.select("article", "id", name=name, body=batch.body_keys)
        given = articles.lazy().filter(pl.col("id").str.strip_chars() != "")
        return given.select("article", "id", "body", key=pl.struct("id", "name").hash())

    def find(self, keys: pl.LazyFrame) -> pl.LazyFrame:
        """Return every article whose id is that of an earlier one with another body."""
        often = repeated_values(keys.select("key").collect().to_series(), 2)
        if often.is_empty():
            return no_spans()
        alike = keys.filter(pl.col("key").is_in(often.implode())).collect().lazy().sort("article")
        # The first article of each body of an id; the other copies are no conflicts of their own.
        each = alike.unique(["key", "body"], keep="first", maintain_order=True)
        each = each.with_columns(twin=pl.col("article").min().over("key"))
        wrong = each.filter(pl.col("article") > pl.col("twin"))
        return flagged(
            wrong.with_columns(start=pl.lit(0), end=pl.col("id").str.len_chars()),
            field="id",
            reason="the id of another article, of another text",
            text=pl.col("id"),
            twin=pl.col("twin"),
            group=pl.col("twin"),
        )
