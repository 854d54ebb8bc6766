"""Mining a collection: from files to a rule file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from copydesk.checks.batch import Batch
from copydesk.checks.suite import Suite
from copydesk.engine.collection import MEMORY
from copydesk.engine.spool import Memory, Spool, copy_texts
from copydesk.engine.threads import CORES
from copydesk.errors import InputError, UsageError
from copydesk.gate.outcome import expect_articles
from copydesk.lazy import pl
from copydesk.mining.candidates import article_keys, candidates, line_keys
from copydesk.mining.rulefile import rules_text
from copydesk.model.chunk import Chunk, Rejected
from copydesk.outputs import write_text
from copydesk.readers import Paths, ReadOptions, Source, even_chunks, find_files, list_paths, read_files

__all__ = ["Mined", "mine"]


@dataclass(frozen=True, slots=True)
class Mined:
    """What was mined.

    found: a row a line, see `copydesk.mining.candidates.candidates`.
    text: the rule file; new: how many rules it gained.
    articles: how many were read, and of these unnamed: without publisher and address, so that they were left out.
    rejected: the rows that could not be read.
    """

    found: pl.DataFrame
    text: str
    new: int
    articles: int
    unnamed: int
    rejected: Sequence[Rejected]


def mine(
    paths: Paths,
    output: str | Path | None = None,
    *,
    mapped: Mapping[str, str] | None = None,
    options: ReadOptions | None = None,
    min_articles: int = 3,
    min_share: float = 0.02,
    stdin: BinaryIO | None = None,
    memory: int = MEMORY,
    guard: Callable[[Sequence[Source], Suite], None] | None = None,
) -> Mined:
    """Find what repeats across the articles of each publisher, and write it as rules for a person to decide on.

    Args:
        paths: one or several: files, folders, globs, or "-" for JSON lines on standard input.
        output: the rule file. What it has already stays, and only what is new is added. None to write nothing.
        mapped: field to column, for columns that are not recognised.
        options: how files are read, where more must be said than which column is which.
        min_articles: in how many articles of a publisher a line must stand, copies counted once.
        min_share: in which share of the publisher's articles.
        stdin: where "-" is read from.
        memory: how many bytes of lines are held in memory before they are written to disk.
        guard: called with the files before any work.

    Raises:
        UsageError: a number is out of bounds, or the rule file that is there is none.
        InputError: a file cannot be read at all, or there are no articles.
    """
    if min_articles < 2 or not 0 <= min_share <= 1:
        raise UsageError(
            f"expected at least 2 articles and a share from 0 to 1, got min_articles {min_articles} and min_share"
            f" {min_share}."
        )
    paths = list_paths(paths)
    sources = find_files(paths, options)
    if guard:
        guard(sources, Suite("mine", ()))
    file = Path(output) if output is not None else None
    old = _old(file) if file else None
    shared = Memory(memory)
    lines, articles = Spool(shared), Spool(shared)
    try:
        chunks = read_files(sources, mapped=mapped, stdin=stdin, chunk_bytes=even_chunks(sources, CORES))
        read, rejected = _spool(chunks, lines, articles)
        expect_articles(read, paths, rejected)
        found = candidates(lines.scan(), articles.scan(), min_articles, min_share)
        text, new = rules_text(found, old, file=file or Path("rules.yml"))
        if file and text != old:
            write_text(file, text)
        return Mined(found, text, new, read, read - articles.height, tuple(rejected))
    finally:
        lines.close()
        articles.close()


def _spool(chunks: Iterable[Chunk], lines: Spool, articles: Spool) -> tuple[int, list[Rejected]]:
    """Spool the keys of all lines and articles; return how many articles there were, and the rows that were none."""
    read, rejected = 0, list[Rejected]()
    for chunk in chunks:
        rejected += chunk.rejected
        if chunk.articles.height:
            batch = Batch(chunk.articles, first=read)
            lines.put(copy_texts(line_keys(batch)))
            articles.put(article_keys(batch))
            read += chunk.articles.height
    return read, rejected


def _old(file: Path) -> str | None:
    """Return the text of a rule file that is there."""
    if not file.exists():
        return None
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: the rules cannot be read: {error}. Name another file with -o.") from error
