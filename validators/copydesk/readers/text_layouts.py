"""Texts that say more than a headline and a body: front matter, header lines, highlights, several documents in one.

Known are front matter between '---' (Markdown, trafilatura), a block of header lines before a blank line (mail, Usenet
and 20 Newsgroups), '@highlight' (the stories of CNN and the Daily Mail), and downloads of LexisNexis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from copydesk.model.article import FIELDS, candidates

__all__ = ["Piece", "layout_of"]

#: Headers are looked for in so many characters.
_LONGEST_HEAD = 16 << 10

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z0-9_ -]{0,30}):[ \t]*(.*)")
_HEADING = re.compile(r"\s*# +([^\r\n]+)(?:\r?\n|\Z)")
_HIGHLIGHT = re.compile(r"^@highlight[ \t]*\r?$", re.MULTILINE)
_DOCUMENT = re.compile(r"^[ \t]*\d+ of \d+ DOCUMENTS[ \t]*\r?$", re.MULTILINE)
_KEY = re.compile(r"^([A-Z][A-Z-]{2,20}):[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)

#: What mail calls the fields; a block of header lines needs one of these.
_OF_MAIL = {"subject": "headline", "from": "byline", "date": "published", "message-id": "id", "newsgroups": "section"}

#: The keys of LexisNexis that are fields.
_OF_LEXIS = {"BYLINE": "byline", "SECTION": "section", "LANGUAGE": "language", "HEADLINE": "headline"}


@dataclass(frozen=True, slots=True)
class Piece:
    """An article in a text: its fields, and where those begin that stand in the text as they are, in characters."""

    fields: Mapping[str, str]
    starts: Mapping[str, int] = field(default_factory=dict)


def layout_of(text: str) -> list[Piece] | None:
    """Return the articles of a text with a known layout; None for a text without one.

    >>> layout_of("---\\ntitle: Storm\\n---\\nIt rained.")[0].fields
    {'headline': 'Storm', 'body': 'It rained.'}
    """
    head = text[:_LONGEST_HEAD]
    if len(_DOCUMENT.findall(head)) and text.lstrip()[:1].isdigit():
        return list(_documents(text))
    if match := _FRONT_MATTER.match(head):
        return [_after_headers(text, _fields(match[1].splitlines()), match.end())]
    if (end := _end_of_headers(head)) is not None:
        fields: dict[str, str] = {}
        for line in head[:end].splitlines():
            if (header := _HEADER_LINE.fullmatch(line)) and (name := _OF_MAIL.get(header[1].lower())) and header[2]:
                fields.setdefault(name, header[2].strip())
        return [_after_headers(text, fields, end)]
    if _HIGHLIGHT.search(text):
        return [_with_highlights(text)]
    return None


def _fields(lines: list[str]) -> dict[str, str]:
    """Return the fields of front matter: of 'key: value' alone, as simple YAML."""
    values: dict[str, str] = {}
    for line in lines:
        if match := _HEADER_LINE.fullmatch(line.rstrip()):
            value = match[2].strip()
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1].replace('\\"', '"') if value[0] == '"' else value[1:-1].replace("''", "'")
            elif value.startswith("[") and value.endswith("]"):
                value = ", ".join(item.strip(" \"'") for item in value[1:-1].split(","))
            if value:
                values[match[1]] = value
    known = candidates(values, {})
    return {name: values[known[name][0]] for name in FIELDS if known[name] and name != "body"}


def _after_headers(text: str, fields: dict[str, str], start: int) -> Piece:
    if heading := _HEADING.match(text, start):
        fields = {**fields, "headline": heading[1].strip()}
        start = heading.end()
    return Piece({**fields, "body": text[start:]}, {"body": start})


def _end_of_headers(head: str) -> int | None:
    """Return where a block of header lines and the blank line after it end; None where the text begins without."""
    place = 0
    names: list[str] = []
    for line in head.splitlines(keepends=True):
        place += len(line)
        if not line.strip():
            is_mail = ("subject" in names and len(names) > 1) or {"from", "date"} <= set(names)
            return place if is_mail else None
        header = _HEADER_LINE.fullmatch(line.rstrip("\r\n"))
        if header is None and not (names and line[0] in " \t"):
            return None
        names += [header[1].lower()] if header else []
    return None


def _with_highlights(text: str) -> Piece:
    """Cut the highlights off a story: they are its standfirst, and it has no headline."""
    marks = list(_HIGHLIGHT.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    highlights = [text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]
    return Piece({"standfirst": "\n".join(filter(None, highlights)), "body": text[: marks[0].start()]}, {"body": 0})


def _documents(text: str) -> Iterator[Piece]:
    """Yield the documents of a download of LexisNexis: paper, date, headline, keys, the text, and more keys."""
    marks = list(_DOCUMENT.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True):
        document = text[mark.end() : end]
        keys = list(_KEY.finditer(document))
        first = next((key for key in keys if key[1] == "LENGTH"), keys[0] if keys else None)
        if first is None:
            yield Piece({"body": document})
            continue
        after = [key for key in keys if key.start() > first.start()]
        body_end = next(
            (key.start() for key in after if not document[key.end() :].strip() or _is_tail(document, key)), None
        )
        lines = [line.strip() for line in document[: keys[0].start()].splitlines() if line.strip()]
        names = ("publisher", "published")
        fields = dict(zip(names, lines[:2], strict=False)) if len(lines) > 2 else {}
        if lines:
            fields["headline"] = " ".join(lines[len(fields) :])
        fields |= {_OF_LEXIS[key[1]]: key[2] for key in keys if key[1] in _OF_LEXIS and key[2]}
        yield Piece({**fields, "body": document[first.end() : body_end].strip("\r\n")})


def _is_tail(document: str, key: re.Match[str]) -> bool:
    """Say whether nothing but keys follows a key."""
    return all(not line.strip() or _KEY.fullmatch(line) for line in document[key.start() :].splitlines())
