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
from copydesk.model.article import ALIASES
from copydesk.model.chunk import Chunk, Rejected
from copydesk.readers.columns import Wanted
from copydesk.readers.compression import Stream
from copydesk.readers.encodings import not_utf8
from copydesk.readers.json_values import as_text
from copydesk.readers.text_headers import FENCES, read_header, take_heading

__all__ = ["Article", "chunk_of", "decoded", "split_text"]

_IDS = frozenset(name.lower() for name in ALIASES["id"])
_HEADLINE = re.compile(r"(?:^|(?<=\r))[^\S\r\n]*(\S[^\r\n]*)(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_HIGHLIGHT = re.compile(r"(?:^|(?<=\r))@highlight[^\S\r\n]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Article:
    """The article in a text: its values by column, where fields start that stand in it as they are, and its header."""

    values: dict[str, Any]
    starts: dict[str, int] = field(default_factory=dict)
    has_header: bool = False


def chunk_of(article: Article | Rejected | None, stream: Stream, wanted: Wanted) -> Chunk:
    """Make the chunk of a file that holds one text.

    Args:
        article: the article; why there is none; or None where the file is blank.
        stream: the file, which was read.
        wanted: the columns.

    Raises:
        NoArticlesError: the file is blank.
        MappingError: a mapped or extra column is not there.
    """
    if article is None:
        raise NoArticlesError(f"{stream.name}: holds no articles: expected a headline and a text, got an empty file.")
    values: dict[str, Any] = {"id": stream.source.relative, "headline": None, "body": None}
    if isinstance(article, Article):
        own_id = any(name.lower() in _IDS for name in article.values)
        # Not every header has every field that is mapped.
        values = dict.fromkeys(wanted.mapped.values()) if article.has_header else {}
        values |= ({} if own_id else {"id": stream.source.relative}) | article.values
    columns = wanted.find(values, stream.name)
    texts = {name: as_text(values[name], separator=separator) for name, separator in columns.separators().items()}
    count = int(isinstance(article, Article))
    frame = pl.DataFrame({name: pl.Series([text] * count, dtype=pl.String) for name, text in texts.items()})
    one = pl.Series([1] * count, dtype=pl.Int64)
    rejected = [article] if isinstance(article, Rejected) else []
    return Chunk(columns.frame(frame, one, one), rejected, dict(columns.fields), stream.stored())


def split_text(text: str, *, has_headline: bool = True) -> Article | None:
    """Cut a text into its fields; None for a blank text."""
    if not text.strip():
        return None
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
            return None
        values = {"headline": headline[1], "body": text[headline.end() :]}
        return Article(values, {"headline": headline.start(1), "body": headline.end()})
    values["body"] = text[start : highlights.start() if highlights else None]
    if highlights:
        lines = _HIGHLIGHT.sub("\n", text[highlights.start() :]).splitlines()
        values.setdefault("standfirst", "\n".join(line.strip() for line in lines if line.strip()))
    return Article(values, {"body": start}, has_header=header is not None)


def decoded(data: bytes, name: str, split: Callable[[str], Article | None]) -> Article | Rejected | None:
    """Return the article of a file of text; why it is rejected where it is not UTF-8; None where it is blank."""
    try:
        return split(data.decode())
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Rejected(name, line, not_utf8(data, f"at byte {error.start + 1}"))
