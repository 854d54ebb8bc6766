"""The dialects of XML in which news come: where the fields of an article stand in each.

Sources: RSS 2.0 and its modules content and dc; RDF Site Summary 1.0; RFC 4287 (Atom); IPTC NITF 3.6, NewsML-G2 2.33
and NewsML 1.2; the sitemap protocol 0.9 and Google's news sitemap; MediaWiki's export format 0.11; TEI P5; trafilatura.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html.entities import html5
from typing import Any

from copydesk.readers.fields.html_text import html_to_text

__all__ = ["DIALECTS", "Dialect", "EntityError", "generic", "local_name", "size_of"]

#: Elements that begin and end a line, in NITF, XHTML and TEI.
_BLOCKS = frozenset(
    {
        *("p", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "hr", "div", "block", "tr", "table", "ul"),
        *("ol", "dl", "dt", "dd", "bq", "blockquote", "pre", "lg", "l", "head", "lb", "item", "list", "ab", "section"),
        *("article", "figure", "figcaption", "media", "media-caption", "fn", "note", "quote"),
    }
)

#: Elements whose text is none of the story.
_DROPPED = frozenset({"script", "style", "media-metadata", "media-reference", "media-producer"})

_COMPACT_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(.*)")
_COMPACT_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

Values = dict[str, Any]


class EntityError(Exception):
    """A text has an entity that is not one of HTML."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a kind of document is read.

    records: the names of the elements that are records, in lower case.
    read: makes the values of a record, given what is known of the document; None where it is no article.
    learn: takes in what an element outside the records says of all of them.
    about_depth: how deep such elements lie below the root.
    """

    records: frozenset[str]
    read: Callable[[Any, dict[str, str]], Values | None]
    learn: Callable[[Any, dict[str, str]], None] = lambda element, about: None
    about_depth: int = 0


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def size_of(values: Mapping[str, Any]) -> int:
    """Return how many characters the values have."""
    return sum(len(value) for value in values.values() if isinstance(value, str))


def _find(element: Any, *path: str) -> Any:
    """Return the first element at a path of names, in any namespace; None if there is none."""
    return next(iter(_all(element, *path)), None)


def _all(element: Any, *path: str) -> list[Any]:
    found = [element]
    for name in path:
        found = [child for parent in found for child in parent if local_name(child).lower() == name]
    return found


def _within(element: Any, name: str) -> Any:
    return next((node for node in element.iter() if local_name(node).lower() == name), None)


def text_of(element: Any) -> str | None:
    """Return the text of an element in one line; None where it is not there or blank.

    Raises:
        EntityError: it has an entity that nobody knows.
    """
    if element is None:
        return None
    return " ".join("".join(_pieces(element, ())).split()) or None


def lines_of(element: Any) -> str | None:
    """Return the text of an element with markup, a line for each paragraph."""
    if element is None:
        return None
    lines = "".join(_pieces(element, _BLOCKS)).split("\0")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line) or None


def raw_of(element: Any) -> str | None:
    """Return the text of an element as it stands."""
    return "".join(_pieces(element, ())) if element is not None else None


def _pieces(element: Any, blocks: Iterable[str]) -> list[str]:
    """Return the pieces of text in an element; NUL, which XML cannot have, stands for a line end."""
    pieces: list[str] = []
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, is_done = stack.pop()
        name = local_name(node).lower()
        if is_done:
            pieces.append("\0" if name in blocks else "")
            pieces.append(node.tail or "" if node is not element else "")
            continue
        stack.append((node, True))
        if not isinstance(node.tag, str):  # an entity: comments and instructions are not read
            pieces.append(_entity(node))
        elif name not in _DROPPED:
            pieces.append("\0" if name in blocks else "")
            pieces.append(node.text or "")
            stack += [(child, False) for child in reversed(node)]
    return pieces


def _entity(node: Any) -> str:
    name = str(node.text).strip("&;")
    if f"{name};" not in html5:
        raise EntityError(f"&{name};")
    return html5[f"{name};"]


def _html(element: Any) -> str | None:
    """Return the text of an element that holds HTML, escaped or not."""
    if element is None:
        return None
    return lines_of(element) if len(element) else html_to_text(raw_of(element) or "") or None


def _time(text: str | None) -> str | None:
    """Return a time as ISO 8601 writes it, where it is written without separators."""
    if text and (match := _COMPACT_TIME.fullmatch(text)):
        return "{}-{}-{}T{}:{}:{}{}".format(*match.groups())
    if text and (match := _COMPACT_DAY.fullmatch(text)):
        return "-".join(match.groups())
    return text


def _list(elements: Iterable[Any], attribute: str | None = None) -> list[str]:
    texts = (element.get(attribute) if attribute else text_of(element) for element in elements)
    return [text for text in texts if text]


def _rss(item: Any, about: dict[str, str]) -> Values:
    full, teaser = _html(_find(item, "encoded")), _html(_find(item, "description"))
    guid = text_of(_find(item, "guid"))
    link = text_of(_find(item, "link"))
    return {
        "id": guid,
        "url": link or (guid if guid and guid.startswith("http") else None),
        "publisher": text_of(_find(item, "source")) or about.get("title"),
        "headline": _headline(_find(item, "title")),
        "standfirst": teaser if full else None,
        "byline": _list(_all(item, "creator")) or _list(_all(item, "author")),
        "body": full or teaser,
        "published": text_of(_find(item, "pubdate")) or text_of(_find(item, "date")),
        "section": next(iter(_list(_all(item, "category"))), None),
        "language": text_of(_find(item, "language")) or about.get("language"),
        "keywords": _list(_all(item, "category")) or None,
    }


def _headline(element: Any) -> str | None:
    text = raw_of(element)
    return " ".join(html_to_text(text).split()) or None if text and re.search("[<&]", text) else text_of(element)


def _learn_of_feed(element: Any, about: dict[str, str]) -> None:
    name = local_name(element).lower()
    parent = element.getparent()
    if name in ("title", "language") and parent is not None and local_name(parent).lower() in ("channel", "feed"):
        about.setdefault(name, text_of(element) or "")
    if parent is not None and parent.get(_LANGUAGE):
        about.setdefault("language", parent.get(_LANGUAGE))


def _atom(entry: Any, about: dict[str, str]) -> Values:
    links = [link for link in _all(entry, "link") if link.get("rel") in (None, "alternate")]
    full, teaser = _atom_text(_find(entry, "content")), _atom_text(_find(entry, "summary"))
    return {
        "id": text_of(_find(entry, "id")),
        "url": next((link.get("href") for link in links), None),
        "publisher": text_of(_find(entry, "source", "title")) or about.get("title"),
        "headline": _headline(_find(entry, "title")),
        "standfirst": teaser if full else None,
        "byline": _list(_all(entry, "author", "name")),
        "body": full or teaser,
        "published": text_of(_find(entry, "published")) or text_of(_find(entry, "updated")),
        "modified": text_of(_find(entry, "updated")),
        "section": next(iter(_list(_all(entry, "category"), "term")), None),
        "language": entry.get(_LANGUAGE) or about.get("language"),
        "keywords": _list(_all(entry, "category"), "term") or None,
    }


def _atom_text(element: Any) -> str | None:
    if element is None or element.get("type", "text") in ("text", "text/plain"):
        return raw_of(element)
    return _html(element)


def _nitf(nitf: Any, about: dict[str, str]) -> Values:
    head, body = _find(nitf, "head"), _find(nitf, "body")
    head, body = (part if part is not None else nitf for part in (head, body))
    content = _find(body, "body.content")
    full = (
        next((block for block in _all(content, "block") if block.get("class") == "full_text"), None)
        if content is not None
        else None
    )
    pubdata, issued = _within(head, "pubdata"), _within(head, "date.issue")
    sections = [
        c.get("value") for c in head.iter() if local_name(c).lower() == "classifier" and c.get("type") == "section"
    ]
    number = _within(head, "doc-id")
    date = (issued.get("norm") if issued is not None else None) or (
        pubdata.get("date.publication") if pubdata is not None else None
    )
    return {
        "id": number.get("id-string") if number is not None else None,
        "publisher": pubdata.get("name") if pubdata is not None else None,
        "headline": text_of(_within(body, "hl1")) or text_of(_find(head, "title")),
        "standfirst": lines_of(_find(body, "body.head", "abstract")),
        "byline": text_of(_find(body, "body.head", "byline")),
        "body": lines_of(content if full is None else full),
        "published": _time(date),
        "section": next(iter(sections), None) or (pubdata.get("position.section") if pubdata is not None else None),
        "language": nitf.get(_LANGUAGE) or about.get("language"),
        "keywords": [
            word.get("key") for word in head.iter() if local_name(word).lower() == "keyword" and word.get("key")
        ],
    }


def _newsml_g2(item: Any, about: dict[str, str]) -> Values | None:
    content = _find(item, "contentset")
    inline = _find(item, "contentset", "inlinexml")
    data = _find(item, "contentset", "inlinedata")
    if content is None or (inline is None and data is None):  # a picture or a package
        return None
    meta = _find(item, "contentmeta")
    meta = item if meta is None else meta
    language = _find(meta, "language")
    nitf = _within(inline, "nitf") if inline is not None else None
    body = (
        _nitf(nitf, about)["body"]
        if nitf is not None
        else lines_of(_within(inline, "body"))
        if inline is not None
        else None
    )
    if body is None:
        body = lines_of(inline) if inline is not None else _html(data)
    provider = _find(item, "itemmeta", "provider")
    literal = provider.get("literal") if provider is not None else None
    created = text_of(_find(item, "itemmeta", "firstcreated")) or text_of(_find(meta, "contentcreated"))
    version = text_of(_find(item, "itemmeta", "versioncreated"))
    return {
        "id": item.get("guid"),
        "publisher": text_of(_find(item, "itemmeta", "provider", "name")) or literal or text_of(provider),
        "headline": text_of(_find(meta, "headline")) or text_of(_find(item, "itemmeta", "title")),
        "standfirst": lines_of(_find(meta, "description")),
        "byline": text_of(_find(meta, "by")) or _list(_all(meta, "creator", "name")),
        "body": body,
        "published": created or version,
        "modified": text_of(_find(meta, "contentmodified")) or version,
        "language": (language.get("tag") if language is not None else None) or item.get(_LANGUAGE),
        "keywords": _list(_all(meta, "keyword")) or _list(_all(meta, "subject", "name")),
    }


def _newsml_1(item: Any, about: dict[str, str]) -> Values | None:
    data = _within(item, "datacontent")
    if data is None:
        return None
    nitf = _within(data, "nitf")
    return {
        "id": text_of(_within(item, "publicidentifier")) or text_of(_within(item, "newsitemid")),
        "publisher": text_of(_within(item, "providerid")),
        "headline": text_of(_within(item, "headline")),
        "standfirst": text_of(_within(item, "subheadline")),
        "byline": text_of(_within(item, "byline")),
        "body": _nitf(nitf, about)["body"] if nitf is not None else _html(data),
        "published": _time(text_of(_within(item, "firstcreated"))),
        "modified": _time(text_of(_within(item, "thisrevisioncreated"))),
        "language": item.get(_LANGUAGE),
    }


def _sitemap(url: Any, about: dict[str, str]) -> Values:
    return {
        "url": text_of(_find(url, "loc")),
        "publisher": text_of(_find(url, "news", "publication", "name")),
        "headline": text_of(_find(url, "news", "title")),
        "body": None,
        "published": text_of(_find(url, "news", "publication_date")),
        "modified": text_of(_find(url, "lastmod")),
        "language": text_of(_find(url, "news", "publication", "language")),
        "keywords": text_of(_find(url, "news", "keywords")),
    }


def _wiki(page: Any, about: dict[str, str]) -> Values | None:
    if text_of(_find(page, "ns")) not in (None, "0") or _find(page, "redirect") is not None:
        return None
    revision = (_all(page, "revision") or [page])[-1]
    return {
        "id": text_of(_find(page, "id")),
        "publisher": about.get("sitename"),
        "headline": text_of(_find(page, "title")),
        "byline": text_of(_find(revision, "contributor", "username")),
        "body": raw_of(_find(revision, "text")),
        "published": None,
        "modified": text_of(_find(revision, "timestamp")),
        "language": about.get("language"),
    }


def _learn_of_wiki(element: Any, about: dict[str, str]) -> None:
    if local_name(element).lower() == "sitename":
        about["sitename"] = text_of(element) or ""
    root = element.getroottree().getroot()
    about["language"] = root.get(_LANGUAGE) or ""


def _tei(tei: Any, about: dict[str, str]) -> Values:
    head = _find(tei, "teiheader")
    head = tei if head is None else head
    date = _within(head, "date")
    return {
        "url": next((p.get("target") for p in head.iter() if local_name(p) == "ptr"), None),
        "publisher": text_of(_within(head, "publisher")),
        "headline": text_of(_within(head, "title")),
        "standfirst": text_of(_within(head, "abstract")),
        "byline": text_of(_within(head, "author")),
        "body": lines_of(_find(tei, "text", "body")),
        "published": (date.get("when") if date is not None else None) or text_of(date),
    }


def _trafilatura(doc: Any, about: dict[str, str]) -> Values:
    return dict(doc.attrib) | {"body": lines_of(_find(doc, "main"))}


def generic(record: Any, about: dict[str, str]) -> Values:
    """Return the values of a record of any other XML: its attributes, and the text of its children by their names."""
    values: Values = {str(name).rpartition("}")[2]: value for name, value in record.attrib.items()}
    for child in record:
        name = local_name(child)
        parts = [raw_of(part) for part in child] if len(child) else []
        is_list = len(parts) > 0 and not (child.text or "").strip() and len({local_name(part) for part in child}) == 1
        value = parts if is_list else lines_of(child) if len(child) else raw_of(child)
        before = values.get(name)
        if before is None:
            values[name] = value
        else:
            values[name] = [*before, value] if isinstance(before, list) else [before, value]
    return values


_FEED = Dialect(frozenset({"item"}), _rss, _learn_of_feed, 3)

#: The dialect of a document, by the name of its root in lower case.
DIALECTS: Mapping[str, Dialect] = {
    "rss": _FEED,
    "rdf": _FEED,
    "feed": Dialect(frozenset({"entry"}), _atom, _learn_of_feed, 2),
    "nitf": Dialect(frozenset({"nitf"}), _nitf),
    "newsitem": Dialect(frozenset({"newsitem"}), _newsml_g2),
    "newsmessage": Dialect(frozenset({"newsitem"}), _newsml_g2),
    "newsml": Dialect(frozenset({"newsitem"}), _newsml_1),
    "urlset": Dialect(frozenset({"url"}), _sitemap),
    "mediawiki": Dialect(frozenset({"page"}), _wiki, _learn_of_wiki, 3),
    "tei": Dialect(frozenset({"tei"}), _tei),
    "teicorpus": Dialect(frozenset({"tei"}), _tei),
    "doc": Dialect(frozenset({"doc"}), _trafilatura),
}
