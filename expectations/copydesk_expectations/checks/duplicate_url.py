"""The check `duplicate-url`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.alike import headline_keys, squeezed_keys
from copydesk.batch import Batch
from copydesk.checks import CollectionCheck
from copydesk.columns import pl
from copydesk.finding import flagged
from copydesk.groups import groups
from copydesk.urls import canonical
from copydesk.utf8 import Text

#: How much of a body tells two stories of one number apart, in characters.
_OPENING = 300

#: A number of an article in a path: six digits or more that stand alone or behind a letter or three, not within
#: a UUID, whose end is the same for all articles of a machine; and no date (20260314).
_NUMBER = r"^.*[-/_.,][a-zA-Z]{0,3}([0-9]{6,18})(?:[-/_.,].*)?$"
_DATE = r"^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])(?:[0-9]{2}){0,3}$"


@dataclass(frozen=True, kw_only=True)
class DuplicateUrl(CollectionCheck):
    """Expect every address to stand once in the collection.

    What it finds:
        Every article, after the first, whose address is that of another in another spelling: with or without www,
        m., mobile. or amp., http or https, a port, a fragment, parameters that only track (utm_source, fbclid,
        at_medium, ...), AMP, a slash or index.html at the end, parameters in another order. Also the same number of
        an article under another slug of the same site, where headline or the body's opening are the same too. The
        first one is named.

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
        publishers' own feeds, see `copydesk.urls`.
    """

    name: ClassVar[str] = "duplicate-url"
    family: ClassVar[str] = "collection"
    severity: ClassVar[str] = "warning"
    needs: ClassVar[tuple[str, ...]] = ("url",)
    meet: ClassVar[tuple[str, ...]] = ("site",)

    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return each address as it stands, a hash of its one form, and what tells a story of that number."""
        forms = canonical(batch.articles["url"])
        numbers = _numbers(forms)
        numbered = numbers["number"].is_not_null()
        openings = pl.Series([None], dtype=pl.UInt64).new_from_index(0, len(forms))
        some = batch.articles["body"].filter(numbered).str.head(_OPENING).fill_null("")
        openings = openings.scatter(numbered.arg_true(), squeezed_keys(Text(some)))
        return (
            batch.articles.lazy()
            .select(
                "article",
                "url",
                form=forms.hash(),
                site=numbers["host"].hash(),
                number=pl.when(numbered).then(numbers.hash_rows()),
                headline=pl.when(numbered).then(headline_keys(batch)),
                opening=openings,
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
        keys = keys.collect().lazy()
        alike = []
        for by, reason in same:
            there = keys.filter(pl.all_horizontal(pl.col(by).is_not_null()))
            there = there.filter(pl.struct(by).is_duplicated())
            first, second = (pl.col("article").sort().get(n).over(by) for n in (0, 1))
            twin = pl.when(pl.col("article") == first).then(second).otherwise(first)
            alike.append(there.select("article", twin=twin, reason=pl.lit(reason)))
        pairs = pl.concat(alike).collect()
        # One story may go by a number here and by an address there: what is joined by either is one group.
        joined = groups(pairs["article"], pairs["twin"]).rename({"member": "article"}).lazy()
        of_twin = keys.select(twin="article", twin_url="url")
        found = (
            pairs.lazy()
            .join(joined, on="article", maintain_order="left")
            .filter(pl.col("article") != pl.col("group"))
            .sort(pl.col("twin") > pl.col("article"), maintain_order=True)
            .unique("article", keep="first", maintain_order=True)
            .join(keys.select("article", "url"), on="article", maintain_order="left")
            .join(of_twin, on="twin", maintain_order="left")
            .sort("article")
        )
        stripped = pl.col("url").str.strip_chars()
        lead = pl.col("url").str.len_chars() - pl.col("url").str.strip_chars_start().str.len_chars()
        equal = pl.col("url") == pl.col("twin_url")
        return flagged(
            found.with_columns(start=lead, end=lead + stripped.str.len_chars()),
            field="url",
            reason=pl.when(equal).then(pl.lit("the same address as another article's")).otherwise(pl.col("reason")),
            related=pl.col("twin_url"),
            text=stripped,
            twin=pl.col("twin"),
            group=pl.col("group"),
        )


def _numbers(forms: pl.Series) -> pl.DataFrame:
    """Return the number of an article in the path of each address: `host` and `number`, null where there is none."""
    paths = forms.clone()  # scatter changes a series in place
    more = forms.str.contains_any(["?", "#"]).arg_true()
    if len(more):
        paths = paths.scatter(more, paths.gather(more).str.extract(r"^([^?#]*)"))
    found = pl.DataFrame({"host": forms.str.extract("^([^/]*)"), "number": paths.str.extract(_NUMBER)})
    return found.with_columns(pl.when(~pl.col("number").str.contains(_DATE)).then("number"))
