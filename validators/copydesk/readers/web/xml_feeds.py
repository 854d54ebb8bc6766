"""Feeds in XML, and what they say of an article: RSS, Atom and the sitemaps of news.

Sources: RSS 2.0 and its modules content and dc; RDF Site Summary 1.0; RFC 4287 (Atom); the sitemap protocol 0.9 and
Google's news sitemap.
"""

from __future__ import annotations

import re
from typing import Any

from copydesk.readers.fields.html_text import html_to_text
from copydesk.readers.web.xml_elements import (
    LANGUAGE,
    Values,
    find,
    find_all,
    html_of,
    local_name,
    raw_of,
    text_of,
    texts_of,
)

__all__ = ["atom", "learn_of_feed", "rss", "sitemap"]


def rss(item: Any, about: dict[str, str]) -> Values:
    """Return the values of an item of RSS, or of RDF Site Summary."""
    full, teaser = html_of(find(item, "encoded")), html_of(find(item, "description"))
    guid = text_of(find(item, "guid"))
    link = text_of(find(item, "link"))
    return {
        "id": guid,
        "url": link or (guid if guid and guid.startswith("http") else None),
        "publisher": text_of(find(item, "source")) or about.get("title"),
        "headline": _headline(find(item, "title")),
        "standfirst": teaser if full else None,
        "byline": texts_of(find_all(item, "creator")) or texts_of(find_all(item, "author")),
        "body": full or teaser,
        "published": text_of(find(item, "pubdate")) or text_of(find(item, "date")),
        "section": next(iter(texts_of(find_all(item, "category"))), None),
        "language": text_of(find(item, "language")) or about.get("language"),
        "keywords": texts_of(find_all(item, "category")) or None,
    }


def _headline(element: Any) -> str | None:
    text = raw_of(element)
    return " ".join(html_to_text(text).split()) or None if text and re.search("[<&]", text) else text_of(element)


def learn_of_feed(element: Any, about: dict[str, str]) -> None:
    """Take in the title and the language of a feed."""
    name = local_name(element).lower()
    parent = element.getparent()
    if name in ("title", "language") and parent is not None and local_name(parent).lower() in ("channel", "feed"):
        about.setdefault(name, text_of(element) or "")
    if parent is not None and parent.get(LANGUAGE):
        about.setdefault("language", parent.get(LANGUAGE))


def atom(entry: Any, about: dict[str, str]) -> Values:
    """Return the values of an entry of Atom."""
    links = [link for link in find_all(entry, "link") if link.get("rel") in (None, "alternate")]
    full, teaser = _atom_text(find(entry, "content")), _atom_text(find(entry, "summary"))
    return {
        "id": text_of(find(entry, "id")),
        "url": next((link.get("href") for link in links), None),
        "publisher": text_of(find(entry, "source", "title")) or about.get("title"),
        "headline": _headline(find(entry, "title")),
        "standfirst": teaser if full else None,
        "byline": texts_of(find_all(entry, "author", "name")),
        "body": full or teaser,
        "published": text_of(find(entry, "published")) or text_of(find(entry, "updated")),
        "modified": text_of(find(entry, "updated")),
        "section": next(iter(texts_of(find_all(entry, "category"), "term")), None),
        "language": entry.get(LANGUAGE) or about.get("language"),
        "keywords": texts_of(find_all(entry, "category"), "term") or None,
    }


def _atom_text(element: Any) -> str | None:
    if element is None or element.get("type", "text") in ("text", "text/plain"):
        return raw_of(element)
    return html_of(element)


def sitemap(url: Any, about: dict[str, str]) -> Values:
    """Return the values of an address of a news sitemap."""
    return {
        "url": text_of(find(url, "loc")),
        "publisher": text_of(find(url, "news", "publication", "name")),
        "headline": text_of(find(url, "news", "title")),
        "body": None,
        "published": text_of(find(url, "news", "publication_date")),
        "modified": text_of(find(url, "lastmod")),
        "language": text_of(find(url, "news", "publication", "language")),
        "keywords": text_of(find(url, "news", "keywords")),
    }
