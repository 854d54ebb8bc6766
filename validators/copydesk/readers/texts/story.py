"""Stories of CNN and the Daily Mail (.story): a text, and after `@highlight` its summary; one article a file.

The lines after `@highlight` are the standfirst. There is no headline. The id is the path of the file below the folder
that was given.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from copydesk.model.chunk import Chunk
from copydesk.readers.fields.columns import Wanted
from copydesk.readers.files.compression import Stream
from copydesk.readers.texts.article import chunk_of, decoded, split_text
from copydesk.readers.texts.plain_text import read_bytes

__all__ = ["read"]


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read the one article of a story, whatever chunk_bytes is.

    Raises:
        NoArticlesError: the file is empty or blank.
        InputError: the file is cut short or UTF-16.
        MappingError: a mapped or extra column is not id, standfirst or body.
    """
    split = partial(split_text, has_headline=False)
    yield chunk_of(decoded(read_bytes(stream), stream.name, split), stream, wanted)
