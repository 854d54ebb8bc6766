"""Downloads of LexisNexis: texts in which many articles follow each other, each under a line '3 of 60 DOCUMENTS'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.readers.texts.article import Article

__all__ = ["documents_of"]

_DOCUMENT = re.compile(r"^[ \t]*\d+ of \d+ DOCUMENTS[ \t]*\r?$", re.MULTILINE)
_KEY = re.compile(r"^([A-Z][A-Z-]{2,20}):[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)

#: The keys that are fields.
_FIELDS = {"BYLINE": "byline", "SECTION": "section", "LANGUAGE": "language", "HEADLINE": "headline"}


def documents_of(text: str) -> list[Article]:
    """Return the articles of a download; none where the text is no download.

    >>> [article.values["body"] for article in documents_of("1 of 1 DOCUMENTS\\nStorm\\nLENGTH: 2 words\\nIt rained.")]
    ['It rained.']
    """
    start = text.lstrip()
    if not start[:1].isdigit() or not _DOCUMENT.match(start):
        return []
    return list(_documents(text))


def _documents(text: str) -> Iterator[Article]:
    """Yield the documents: paper, date, headline, keys, the text, and more keys."""
    marks = list(_DOCUMENT.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True):
        document = text[mark.end() : end]
        keys = list(_KEY.finditer(document))
        first = next((key for key in keys if key[1] == "LENGTH"), keys[0] if keys else None)
        if first is None:
            yield Article({"body": document.strip("\r\n")})
            continue
        body_end = _end_of_body(document, [key for key in keys if key.start() > first.start()])
        lines = [line.strip() for line in document[: keys[0].start()].splitlines() if line.strip()]
        fields = dict(zip(("publisher", "published"), lines[:2], strict=False)) if len(lines) > 2 else {}
        if lines:
            fields["headline"] = " ".join(lines[len(fields) :])
        fields |= {_FIELDS[key[1]]: key[2] for key in keys if key[1] in _FIELDS and key[2]}
        yield Article({**fields, "body": document[first.end() : body_end].strip("\r\n")})


def _end_of_body(document: str, keys: list[re.Match[str]]) -> int | None:
    """Return where the keys begin that nothing but keys follows; None where there are none."""
    end = None
    last = len(document)
    for key in reversed(keys):
        if document[key.end() : last].strip():
            break
        end = last = key.start()
    return end
