"""The article in an HTML page: its text, and what the page says of it.

The text is the `articleBody` of JSON-LD (schema.org) where there is one, else what an extractor takes for the main
content. An `articleBody` without line breaks gets those of the page, where the page has the same sentences.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from copydesk.readers.fields.html_text import html_to_text
from copydesk.readers.fields.json_values import as_text, clean, decoder
from copydesk.readers.files.extras import load

__all__ = ["COLUMNS", "EXTRACTORS", "Page", "decode", "is_hostile", "page_of", "text_of"]

#: What finds the main content, and the extra that has it.
EXTRACTORS = {"resiliparse": "web", "trafilatura": "trafilatura"}

#: The columns of a page.
COLUMNS = (
    "url", "publisher", "headline", "standfirst", "byline", "body", "published", "modified", "section", "language",
    "keywords",
)  # fmt: skip

#: A page with a shorter text, and without a word that it is an article, is none.
_LEAST = 200

#: Of so many elements that are open at once, or attributes of one, a page is no honest one; browsers stop at 512.
_MOST_OPEN, _MOST_ATTRIBUTES = 512, 2000

_JSON_LD = re.compile(
    r"<script\b[^>]{0,500}application/ld\+json[^>]{0,500}>(.*?)(?:</script|\Z)", re.IGNORECASE | re.DOTALL
)
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)([^>]*+)")

#: Elements that have no end tag, or need none.
_UNCLOSED = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "caption",
        "rt",
        "rp",
        "html",
        "head",
        "body",
    ]
)

#: Names in the head of a page (Open Graph, schema.org, Dublin Core), best first, and the columns that they give.
_META = {
    "publisher": ("og:site_name", "application-name"),
    "headline": ("og:title", "twitter:title", "dc.title"),
    "standfirst": ("og:description", "description", "twitter:description"),
    "byline": ("author", "article:author", "dc.creator"),
    "published": ("article:published_time", "datepublished", "dc.date", "date"),
    "modified": ("article:modified_time", "datemodified", "og:updated_time"),
    "section": ("article:section",),
    "keywords": ("keywords", "news_keywords"),
    "url": ("og:url",),
}

_LD = {
    "publisher": "publisher",
    "headline": "headline",
    "standfirst": "description",
    "byline": "author",
    "published": "datePublished",
    "modified": "dateModified",
    "section": "articleSection",
    "language": "inLanguage",
    "keywords": "keywords",
    "url": "url",
}


@dataclass(frozen=True, slots=True)
class Page:
    """The article in a page: its values by COLUMNS, and what gave the body."""

    values: dict[str, str | None]
    source: str


def decode(data: bytes, charset: str | None, what: str) -> str:
    """Return a page as text: as HTTP says, else UTF-8, else as the page says or its bytes look.

    Args:
        data: the page.
        charset: what HTTP says; None if it says nothing.
        what: the name of the file, for errors.

    Raises:
        MissingExtraError: the extra `web` is not installed.
    """
    encoding = load("resiliparse.parse.encoding", "web", what)
    if charset is None:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            charset = encoding.detect_encoding(data)
    return str(encoding.bytes_to_str(data, encoding.map_encoding_to_html5(charset) or "utf-8"))


def is_hostile(html: str) -> bool:
    """Say whether the markup nests so deeply that no parser of HTML 5 gets through it in good time."""
    if html.count("<") <= _MOST_OPEN and len(html) < 1 << 16:
        return False
    counts: Counter[str] = Counter()
    unclosed = 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if tag[3].count(" ") + tag[3].count("\n") > _MOST_ATTRIBUTES:
            return True
        if name in _UNCLOSED:
            continue
        if not tag[1]:
            counts[name] += 1
            unclosed += 1
        elif counts[name]:
            counts[name] -= 1
            unclosed -= 1
        if unclosed > _MOST_OPEN:
            return True
    return False


def page_of(html: str, *, url: str | None, extract: str, what: str) -> Page | None:
    """Return the article in a page; None if it holds none.

    Args:
        html: the page, not hostile.
        url: where it was; None if that is not known.
        extract: one of EXTRACTORS.
        what: the name of the file, for errors.

    Raises:
        MissingExtraError: the extractor is not installed.
    """
    article = next(_json_ld(html), {})
    values = _of_head(html, what) | {
        column: text for column, name in _LD.items() if (text := as_text(article.get(name)))
    }
    values["url"] = url or values.get("url")
    main = ""
    body, source = as_text(article.get("articleBody"), separator="\n") or "", "articleBody (JSON-LD)"
    if not body.strip() or "\n" not in body.strip():
        main = _main_text(html, extract, what)
    if re.search(r"</?[a-zA-Z]|&[#a-zA-Z]", body):
        body = html_to_text(body)
    if body.strip():
        body = _with_breaks(body, main) if main else body
    else:
        body, source = main, f"main text ({extract})"
        if len(body) < _LEAST and not article and values.pop("is article", None) is None:
            return None
    known = {column: clean(text) if (text := values.get(column)) else None for column in COLUMNS}
    return Page(known | {"body": clean(body)}, source)


def text_of(html: str, extract: str, what: str) -> str:
    """Return the text of a value that holds HTML: the article of a whole page, or all text of a piece of one.

    Raises:
        MissingExtraError: it is a page, and the extractor is not installed.
    """
    if not _PAGE.match(html) or is_hostile(html):
        return html_to_text(html)
    page = page_of(html, url=None, extract=extract, what=what)
    return html_to_text(html) if page is None else page.values["body"] or ""


def _json_ld(html: str) -> Iterator[dict[str, Any]]:
    """Yield the articles that JSON-LD describes, those with a body first."""
    found = []
    for script in _JSON_LD.finditer(html):
        try:
            waiting = [decoder.decode(script[1].strip())]
        except (json.JSONDecodeError, RecursionError):  # many pages have some that is none
            continue
        while waiting:
            node = waiting.pop()
            if isinstance(node, list):
                waiting += reversed(node)
            elif isinstance(node, dict):
                if isinstance(node.get("@graph"), list):
                    waiting += reversed(node["@graph"])
                if "Article" in str(node.get("@type")) or "NewsArticle" in str(node.get("type")):
                    found.append(node)
    yield from sorted(found, key=lambda node: not node.get("articleBody"))


def _of_head(html: str, what: str) -> dict[str, str | None]:
    parse = load("resiliparse.parse.html", "web", what)
    tree = parse.HTMLTree.parse(html)
    metas: dict[str, str] = {}
    for node in tree.document.query_selector_all("meta[content]"):
        name = node.getattr("property") or node.getattr("name") or node.getattr("itemprop")
        if name and node.getattr("content"):
            metas.setdefault(name.lower(), node.getattr("content"))
    values: dict[str, str | None] = {
        column: next((metas[name] for name in names if name in metas), None) for column, names in _META.items()
    }
    link = tree.document.query_selector("link[rel=canonical]")
    root = tree.document.query_selector("html")
    heading = tree.document.query_selector("h1")
    values["url"] = (link.getattr("href") if link else None) or values["url"]
    values["language"] = root.getattr("lang") if root else None
    values["headline"] = values["headline"] or (" ".join(heading.text.split()) if heading else None) or tree.title
    if metas.get("og:type") == "article":
        values["is article"] = "yes"
    return values


def _main_text(html: str, extract: str, what: str) -> str:
    if extract == "trafilatura":
        text = load("trafilatura", "trafilatura", what).extract(html, include_comments=False)
        return str(text or "")
    extractor = load("resiliparse.extract.html2text", "web", what)
    text = extractor.extract_plain_text(
        html, main_content=True, alt_texts=False, comments=False, post_meta=False, list_bullets=False
    )
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _with_breaks(body: str, main: str) -> str:
    """Put the line breaks of the page into a body without any, where the page has the same lines."""
    if "\n" in body.strip():
        return body
    at = 0
    breaks = []
    for line in main.splitlines():
        place = body.find(line, at)
        if place >= 0:
            breaks += [place, place + len(line)]
            at = place + len(line)
    parts = [body[first:last].strip() for first, last in zip([0, *breaks], [*breaks, len(body)], strict=True)]
    return "\n".join(part for part in parts if part)
