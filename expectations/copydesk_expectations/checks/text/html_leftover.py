"""The check `html-leftover`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.checks.suspects import spans_in
from copydesk.lazy import pl
from copydesk.model.finding import flagged
from copydesk_expectations.detection.text.markup import markup_in

#: Text without any of these has no mark-up.
_SUSPICIOUS = (
    rb"&[#A-Za-z][0-9A-Za-z]{1,30};",
    rb"#[0-9]{2,4};|(?:quot|nbsp|apos|[lr][sd]quo|[nm]dash|hellip|aquo|euro|pound|acute|grave|uml|circ|ccedil|szlig|lt|gt);",
    rb"<(?:[/!]?[a-zA-Z]|!-)",
    rb"\{",
    rb"\[/[a-z]|\[(?:caption|embed|gallery|audio|video|playlist|youtube|tweet|twitter|instagram|contact-form)[\s=\]]",
    rb"\[(?:pullquote|dropcap|shortcode|adrotate|url|img|color|size|font)[\s=\]]|\[[a-z]{2,10}_|\]\([h/]",
    rb"document\.[a-z]|window\.[a-z]|googletag\.|dataLayer|adsbygoogle|\]\]>|function ?\w*\(|var [\w$]+ ?=",
)

_FIELDS = ("headline", "standfirst", "body")
#: Tags that stand inside words: H<sub>2</sub>O.
_INLINE = re.compile(r"</?(?:a|abbr|b|em|font|i|mark|s|small|span|strong|sub|sup|u|wbr)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class HtmlLeftover(ArticleCheck):
    """Expect no mark-up of the page in the text.

    What it finds:
        In headline, standfirst and body: tags of HTML, comments, scripts and styles; entities, also doubled ones
        (`&amp;quot;`) and those that lost their ampersand (`#39;`, `quot;`); escaped tags as a whole; declarations of
        CSS, calls of JavaScript, templates' placeholders. Also shortcodes ([caption id=…]), BBCode, and links and
        pictures of Markdown. Entities are to be replaced by their characters, tags deleted.

    Why it matters:
        The page was not read as a page. Words are split by tags, quotation marks are five characters long, and
        whoever prints the text prints the mark-up, or runs it.

    Known limits:
        A tag in backquotes or quotation marks is taken for the subject of the story. So are a few tags in a sentence of
        a story about web pages; more of them are found. Words in angle brackets that are no element of HTML ('<The
        Palace>') are left alone, and so are entities without their semicolon.

    Passes:
        - headline: "AT&T and R&D: a < b, i <3 you"
          body: "See https://example.org/?a=1&b=2&copy=3. “<The Palace>” [sic] [the mayor] {curly} said. The tag `<p>`."

    Fails:
        - standfirst: The <b>bridge</b> reopens.
          body: The bridge reopened.
          finds: ["<b>", "</b>"]
        - headline: Bridge &amp; road
          body: The bridge reopened.
          finds: ["&amp;"]
        - body: "<p>It&#8217;s open.</p> The mayor said &amp;quot;yes&amp;quot;."
          finds: ["<p>", "&#8217;", "</p>", "&amp;quot;", "&amp;quot;"]
        - body: |-
            [caption id="attachment_12"]The bridge[/caption] reopened.
            .ad { display: none; }
            document.write(new Date());
          finds: ['[caption id="attachment_12"]', "[/caption]", ".ad { display: none; }", "document.write(new Date());"]

    Options:
        None.

    Source:
        HTML Living Standard, elements and named character references; shortcodes of WordPress and its page builders.
    """

    name: ClassVar[str] = "html-leftover"
    family: ClassVar[str] = "text"
    severity: ClassVar[str] = "critical"

    @property
    def suspicious(self) -> tuple[bytes, ...]:
        """What begins a tag, an entity, a shortcode or code."""
        return _SUSPICIOUS

    def is_certain(self, text: str, start: int, end: int, replacement: str) -> bool:
        """Tags and entities are; code is not, nor is a tag that alone keeps two words apart."""
        if replacement:
            return text[start] == "&"
        joins = text[max(0, start - 1) : start].isalnum() and text[end : end + 1].isalnum()
        return text[start] == "<" and (not joins or _INLINE.match(text, start) is not None)

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the mark-up in headlines, standfirsts and bodies."""
        return pl.concat([self._find(batch, field) for field in _FIELDS if field in batch.fields])

    def _find(self, batch: Batch, field: str) -> pl.LazyFrame:
        mended = pl.col("mended")
        return flagged(
            spans_in(batch, field, _SUSPICIOUS, markup_in, says=("reason", "mended")),
            field=field,
            reason=pl.col("reason"),
            repair=pl.when(mended == "").then(pl.lit("delete")).otherwise(pl.lit("replace")),
            replacement=pl.when(mended != "").then(mended),
        )
