"""Repairs taken back by their receipt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copydesk.errors import InputError, OutputError
from copydesk.readers import Source
from copydesk.readers.files.compression import open_stream
from copydesk.readers.formats import BY_SUFFIX, PARQUET
from copydesk.repair.compressing import open_sink
from copydesk.repair.placing import placed
from copydesk.repair.receipt import Entry, articles_of, entries, file_hash

__all__ = ["Undone", "sources_of", "undo_repairs"]

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Undone:
    """A file as it was before its repairs: how many articles were changed back, and whether it is the same as stored.

    same: whether its bytes are those of the original. Where they are not, its content is: another program had
        compressed or written it, in a way that cannot be repeated.
    """

    file: str
    articles: int
    same: bool


def sources_of(receipt: Path) -> list[Source]:
    """Return the repaired files that a receipt names, as sources.

    Raises:
        InputError: one is not there, or is not as it was written.
    """
    sources = []
    found = entries(receipt)
    for entry in found:
        if not entry.output.is_file():
            raise InputError(f"{entry.output}: the receipt names this repaired file, and it is not there.")
        if file_hash(entry.output) != entry.after:
            raise InputError(
                f"{entry.output}: has changed since it was repaired, so that its repairs cannot be taken back."
            )
        size = entry.output.stat().st_size
        name, asked = str(entry.output), len(found) == 1
        sources.append(Source(name, entry.output, entry.format, entry.form.kind, size, entry.relative, asked=asked))
    return sources


def undo_repairs(receipt: Path, output: Path | None = None, *, in_place: bool = False) -> list[Undone]:
    """Take repairs back.

    Args:
        receipt: the receipt of the repairs.
        output: where the originals are written; None to write nothing, and see that it can be done.
        in_place: write the originals over the repaired files.

    Raises:
        InputError: a repaired file is not there, or has changed.
        OutputError: something cannot be written.
    """
    sources = sources_of(receipt)
    undone = []
    with placed(sources, output, in_place=in_place) as place:
        for source, entry in zip(sources, entries(receipt), strict=True):
            target = place(source)
            count = _write(source, entry, receipt, target)
            same = target is None or file_hash(target) == entry.before
            undone.append(Undone(entry.file, count, same))
            if not same and entry.form.kind is None and BY_SUFFIX[entry.format] is not PARQUET:
                raise OutputError(f"{entry.output}: its original cannot be made again: the receipt does not fit it.")
    return undone


def _write(source: Source, entry: Entry, receipt: Path, target: Path | None) -> int:
    if BY_SUFFIX[entry.format] is PARQUET:
        return _write_columns(source, entry, receipt, target)
    count = 0
    with open_stream(source) as stream, open_sink(target, entry.form) as sink:
        at = 0
        for article in articles_of(receipt, entry):
            count += 1
            for start, old, new in article["patches"]:
                while at < start:
                    data = stream.read(min(_BLOCK, start - at))
                    if not data:
                        raise InputError(f"{receipt}: does not fit {source.name}, which ends before byte {start:,}.")
                    sink.write(data)
                    at += len(data)
                is_now = stream.read(len(new.encode()))
                if is_now != new.encode():
                    raise InputError(f"{receipt}: does not fit {source.name} at byte {start:,}.")
                sink.write(old.encode())
                at += len(is_now)
        while data := stream.read(_BLOCK):
            sink.write(data)
    return count


def _write_columns(source: Source, entry: Entry, receipt: Path, target: Path | None) -> int:
    from copydesk.repair.rewriting.parquet import Changes, rewrite_groups

    articles = articles_of(receipt, entry)
    waiting = next(articles, None)
    count = 0

    def change(table: Any, before: int) -> Iterator[tuple[Changes, None]]:
        nonlocal waiting, count
        while waiting is not None and waiting["row"] <= before + table.num_rows:
            row = waiting["row"] - before - 1
            yield {column: {row: value} for column, value in waiting["values"].items()}, None
            count += 1
            waiting = next(articles, None)

    plain = target if target is None or entry.form.kind is None else target.with_name(f"{target.name}.plain")
    with open_stream(source) as stream:
        list(rewrite_groups(stream, plain, change))
    if plain is not None and target is not None and plain != target:
        with plain.open("rb") as file, open_sink(target, entry.form) as sink:
            while data := file.read(_BLOCK):
                sink.write(data)
        plain.unlink()
    return count
