"""The check `html-leftover`."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any, ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.checks.suspects import spans_in
from copydesk.lazy import pl
from copydesk.model.finding import flagged

#: Elements of HTML, and of the mark-up languages of pages, that can be left over; not words that people put in angles.
_ELEMENTS = (
    "a abbr address amp-[a-z-]+ article aside audio b bdi bdo big blockquote body br button canvas caption "
    "center cite code col colgroup dd del details dfn dialog div dl dt em embed fieldset figcaption figure "
    "font footer form frame h[1-6] head header hr html i iframe ilayer img input ins kbd label legend li link "
    "main map mark meta nav noscript object ol option p param picture pre q s samp script section select small "
    "source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time "
    "title tr track tt u ul var video wbr o:p"
).replace(" ", "|")

_TAG = re.compile(
    rf"<!--.*?-->|<!doctype[^<>]*>|<!\[CDATA\[|\]\]>"
    rf"|<(?P<raw>script|style)\b[^<>]*>.*?</(?P=raw)\s*>"
    rf"|</(?:{_ELEMENTS})\s*>"
    rf"|<(?:{_ELEMENTS})\s*/?>"
    rf"|<(?:{_ELEMENTS})(?:\s+[\w:@.-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))?)+\s*/?>",
    re.I | re.S,
)

#: A tag that opens and is cut off by the end of the line.
_CUT = re.compile(rf"<(?:{_ELEMENTS})\s+[\w:-]+\s*=\s*[\"'][^<>\n]*$", re.I | re.M)

_ENTITY = re.compile(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")

#: Code of pages, by what cannot be prose: declarations of CSS, placeholders of templates.
_BRACES = re.compile(
    r"(?:[.#@][\w-]{1,60}\s?)?\{\s*(?:[a-z-]+\s*:[^{};\n]{1,80};\s*)*[a-z-]+\s*:[^{};\n]{1,80}(?:;\s*)?\}"
    r"|\{\{[^{}\n]{0,80}\}\}?|\{%[^{}\n]{0,80}%\}"
)

#: Statements of JavaScript; the rest of the line is code, too.
_CODE = re.compile(
    r"(?:\(?\bfunction\s?\w*\([\w\s,$]*\)\s?\{|document\.(?:write|getElement|createElement|querySelector|cookie)\w*"
    r"|window\.(?:\w+\s?=[^=]|dataLayer|addEventListener|location\b)|googletag\.\w+|\(adsbygoogle\b"
    r"|\bvar [\w$]+\s?=\s?[^\s=]|\bdataLayer\.push)[^\n]*"
)

#: Shortcodes of publishing systems, and BBCode.
_SHORTCODE = re.compile(
    r"\[/?(?:caption|embed|gallery|audio|video|playlist|youtube|tweet|twitter|instagram|vc_\w+|et_pb_\w+|fusion_\w+"
    r"|su_\w+|wp_\w+|contact-form-7|pullquote|dropcap|shortcode|ad_\w+|adrotate|newsletter_\w+)"
    r"(?:\s+[\w-]+\s*=\s*[^\]\n]{0,300}|\s*/)?\]"
    r"|\[(b|i|u|s|url|img|quote|code|list|color|size|font|center|spoiler)\](?=[^\n]*\[/\1\])|\[/(?:b|i|u|s|url|img|quote|code"
    r"|list|color|size|font|center|spoiler)\]|\[(?:url|img|color|size|font)=[^\]\n]{1,300}\]"
)

#: What is to be deleted, with what is in all of it and searched for in no time.
_KINDS = (
    (_TAG, ("<", "]]>"), "a tag of HTML in the text"),
    (_CUT, ("<",), "a tag of HTML in the text, cut off"),
    (_SHORTCODE, ("[",), "a shortcode of the publishing system"),
    (_CODE, ("function", "document.", "window.", "googletag.", "adsbygoogle", "var ", "dataLayer"), "code of the page"),
    (_BRACES, ("{",), "code of the page"),
)

#: Text without any of these has no mark-up.
_SUSPICIOUS = (
    rb"&[#A-Za-z][0-9A-Za-z]{1,30};",
    rb"<(?:[/!]?[a-zA-Z]|!-)",
    rb"\{",
    rb"\[/[a-z]|\[(?:caption|embed|gallery|audio|video|playlist|youtube|tweet|twitter|instagram|contact-form)[\s=\]]",
    rb"\[(?:pullquote|dropcap|shortcode|adrotate|url|img|color|size|font)[\s=\]]|\[[a-z]{2,10}_|\]\([h/]",
    rb"document\.[a-z]|window\.[a-z]|googletag\.|dataLayer|adsbygoogle|\]\]>|function ?\w*\(|var [\w$]+ ?=",
)

#: Links and pictures as Markdown writes them.
_MARKDOWN = re.compile(
    r"!\[[^\]\n]{0,300}\]\([^\s()]{1,500}(?:\([^\s()]{0,100}\)[^\s()]{0,100})?(?:\s+\"[^\"\n]*\")?\)|\[([^\]\n]{1,300})\]\((?:https?://|/)[^\s)]{0,500}\)"
)

#: A story with so few marks, each a word of its own, that names the subject is about mark-up.
_MENTIONS = 3
_SUBJECT = re.compile(
    r"\b(?:HTML|CSS|XML|JavaScript|website|web ?pages?|source code|brackets?|Webseite|Quelltext|code source|site web"
    r"|página web|sitio web|código|codice|sito web|broncode|strona internetowa|kod|код"
    r"|сайт\w*|ιστοσελίδ\w*)\b|网页|代码|コード",
    re.I,
)


@dataclass(frozen=True, kw_only=True)
class HtmlLeftover(ArticleCheck):
    """Expect no mark-up of the page in the text.

    What it finds:
        In headline and body: tags of HTML, comments, scripts and styles; entities, also doubled ones (`&amp;quot;`);
        declarations of CSS, calls of JavaScript, templates' placeholders; shortcodes ([caption id=…]), BBCode, and
        links and pictures of Markdown. Entities are to be replaced by their characters, tags deleted.

    Why it matters:
        The page was not read as a page. Words are split by tags, quotation marks are five characters long, and
        whoever prints the text prints the mark-up, or runs it.

    Known limits:
        A tag that stands in backquotes or quotation marks, and a few tags in a sentence of a story about web pages,
        are taken for its subject; more of them are found. Words in angle brackets that are no element of HTML
        ('<The Palace>') are left alone, and so are entities without their semicolon.

    Passes:
        - headline: "AT&T and R&D: a < b, i <3 you"
          body: "See https://example.org/?a=1&b=2&copy=3. “<The Palace>” [sic] [the mayor] {curly} said. The tag `<p>`."

    Fails:
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

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the mark-up in headlines and bodies."""
        return pl.concat([self._find(batch, field) for field in ("headline", "body")])

    def _find(self, batch: Batch, field: str) -> pl.LazyFrame:
        mended = pl.col("mended")
        return flagged(
            spans_in(batch, field, _SUSPICIOUS, _marks, says=("reason", "mended")),
            field=field,
            reason=pl.col("reason"),
            repair=pl.when(mended == "").then(pl.lit("delete")).otherwise(pl.lit("replace")),
            replacement=pl.when(mended != "").then(mended),
        )


def _marks(text: str) -> list[dict[str, Any]]:
    """Find the mark-up of a text: `start`, `end`, `reason`, `mended` ("" where it is to be deleted)."""
    found: list[tuple[int, int, str, str]] = []
    for pattern, words, reason in _KINDS:
        if any(word in text for word in words):
            found += [(*m.span(), reason, "") for m in pattern.finditer(text) if not _is_quoted(text, *m.span())]
    if "](" in text:
        found += [(*m.span(), "a link or picture in Markdown", m[1] or "") for m in _MARKDOWN.finditer(text)]
    for match in _ENTITY.finditer(text):
        if _is_quoted(text, *match.span()):
            continue
        mended = match[0]
        while mended != (mended := html.unescape(mended)):
            pass
        if not mended.startswith("&") or mended == "&":
            found.append((*match.span(), "an entity of HTML in the text", mended))
    kept: list[dict[str, Any]] = []
    for start, end, reason, mended in sorted(found, key=lambda f: (f[0], -f[1])):
        if not kept or start >= kept[-1]["end"]:
            kept.append({"start": start, "end": end, "reason": reason, "mended": mended})
    if 0 < len(kept) <= _MENTIONS and all(_is_word(text, k["start"], k["end"]) for k in kept) and _SUBJECT.search(text):
        return []
    return kept


def _is_word(text: str, start: int, end: int) -> bool:
    """Say whether a short mark stands between spaces in the middle of a sentence."""
    after = text[end : end + 2]
    return (
        end - start <= 12
        and text[max(0, start - 2) : start - 1].isalpha()
        and text[start - 1] == " " == after[:1]
        and after[1:].islower()
    )


_QUOTES = {'"': '"', "“": "”", "„": "“”", "'": "'", "‘": "’", "`": "`", "«": "»", "»": "«", "「": "」"}


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Say whether nothing but this stands in quotation marks: a story that speaks of mark-up."""
    opening, closing = text[start - 1 : start], text[end : end + 1]
    return bool(closing) and closing in _QUOTES.get(opening, "")
