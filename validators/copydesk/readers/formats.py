"""The formats: which reader reads a file of which suffix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from copydesk.model.chunk import Chunk
from copydesk.readers import delimited, json_array, json_lines, parquet, text
from copydesk.readers.columns import Wanted
from copydesk.readers.compression import Stream

__all__ = ["READERS", "Reader"]


class Reader(Protocol):
    """Reads the articles of one stream.

    A reader yields every record once, as an article or as rejected, whatever the size of the chunks. It
    raises NoArticlesError where there is no record, InputError where it cannot tell the records apart, and
    MappingError where the wanted columns are not there; nothing else.
    """

    def __call__(self, stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
        """Read the stream, a chunk for about chunk_bytes of text."""


#: Suffix of a file, lower case, without that of its compression, to its reader.
READERS: Mapping[str, Reader] = {
    ".csv": delimited.read,
    ".json": json_array.read,
    ".jsonl": json_lines.read,
    ".ndjson": json_lines.read,
    ".parquet": parquet.read,
    ".tsv": delimited.read,
    ".txt": text.read,
}
