"""Files written again: each format's pieces go into the new file, and into the receipt."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from copydesk.errors import UsageError
from copydesk.readers import Source
from copydesk.readers.files.compression import Stream, open_stream
from copydesk.readers.files.content import choose_format
from copydesk.readers.formats import BY_SUFFIX, PARQUET
from copydesk.repair.compressing import Form, form_of, open_sink
from copydesk.repair.receipt import Receipt, file_hash
from copydesk.repair.rewriting import delimited, json_array, json_lines, text
from copydesk.repair.rewriting.pieces import Piece, Queue, Record

__all__ = ["expect_formats", "write_file"]

_REWRITE: dict[str, Callable[[Stream, Queue], Iterator[Piece]]] = {
    "copydesk.readers.json.json_lines": json_lines.rewrite,
    "copydesk.readers.json.json_array": json_array.rewrite,
    "copydesk.readers.delimited.separated_values": delimited.rewrite,
    "copydesk.readers.texts.plain_text": text.rewrite,
}
_JSON = "copydesk.readers.json.json_array"
_PARQUET = "copydesk.readers.tables.parquet"


def expect_formats(sources: Sequence[Source]) -> None:
    """Check before the work that files can be read twice and written again.

    Raises:
        UsageError: one is standard input or a pipe, or of a format that is only read.
        InputError: one cannot be opened.
    """
    for source in sources:
        if source.path is None or not source.regular:
            raise UsageError(f"{source.name}: cannot be read twice, as repairs need. Write it to a file first.")
        if source.options.encoding is not None:
            raise UsageError(
                "--encoding: such files can be read, but not written again. Convert them to JSON lines in UTF-8."
            )
        with open_stream(source) as stream:
            held = choose_format(stream)[0]
        if source.options.records is not None and held.module != _JSON:
            raise UsageError(
                f"--records: {source.name} holds {held.title}. Only JSON can be written again where records lie deeper."
                " Convert it to JSON lines with an article each."
            )
        if held.module not in (*_REWRITE, _PARQUET):
            raise UsageError(f"{source.name}: {held.title} can be read, but not written again.")
        if (held is PARQUET) != (BY_SUFFIX[source.format] is PARQUET):
            raise UsageError(f"{source.name}: holds {held.title}. Give it the suffix {held.suffixes[0]} to repair it.")


def write_file(
    source: Source, articles: Queue, target: Path | None, output: Path | None, receipt: Receipt | None
) -> Iterator[Record]:
    """Write a file again, and yield its articles that change.

    Args:
        source: the file.
        articles: its articles that are repaired.
        target: where it is written now; None to write nothing.
        output: where it will be, for the receipt.
        receipt: what is changed goes there.
    """
    assert source.path is not None
    if articles.is_empty and target is not None:
        shutil.copyfile(source.path, target)
    form = form_of(source.path, source.compression) if target else Form(source.compression)
    if not articles.is_empty:
        write = _columns if BY_SUFFIX[source.format].module == _PARQUET else _bytes
        yield from write(source, articles, target, form, receipt)
        while (lost := articles.peek()) is not None:
            articles.take(lost.row)
            yield Record(lost, (), "the record was not found where the reader read it")
    if receipt is not None and target is not None and output is not None:
        receipt.file(source, output, file_hash(source.path), file_hash(target), form)


def _bytes(
    source: Source, articles: Queue, target: Path | None, form: Form, receipt: Receipt | None
) -> Iterator[Record]:
    with open_stream(source) as stream, open_sink(target, form) as sink:
        rewrite = _REWRITE[choose_format(stream)[0].module]
        for piece in rewrite(stream, articles):
            if isinstance(piece, bytes):
                sink.write(piece)
                continue
            patches = []
            for old, new in piece.parts:
                if old != new:
                    patches.append((sink.size, old.decode(), new.decode()))
                sink.write(new)
            if receipt is not None and piece.refused is None:
                receipt.article(piece, patches)
            yield piece


def _columns(
    source: Source, articles: Queue, target: Path | None, form: Form, receipt: Receipt | None
) -> Iterator[Record]:
    from copydesk.repair.rewriting.parquet import changes_of, rewrite_groups

    plain = target if target is None or form.kind is None else target.with_name(f"{target.name}.plain")
    with open_stream(source) as stream:
        for record in rewrite_groups(stream, plain, partial(changes_of, articles=articles)):
            if receipt is not None and record.refused is None:
                receipt.article(record, [])
            yield record
    if plain is not None and target is not None and plain != target:
        with plain.open("rb") as file, open_sink(target, form) as sink:
            while data := file.read(1 << 20):
                sink.write(data)
        plain.unlink()
