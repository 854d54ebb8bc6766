r"""The article in a text: its headline, or its header, its body, and highlights.

A text may begin with a header: front matter, or the header block of a mail. Its fields are columns then, and the body
is everything after it. In the stories of CNN and the Daily Mail the lines after `@highlight` are the standfirst; such a
text has no headline.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from copydesk.errors import NoArticlesError
from copydesk.model.aliases import ALIASES, normal_name
from copydesk.model.chunk import Chunk, Rejected
from copydesk.readers.fields.columns import Wanted
from copydesk.readers.fields.json_values import as_text
from copydesk.readers.files.compression import Stream
from copydesk.readers.files.encodings import not_utf8
from copydesk.readers.texts.text_headers import FENCES, read_header, take_heading

__all__ = ["Article", "chunk_of", "decoded", "split_text"]

_IDS = frozenset(map(normal_name, ALIASES["id"]))
_HEADLINE = re.compile(r"(?:^|(?<=\r))[^\S\r\n]*(\S[^\r\n]*)(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_HIGHLIGHT = re.compile(r"(?:^|(?<=\r))@highlight[^\S\r\n]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Article:
    """The article in a text: its values by column, where fields start that stand in it as they are, and its header."""

    values: dict[str, Any]
    starts: dict[str, int] = field(default_factory=dict)
    has_header: bool = False


def chunk_of(articles: list[Article] | Rejected, stream: Stream, wanted: Wanted) -> Chunk:
    """Make the chunk of a file of text. The path of the file is the id, with a number where there are several articles.

    Args:
        articles: the articles, none where the file is blank; or why there are none.
        stream: the file, which was read.
        wanted: the columns.

    Raises:
        NoArticlesError: the file is blank.
        MappingError: a mapped or extra column is not there.
    """
    rejected = [articles] if isinstance(articles, Rejected) else []
    several = articles if isinstance(articles, list) else []
    if not several and not rejected:
        raise NoArticlesError(f"{stream.name}: holds no articles: expected a headline and a text, got an empty file.")
    names = [stream.source.relative + f"#{n}" * (len(several) > 1) for n in range(1, len(several) + 1)]
    records = [_with_id(article.values, name) for article, name in zip(several, names, strict=True)]
    there = dict.fromkeys(key for record in records for key in record) or dict.fromkeys(("id", "headline", "body"))
    if any(article.has_header for article in several):  # not every header has every field that is mapped
        there |= dict.fromkeys(wanted.mapped.values())
    columns = wanted.find(there, stream.name)
    frame = pl.DataFrame(
        {
            name: pl.Series([as_text(record.get(name), separator=separator) for record in records], dtype=pl.String)
            for name, separator in columns.separators().items()
        }
    )
    rows = pl.Series(range(1, len(records) + 1), dtype=pl.Int64)
    lines = pl.Series([1] * len(records) if len(records) < 2 else [None] * len(records), dtype=pl.Int64)
    return Chunk(columns.frame(frame, rows, lines), rejected, dict(columns.fields), stream.stored(), columns.notes)


def _with_id(values: dict[str, Any], name: str) -> dict[str, Any]:
    return values if any(normal_name(key) in _IDS for key in values) else {"id": name, **values}


def split_text(text: str, *, has_headline: bool = True) -> list[Article]:
    """Cut a text into its fields: one article, or none for a blank text."""
    if not text.strip():
        return []
    header = read_header(text)
    highlights = _HIGHLIGHT.search(text, header.end if header else 0)
    if header is not None:
        values, start = (
            take_heading(text, header.end, header.values) if text[:3] in FENCES else (dict(header.values), header.end)
        )
    elif highlights or not has_headline:
        start, values = 0, {}
    else:
        headline = _HEADLINE.search(text)
        if headline is None:  # white space of other kinds alone
            return []
        values = {"headline": headline[1], "body": text[headline.end() :]}
        return [Article(values, {"headline": headline.start(1), "body": headline.end()})]
    values["body"] = text[start : highlights.start() if highlights else None]
    if highlights:
        lines = _HIGHLIGHT.sub("\n", text[highlights.start() :]).splitlines()
        values.setdefault("standfirst", "\n".join(line.strip() for line in lines if line.strip()))
    return [Article(values, {"body": start}, has_header=header is not None)]


def decoded(data: bytes, name: str, split: Callable[[str], list[Article]]) -> list[Article] | Rejected:
    """Return the articles of a file of text; why it is rejected where it is not UTF-8."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Rejected(name, line, not_utf8(data, f"at byte {error.start + 1}"))
    return split(text)
