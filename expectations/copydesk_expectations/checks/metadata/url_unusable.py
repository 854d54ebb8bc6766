"""The check `url-unusable`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.model.finding import flagged

#: A scheme, as RFC 3986 has it, and a host behind it with a dot in it, or of this machine, or in brackets.
_USABLE = r"(?i)^[a-z][a-z0-9+.-]*://(?:[^\s/?#@]*@)?(?:[^\s/?#.:]+\.[^\s/?#]+|localhost(?::\d+)?|\[[0-9a-f:.]+\](?::\d+)?)(?:[/?#]\S*)?$"

#: Names and numbers of documents that lead to no page, and are meant so.
_NAMES = r"(?i)^(?:urn|doi|tag|hdl|info):\S+$"

#: What stands for no address at all, in lower case.
_NONE = ("", "nan", "none", "null", "undefined", "n/a", "-")

#: Why an address is none, the first reason first. All else has no host.
_REASONS = (
    (r"(?i)^(?:javascript|data|about|blob|mailto|tel|file|chrome|view-source):", "leads to no page of a publisher"),
    (r"\s", "has white space in it"),
    (r"^//", "has no scheme"),
    (r"^(?:/|\.{1,2}/|\?|#)", "is relative to a page that is not named"),
    (r"(?i)^[^\s/?#:@.]+(?:\.[^\s/?#:@.]+)+(?::\d+)?(?:[/?#].*)?$", "has no scheme"),
)


@dataclass(frozen=True, kw_only=True)
class UrlUnusable(ArticleCheck):
    """Expect the address of an article to be a whole one.

    What it finds:
        An address without a scheme ('www.example.org/bridge'), one that is relative to a page ('/2026/bridge'), one
        that leads to no page of a publisher ('javascript:void(0)', 'about:blank'), and one without a host or with white
        space in it.

    Why it matters:
        Nobody can fetch or cite the article by it. The host is what names the publisher where nothing else does.

    Known limits:
        Whether the page exists is not asked. An article without an address is no finding, and neither is the name of a
        document (urn:, doi:, tag:).

    Passes:
        - url: https://www.example.org/2026/03/14/bridge?id=7#top
        - url: urn:newsml:example.org:20260314:bridge
        - url: ""

    Fails:
        - url: www.example.org/2026/03/14/bridge
          finds: [www.example.org/2026/03/14/bridge]
        - url: /2026/03/14/bridge
          finds: [/2026/03/14/bridge]
        - url: javascript:void(0)
          finds: ["javascript:void(0)"]
        - url: https:///2026/bridge
          finds: [https:///2026/bridge]

    Options:
        None.

    Source:
        RFC 3986, 3 and 4.2. Scrapers take links as the page has them, relative or for scripts.
    """

    name: ClassVar[str] = "url-unusable"
    family: ClassVar[str] = "metadata"
    severity: ClassVar[str] = "warning"
    needs: ClassVar[tuple[str, ...]] = ("url",)

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the addresses that lead nowhere."""
        url = pl.col("url").str.strip_chars()
        odd = batch.articles.lazy().select("article", "url").filter(~url.str.contains(_USABLE))
        odd = odd.filter(~url.str.to_lowercase().is_in(_NONE), ~url.str.contains(_NAMES))
        reasons = [pl.when(url.str.contains(pattern)).then(pl.lit(f"the address {why}")) for pattern, why in _REASONS]
        start = pl.col("url").str.len_chars() - pl.col("url").str.strip_chars_start().str.len_chars()
        spans = odd.with_columns(
            reason=pl.coalesce(*reasons, pl.lit("the address has no host")), start=start.cast(pl.Int64)
        )
        return flagged(
            spans.with_columns(end=pl.col("start") + url.str.len_chars()), field="url", reason=pl.col("reason")
        )
