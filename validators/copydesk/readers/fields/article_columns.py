"""The columns of a file that are read, and the frame of articles made from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from copydesk.lazy import pl
from copydesk.model.article import FIELDS
from copydesk.model.chunk import Note
from copydesk.readers.fields.html_text import converted
from copydesk.readers.fields.paths import key_of
from copydesk.readers.web.page import text_of

__all__ = ["RESERVED", "Columns"]

#: Columns that every frame of articles has of its own.
RESERVED = ("file", "row", "line")

#: Fields in which the items of a list are paragraphs. In other fields they are names.
_OF_PARAGRAPHS = ("body", "standfirst")

#: Fields whose text must not be guessed: an object in which no text is known makes the record unreadable.
_OF_TEXT = ("body", "headline", "standfirst")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one file that are read.

    file: the file, as the user would name it.
    fields: each field, and the column that holds it.
    extra: columns that the suite uses, which are carried along as they are.
    others: columns that stand in where the one of a field is empty, best first.
    ignored: columns that have the name of a body, and hold something else.
    paths: the columns that are no keys of a record, but paths into it.
    notes: what was decided in choosing the columns.
    html: the columns that hold HTML, which becomes text.
    extract: what finds the text of whole pages in them, see `copydesk.readers.files.source.ReadOptions`.
    words: the columns whose lists hold words, and no paragraphs.
    """

    file: str
    fields: dict[str, str]
    extra: tuple[str, ...] = ()
    others: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    paths: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()
    html: frozenset[str] = frozenset()
    extract: str = "resiliparse"
    words: frozenset[str] = frozenset()

    @property
    def needed(self) -> list[str]:
        """The columns to read from the file, each once."""
        others = [column for columns in self.others.values() for column in columns]
        return list(dict.fromkeys([*self.fields.values(), *others, *self.extra]))

    @property
    def keys(self) -> list[str]:
        """The columns of the file that must be read for those: where one is a path, the key at which it starts."""
        return list(dict.fromkeys(key_of(c) if c in self.paths else c for c in self.needed))

    def separators(self) -> dict[str, str]:
        """Return what joins the items of a list in each needed column.

        It is a line end between paragraphs, a space between words, and a comma in other fields.
        """
        of_paragraphs = self._columns_of(_OF_PARAGRAPHS) - self.words
        return {c: "\n" if c in of_paragraphs else " " if c in self.words else ", " for c in self.needed}

    def forms(self) -> dict[str, tuple[str, str]]:
        """Return for each needed column what joins the items of a list, and what its values are for.

        These are the `columns` of `copydesk.readers.fields.json_values.texts`.
        """
        of_text, of_names = self._columns_of(_OF_TEXT), self._columns_of(FIELDS)
        return {
            column: (separator, "text" if column in of_text else "name" if column in of_names else "extra")
            for column, separator in self.separators().items()
        }

    def _columns_of(self, fields: Iterable[str]) -> set[str]:
        return {c for name in fields if name in self.fields for c in (self.fields[name], *self.others.get(name, ()))}

    def frame(
        self,
        values: pl.DataFrame,
        rows: pl.Series,
        lines: pl.Series | None,
        *,
        own: pl.DataFrame | None = None,
    ) -> pl.DataFrame:
        """Make the frame of articles: file, row, line, the fields, the extra columns.

        Args:
            values: the needed columns as text.
            rows: the number of each record in the file, from 1.
            lines: the line on which each starts, from 1; None where the format has no lines.
            own: the needed columns in their own types, where the format has types.
        """
        own = values if own is None else own
        if self.html:
            values = values.with_columns(self._text_of_html(values[column]) for column in values.columns)
        count = len(rows)
        lines = pl.Series([None], dtype=pl.Int64).new_from_index(0, count) if lines is None else lines
        return pl.DataFrame(
            {
                # Not pl.repeat, which takes ten times as long: that matters where files are small.
                "file": pl.Series([self.file]).new_from_index(0, count),
                "row": rows,
                "line": lines,
                **{name: _filled(values, [column, *self.others.get(name, ())]) for name, column in self.fields.items()},
                **{column: own[column] for column in self.extra},
            }
        )

    def _text_of_html(self, values: pl.Series) -> pl.Series:
        if values.name not in self.html:
            return values
        return converted(values, lambda html: text_of(html, self.extract, self.file))


def _filled(values: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """Return the first column; where it is empty, the first of the others that is not."""
    first = values[columns[0]]
    if len(columns) == 1 or not (first.null_count() or (first == "").any()):
        return first
    texts = [pl.when(pl.col(column) != "").then(pl.col(column)) for column in columns]
    return values.select(pl.coalesce(*texts, columns[0]).alias(columns[0])).to_series()
