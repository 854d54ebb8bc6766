"""Downloads of Factiva: HTML pages in which many articles follow each other."""

from __future__ import annotations

import re
from collections import Counter

from copydesk.readers.fields.html_text import html_to_text

__all__ = ["articles_of"]

# Each pattern is bounded, or ends at the next '<' or '>', so that no place is read twice.
_ARTICLE = re.compile(r"""<div\s+(?:id=["'][^"'<>]*+["']\s+)?class=["']article [a-z]{2}Article["'][^>]*+>""")
_PARAGRAPH = re.compile(r"""<p\s+class=["']articleParagraph[^"'<>]*+["'][^>]*+>""")
_END = re.compile(r"</p", re.IGNORECASE)
_HEADLINE = re.compile(
    r"""<(?:span|div)\s+class=["'][a-z]{2}Headline["'][^>]*+>((?:[^<]|<(?!/?(?:span|div))){0,2000})"""
)
_AUTHOR = re.compile(r"""<div\s+class=["']author["'][^>]*+>([^<]*+)""")
_LINE = re.compile(r"<div>([^<>]{1,200})</div>")
_WORDS = re.compile(r"[\d,.]+ words")
_TIME = re.compile(r"\d{1,2}:\d\d(?: ?[AP]M)?(?: GMT)?")
_DOCUMENT = re.compile(r"<p>\s*Document ([A-Za-z0-9]{8,40})\s*</p>")


def articles_of(html: str) -> list[dict[str, str | None]]:
    """Return the articles of a download, by columns; none where the page is no download.

    After the headline and the author stand the count of words, the date, perhaps the time, and the paper.
    """
    starts = [match.start() for match in _ARTICLE.finditer(html)]
    if not starts or not _PARAGRAPH.search(html):
        return []
    pieces = [html[first:last] for first, last in zip(starts, [*starts[1:], len(html)], strict=True)]
    articles = list(map(_article, pieces))
    ids = Counter(article["id"] for article in articles)
    for article in articles:
        if ids[article["id"]] > 1:
            article["id"] = None
    return articles


def _article(html: str) -> dict[str, str | None]:
    first, *paragraphs = _PARAGRAPH.split(html)
    lines = [html_to_text(line).strip() for line in _LINE.findall(first)]
    after = next((lines[place + 1 :] for place, line in enumerate(lines) if _WORDS.fullmatch(line)), [])
    published = after[0] if after else None
    rest = [line for line in after[1:] if not _TIME.fullmatch(line)]
    headline, author, document = _HEADLINE.search(first), _AUTHOR.search(first), _DOCUMENT.search(html)
    texts = (html_to_text(_END.split(text, maxsplit=1)[0]) for text in paragraphs)
    return {
        "id": document[1] if document else None,
        "publisher": rest[0] if rest else None,
        "headline": " ".join(html_to_text(headline[1]).split()) if headline else None,
        "byline": html_to_text(author[1]).strip() or None if author else None,
        "body": "\n".join(" ".join(text.split()) for text in texts if text.strip()),
        "published": published,
    }
