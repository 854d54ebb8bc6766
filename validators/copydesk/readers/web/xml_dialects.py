"""The dialects of XML in which news come: where the fields of an article stand in each.

Sources: IPTC NITF 3.6, NewsML-G2 2.33 and NewsML 1.2; MediaWiki's export format 0.11; TEI P5; trafilatura. Those of
feeds are in `copydesk.readers.web.xml_feeds`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from copydesk.readers.web.xml_elements import (
    LANGUAGE,
    Values,
    find,
    find_all,
    find_within,
    html_of,
    lines_of,
    local_name,
    raw_of,
    text_of,
    texts_of,
)
from copydesk.readers.web.xml_feeds import atom, learn_of_feed, rss, sitemap

__all__ = ["DIALECTS", "Dialect", "generic", "size_of"]

_COMPACT_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(.*)")
_COMPACT_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")


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


def size_of(values: Mapping[str, Any]) -> int:
    """Return how many characters the values have."""
    return sum(len(value) for value in values.values() if isinstance(value, str))


def _time(text: str | None) -> str | None:
    """Return a time as ISO 8601 writes it, where it is written without separators."""
    if text and (match := _COMPACT_TIME.fullmatch(text)):
        return "{}-{}-{}T{}:{}:{}{}".format(*match.groups())
    if text and (match := _COMPACT_DAY.fullmatch(text)):
        return "-".join(match.groups())
    return text


def _nitf(nitf: Any, about: dict[str, str]) -> Values:
    head, body = find(nitf, "head"), find(nitf, "body")
    head, body = (part if part is not None else nitf for part in (head, body))
    content = find(body, "body.content")
    full = (
        next((block for block in find_all(content, "block") if block.get("class") == "full_text"), None)
        if content is not None
        else None
    )
    pubdata, issued = find_within(head, "pubdata"), find_within(head, "date.issue")
    sections = [
        c.get("value") for c in head.iter() if local_name(c).lower() == "classifier" and c.get("type") == "section"
    ]
    number = find_within(head, "doc-id")
    date = (issued.get("norm") if issued is not None else None) or (
        pubdata.get("date.publication") if pubdata is not None else None
    )
    return {
        "id": number.get("id-string") if number is not None else None,
        "publisher": pubdata.get("name") if pubdata is not None else None,
        "headline": text_of(find_within(body, "hl1")) or text_of(find(head, "title")),
        "standfirst": lines_of(find(body, "body.head", "abstract")),
        "byline": text_of(find(body, "body.head", "byline")),
        "body": lines_of(content if full is None else full),
        "published": _time(date),
        "section": next(iter(sections), None) or (pubdata.get("position.section") if pubdata is not None else None),
        "language": nitf.get(LANGUAGE) or about.get("language"),
        "keywords": [
            word.get("key") for word in head.iter() if local_name(word).lower() == "keyword" and word.get("key")
        ],
    }


def _newsml_g2(item: Any, about: dict[str, str]) -> Values | None:
    content = find(item, "contentset")
    inline = find(item, "contentset", "inlinexml")
    data = find(item, "contentset", "inlinedata")
    if content is None or (inline is None and data is None):  # a picture or a package
        return None
    meta = find(item, "contentmeta")
    meta = item if meta is None else meta
    language = find(meta, "language")
    nitf = find_within(inline, "nitf") if inline is not None else None
    body = (
        _nitf(nitf, about)["body"]
        if nitf is not None
        else lines_of(find_within(inline, "body"))
        if inline is not None
        else None
    )
    if body is None:
        body = lines_of(inline) if inline is not None else html_of(data)
    provider = find(item, "itemmeta", "provider")
    literal = provider.get("literal") if provider is not None else None
    created = text_of(find(item, "itemmeta", "firstcreated")) or text_of(find(meta, "contentcreated"))
    version = text_of(find(item, "itemmeta", "versioncreated"))
    return {
        "id": item.get("guid"),
        "publisher": text_of(find(item, "itemmeta", "provider", "name")) or literal or text_of(provider),
        "headline": text_of(find(meta, "headline")) or text_of(find(item, "itemmeta", "title")),
        "standfirst": lines_of(find(meta, "description")),
        "byline": text_of(find(meta, "by")) or texts_of(find_all(meta, "creator", "name")),
        "body": body,
        "published": created or version,
        "modified": text_of(find(meta, "contentmodified")) or version,
        "language": (language.get("tag") if language is not None else None) or item.get(LANGUAGE),
        "keywords": texts_of(find_all(meta, "keyword")) or texts_of(find_all(meta, "subject", "name")),
    }


def _newsml_1(item: Any, about: dict[str, str]) -> Values | None:
    data = find_within(item, "datacontent")
    if data is None:
        return None
    nitf = find_within(data, "nitf")
    return {
        "id": text_of(find_within(item, "publicidentifier")) or text_of(find_within(item, "newsitemid")),
        "publisher": text_of(find_within(item, "providerid")),
        "headline": text_of(find_within(item, "headline")),
        "standfirst": text_of(find_within(item, "subheadline")),
        "byline": text_of(find_within(item, "byline")),
        "body": _nitf(nitf, about)["body"] if nitf is not None else html_of(data),
        "published": _time(text_of(find_within(item, "firstcreated"))),
        "modified": _time(text_of(find_within(item, "thisrevisioncreated"))),
        "language": item.get(LANGUAGE),
    }


def _wiki(page: Any, about: dict[str, str]) -> Values | None:
    if text_of(find(page, "ns")) not in (None, "0") or find(page, "redirect") is not None:
        return None
    revision = (find_all(page, "revision") or [page])[-1]
    return {
        "id": text_of(find(page, "id")),
        "publisher": about.get("sitename"),
        "headline": text_of(find(page, "title")),
        "byline": text_of(find(revision, "contributor", "username")),
        "body": raw_of(find(revision, "text")),
        "published": None,
        "modified": text_of(find(revision, "timestamp")),
        "language": about.get("language"),
    }


def _learn_of_wiki(element: Any, about: dict[str, str]) -> None:
    if local_name(element).lower() == "sitename":
        about["sitename"] = text_of(element) or ""
    root = element.getroottree().getroot()
    about["language"] = root.get(LANGUAGE) or ""


def _tei(tei: Any, about: dict[str, str]) -> Values:
    head = find(tei, "teiheader")
    head = tei if head is None else head
    date = find_within(head, "date")
    return {
        "url": next((p.get("target") for p in head.iter() if local_name(p) == "ptr"), None),
        "publisher": text_of(find_within(head, "publisher")),
        "headline": text_of(find_within(head, "title")),
        "standfirst": text_of(find_within(head, "abstract")),
        "byline": text_of(find_within(head, "author")),
        "body": lines_of(find(tei, "text", "body")),
        "published": (date.get("when") if date is not None else None) or text_of(date),
    }


def _trafilatura(doc: Any, about: dict[str, str]) -> Values:
    return dict(doc.attrib) | {"body": lines_of(find(doc, "main"))}


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


_FEED = Dialect(frozenset({"item"}), rss, learn_of_feed, 3)

#: The dialect of a document, by the name of its root in lower case.
DIALECTS: Mapping[str, Dialect] = {
    "rss": _FEED,
    "rdf": _FEED,
    "feed": Dialect(frozenset({"entry"}), atom, learn_of_feed, 2),
    "nitf": Dialect(frozenset({"nitf"}), _nitf),
    "newsitem": Dialect(frozenset({"newsitem"}), _newsml_g2),
    "newsmessage": Dialect(frozenset({"newsitem"}), _newsml_g2),
    "newsml": Dialect(frozenset({"newsitem"}), _newsml_1),
    "urlset": Dialect(frozenset({"url"}), sitemap),
    "mediawiki": Dialect(frozenset({"page"}), _wiki, _learn_of_wiki, 3),
    "tei": Dialect(frozenset({"tei"}), _tei),
    "teicorpus": Dialect(frozenset({"tei"}), _tei),
    "doc": Dialect(frozenset({"doc"}), _trafilatura),
}
