r"""Read collections of articles, whatever their format, in chunks of bounded size.

>>> from io import BytesIO
>>> [chunk] = read(["-"], stdin=BytesIO(b'{"title": "Storm", "text": "It rained."}\n'))
>>> chunk.columns
{'headline': 'title', 'body': 'text'}
>>> chunk.articles["body"].to_list(), chunk.rejected
(['It rained.'], [])
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import BinaryIO

from copydesk.errors import MappingError, NoArticlesError, UsageError, WithoutTextError
from copydesk.lazy import pl
from copydesk.model.chunk import Chunk, Note, Rejected
from copydesk.readers.fields.columns import Columns, Wanted
from copydesk.readers.fields.completion import complete, wanted_of
from copydesk.readers.files.compression import open_stream
from copydesk.readers.files.content import choose_format
from copydesk.readers.files.rejections import with_articles
from copydesk.readers.files.remote import open_remote
from copydesk.readers.files.source import ReadOptions, Source, with_layout
from copydesk.readers.files.sources import Frame, Paths, find_files

__all__ = [
    "CHUNK_BYTES",
    "even_chunks",
    "join_chunks",
    "read",
    "read_files",
    "read_source",
]

#: Bytes of text in a chunk. A chunk has a fixed cost, so that there should be few of them. For 337 MB on two cores, 84
#: MB took no less CPU than 42 MB (36.6 and 37.3 s), and 932 MB of memory for 618; with 21 MB it was 45 s and 462 MB.
CHUNK_BYTES = 42 << 20

#: A chunk is not made smaller than this to give another core work; and the text in the chunks of all cores.
_LEAST, _TOGETHER = 8 << 20, 168 << 20

#: A chunk is full when it holds this share of what it may hold.
_FULL = 0.75


def read(
    paths: Paths | Frame,
    *,
    mapped: Mapping[str, str] | None = None,
    extra: Collection[str] = (),
    chunk_bytes: int = CHUNK_BYTES,
    stdin: BinaryIO | None = None,
    options: ReadOptions | None = None,
    layout: str | None = None,
) -> Iterator[Chunk]:
    """Read every article behind the paths.

    Args:
        paths: one or several: files, folders, globs, or '-' for JSON lines on standard input; or a frame in memory.
        mapped: field to column, where the columns are not recognised by themselves.
        extra: columns of the data to carry along as they are, as text, or in their own type from Parquet.
        chunk_bytes: about how much text a chunk holds. Small files share a chunk.
        stdin: what to read for '-'; standard input unless given.
        options: how files are read, where more must be said than which column is which.
        layout: the name of a layout of a well-known set, as "mind": what neither options nor mapped say.

    Yields:
        Chunks, in the order of the paths. Every record is an article or a rejected row. So is a file that holds
        nothing, if a folder or a glob named it.

    Raises:
        InputError: a file cannot be read at all. The chunks before it are right, but others are missing.
        MappingError: no column holds the body, or a mapped or extra column does not exist.
    """
    _wanted(mapped, extra, chunk_bytes)  # an error in the call is raised before files are looked for
    options = with_layout(options, layout)
    return read_files(find_files(paths, options), mapped=mapped, extra=extra, chunk_bytes=chunk_bytes, stdin=stdin)


def read_files(
    sources: Sequence[Source],
    *,
    mapped: Mapping[str, str] | None = None,
    extra: Collection[str] = (),
    chunk_bytes: int = CHUNK_BYTES,
    stdin: BinaryIO | None = None,
) -> Iterator[Chunk]:
    """Read every article of files that `find_files` returned, see `read`."""
    wanted = _wanted(mapped, extra, chunk_bytes)
    chunks = (chunk for source in sources for chunk in read_source(source, wanted, chunk_bytes, stdin))
    return join_chunks(chunks, chunk_bytes)


def even_chunks(sources: Sequence[Source], workers: int) -> int:
    """Return how much text a chunk may hold, so that each worker gets the same number of chunks.

    Each share has one byte more than it needs. Otherwise a small rest would make one chunk more.
    """
    most = min(max(_TOGETHER // workers, _LEAST), CHUNK_BYTES)
    if any(source.path is None for source in sources):
        return most
    size = sum(source.bytes for source in sources)
    rounds = size // (most * workers) + 1
    return max(size // (rounds * workers) + 1, _LEAST)


def read_source(
    source: Source, wanted: Wanted, chunk_bytes: int = CHUNK_BYTES, stdin: BinaryIO | None = None
) -> Iterator[Chunk]:
    """Read every article of one file or frame."""
    if source.fault is not None:
        yield _rejected(source, source.fault)
        return
    of_file = wanted_of(source, wanted)
    if source.frame is not None:
        from copydesk.readers.tables.frames import read_frame

        yield from read_frame(source, of_file, chunk_bytes)
        return
    with ExitStack() as stack:
        given = stack.enter_context(open_remote(source)) if source.url is not None else stdin
        stream = stack.enter_context(open_stream(source, given))
        notes: tuple[Note, ...] = ()
        try:
            format_, notes = choose_format(stream)
            chunks = format_.reader()(stream, of_file, chunk_bytes)
            for chunk in complete(with_articles(chunks), source, wanted):
                yield replace(chunk, notes=notes + chunk.notes) if notes else chunk
                notes = ()
        except (NoArticlesError, MappingError) as error:
            if source.asked:
                raise
            reason = str(error).removeprefix(f"{source.name}: ")
            rejected = _rejected(source, reason, stream.stored(), notes)
            if isinstance(error, WithoutTextError):
                said = (*notes, Note(source.name, f"passed over: {reason}"))
                rejected = replace(rejected, rejected=[], notes=said)
            yield rejected


def _rejected(source: Source, reason: str, stored: int = 0, notes: tuple[Note, ...] = ()) -> Chunk:
    """Return a chunk without articles, for a file that is rejected as a whole."""
    nothing = Columns(source.name, {}).frame(pl.DataFrame(), pl.Series(dtype=pl.Int64), None)
    return Chunk(nothing, [Rejected(source.name, None, reason)], {}, stored, notes)


def _wanted(mapped: Mapping[str, str] | None, extra: Collection[str], chunk_bytes: int) -> Wanted:
    if chunk_bytes < 1:
        raise UsageError(f"chunk_bytes={chunk_bytes}: expected 1 or more.")
    return Wanted(dict(mapped or {}), tuple(extra))


def join_chunks(chunks: Iterator[Chunk], chunk_bytes: int = CHUNK_BYTES) -> Iterator[Chunk]:
    """Join small chunks that have the same columns: a folder of a million texts is not a million chunks."""
    waiting: list[Chunk] = []
    size = 0
    for chunk in chunks:
        more = int(chunk.articles.estimated_size())
        if waiting and (size + more > chunk_bytes or not _can_join(waiting[0], chunk)):
            yield _join(waiting)
            waiting, size = [], 0
        waiting.append(chunk)
        size += more
        if size >= _FULL * chunk_bytes:  # the next chunk would hardly fit
            yield _join(waiting)
            waiting, size = [], 0
    if waiting:
        yield _join(waiting)


def _can_join(one: Chunk, other: Chunk) -> bool:
    return one.columns == other.columns and one.articles.schema == other.articles.schema


def _join(chunks: list[Chunk]) -> Chunk:
    if len(chunks) == 1:
        return chunks[0]
    return Chunk(
        pl.concat([chunk.articles for chunk in chunks]),
        [rejected for chunk in chunks for rejected in chunk.rejected],
        chunks[0].columns,
        sum(chunk.bytes for chunk in chunks),
        tuple(note for chunk in chunks for note in chunk.notes),
    )
