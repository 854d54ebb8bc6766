r"""Plain text (.txt): one article a file.

The first line that is not blank is the headline, without its line end. The body is everything after that line,
character for character, so that a place in the body is a place in the file. Blank lines in it separate paragraphs.
The id is the path of the file below the folder that was given. A line ends with \n, \r\n or \r. A byte order mark at
the start is not part of the text. NUL and all other characters are kept. Headers and highlights are read as
`copydesk.readers.texts.article` says, several articles in one file as the modules `lexis` and `mailbox` beside it say.
"""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.errors import InputError
from copydesk.model.chunk import Chunk
from copydesk.readers.fields.columns import Wanted
from copydesk.readers.files.compression import Stream
from copydesk.readers.files.line_limit import LineLimit, more_allowed
from copydesk.readers.texts.article import Article, chunk_of, decoded, split_text
from copydesk.readers.texts.lexis import documents_of
from copydesk.readers.texts.mailbox import messages_of

__all__ = ["find_starts", "read", "read_bytes"]

#: A file of text is read as a whole, in blocks of so many bytes. It may hold so many times the longest line.
_BLOCK, _LINES_IN_TEXT = 1 << 20, 4


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read the article of a text file, or the several that it holds, whatever chunk_bytes is.

    Raises:
        NoArticlesError: the file is empty or blank.
        InputError: the file is cut short or UTF-16.
        MappingError: a mapped or extra column is neither id, headline or body, nor in the header.
    """
    yield chunk_of(decoded(read_bytes(stream), stream.name, _articles), stream, wanted)


def _articles(text: str) -> list[Article]:
    return documents_of(text) or messages_of(text) or split_text(text)


def read_bytes(stream: Stream) -> bytes:
    """Read the text of a file, without a byte order mark.

    Raises:
        InputError: the file is cut short or UTF-16, or a line or the whole is too long, see `ReadOptions.longest_line`.
    """
    stream.start_text()
    limit, most = LineLimit(stream.source), _LINES_IN_TEXT * stream.source.options.longest_line
    parts, size = [], 0
    while part := stream.read(_BLOCK):
        limit.see(part)
        parts.append(part)
        size += len(part)
        if size > most:
            raise InputError(
                f"{stream.name}: expected a text of at most {most:,} bytes, got more. {more_allowed(stream.source)}"
            )
    return b"".join(parts)


def find_starts(text: str) -> dict[str, int]:
    """Return where the fields start that stand in a text as they are, in characters; nothing for a blank text.

    Nothing, either, for a text that holds several articles.
    """
    articles = _articles(text)
    return dict(articles[0].starts) if len(articles) == 1 else {}
