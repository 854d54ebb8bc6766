"""The check `duplicate-url`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CollectionCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.metadata.headlines import headline_keys
from copydesk.metadata.urls import forms_of
from copydesk.model.finding import flagged, no_spans
from copydesk.similarity.groups import groups
from copydesk.similarity.pairs import repeated_values
from copydesk.text.paragraphs import squeezed_keys
from copydesk_expectations.detection.collection.article_numbers import article_numbers

#: How much of a body tells two stories of one number apart, in bytes.
_OPENING = 300


@dataclass(frozen=True, kw_only=True)
class DuplicateUrl(CollectionCheck):
    """Expect every address to stand once in the collection.

    What it finds:
        Every article, after the first, whose address is that of another one in another spelling. The spellings may
        differ in www, m., mobile. or amp., in http or https, in a port, a fragment, AMP, or a slash or index.html at
        the end. Parameters may stand in another order, and those that only track (utm_source, fbclid, at_medium, ...)
        do not count. The check also finds the same number of an article under another slug of the same site, where
        headline or the body's opening are the same too. It names the first one.

    Why it matters:
        One story under several addresses is counted, weighed and split as if it were several.

    Known limits:
        An address without a path and a query names a site, and is left alone. A site that tells its articles apart
        by a parameter that elsewhere only tracks, or by a fragment, is misjudged. Two versions of one story, kept on
        purpose under one address, are found: leave the check out for such an archive.

    Passes:
        - url: https://example.org/news?id=1
        - url: https://example.org/news?id=2
        - url: https://example.org/
        - url: https://example.org/
        - {url: "https://example.org/a-bridge-1234567", headline: Bridge reopens}
        - {url: "https://example.org/b-ferry-1234567", headline: Ferry sails}

    Fails:
        - url: https://www.example.org/2026/03/bridge/?utm_source=feed
        - url: http://example.org/2026/03/bridge#comments
          finds: ["http://example.org/2026/03/bridge#comments"]
        - url: https://amp.example.org/2026/03/bridge.amp.html
          finds: ["https://amp.example.org/2026/03/bridge.amp.html"]
        - {url: "https://example.org/bridge-reopens-1234567", headline: Bridge reopens}
        - url: https://example.org/traffic/1234567
          headline: Bridge Reopens
          finds: ["https://example.org/traffic/1234567"]

    Options:
        None.

    Source:
        news-crawl#44: 2,162 addresses of one article. The parameters are those of browsers' lists of trackers and of
        publishers' own feeds, see `copydesk.metadata.urls`.
    """

    name: ClassVar[str] = "duplicate-url"
    family: ClassVar[str] = "collection"
    severity: ClassVar[str] = "warning"
    needs: ClassVar[tuple[str, ...]] = ("url",)
    meet: ClassVar[tuple[str, ...]] = ("site",)

    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return each address as it stands, a hash of its one form, and what tells a story of that number."""
        forms, bodies = forms_of(batch), batch.text("body")
        numbers = article_numbers(forms)
        numbered = numbers["number"].is_not_null()
        end = np.minimum(bodies.begin + _OPENING, bodies.end)
        while len(inside := np.flatnonzero(bodies.data[end] & 0xC0 == 0x80)):  # not within a character
            end[inside] += 1
        end = np.where(numbered, end, bodies.begin)
        return (
            batch.articles.lazy()
            .select(
                "article",
                "url",
                form=forms.hash(),
                site=numbers["host"].hash(),
                number=pl.when(numbered).then(numbers.hash_rows()),
                headline=pl.when(numbered).then(headline_keys(batch)),
                opening=squeezed_keys(bodies, bodies.begin, end),
            )
            .filter(forms.is_not_null())
        )

    def find(self, keys: pl.LazyFrame) -> pl.LazyFrame:
        """Return every address after the first of its group, with the first of its kind as its twin."""
        same = (
            (["form"], "the same address in another spelling"),
            (["number", "headline"], "the same article number and headline under another address"),
            (["number", "opening"], "the same article number and text under another address"),
        )
        alike = []
        for by, reason in same:
            hashes = keys.select("article", *by).drop_nulls(by).collect()
            whole = hashes.select(by).hash_rows()
            often = repeated_values(whole, 2)
            if often.is_empty():
                continue
            repeated = hashes.filter(whole.is_in(often.implode())).lazy()
            repeated = repeated.filter(pl.struct(by).is_duplicated())
            first, second = (pl.col("article").sort().get(n).over(by) for n in (0, 1))
            twin = pl.when(pl.col("article") == first).then(second).otherwise(first)
            alike.append(repeated.select("article", twin=twin, reason=pl.lit(reason)))
        if not alike:
            return no_spans()
        pairs = pl.concat(alike).collect()
        # One story may have the number of this article and the address of that one: all three are one group.
        members = groups(pairs["article"], pairs["twin"]).rename({"member": "article"}).lazy()
        articles = pl.concat([pairs["article"], pairs["twin"]]).unique()
        urls = keys.filter(pl.col("article").is_in(articles.implode())).select("article", "url").collect().lazy()
        spans = (
            pairs.lazy()
            .join(members, on="article", maintain_order="left")
            .filter(pl.col("article") != pl.col("group"))
            .sort(pl.col("twin") > pl.col("article"), maintain_order=True)
            .unique("article", keep="first", maintain_order=True)
            .join(urls, on="article", maintain_order="left")
            .join(urls.select(twin="article", twin_url="url"), on="twin", maintain_order="left")
            .sort("article")
        )
        stripped = pl.col("url").str.strip_chars()
        lead = pl.col("url").str.len_chars() - pl.col("url").str.strip_chars_start().str.len_chars()
        equal = pl.col("url") == pl.col("twin_url")
        return flagged(
            spans.with_columns(start=lead, end=lead + stripped.str.len_chars()),
            field="url",
            reason=pl.when(equal).then(pl.lit("the same address as another article's")).otherwise(pl.col("reason")),
            related=pl.col("twin_url"),
            text=stripped,
            twin=pl.col("twin"),
            group=pl.col("group"),
        )
