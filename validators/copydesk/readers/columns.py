"""Which columns of a file are read, and the frame of articles made from them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from copydesk.errors import MappingError, did_you_mean
from copydesk.lazy import pl
from copydesk.model.article import FIELDS, recognise

__all__ = ["RESERVED", "Columns", "Wanted"]

#: Columns that every frame of articles has of its own.
RESERVED = ("file", "row", "line")

#: Fields in which the items of a list are paragraphs. In other fields they are names.
_OF_PARAGRAPHS = ("body", "standfirst")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one file that are read.

    file: the file, as the user would name it.
    fields: each field, and the column that holds it.
    extra: columns that the suite uses, which are carried along as they are.
    """

    file: str
    fields: dict[str, str]
    extra: tuple[str, ...] = ()

    @property
    def needed(self) -> list[str]:
        """The columns to read from the file, each once."""
        return list(dict.fromkeys([*self.fields.values(), *self.extra]))

    def separators(self) -> dict[str, str]:
        """Return for each needed column what joins the items of a list: a line end in text, a comma elsewhere."""
        of_paragraphs = {self.fields.get(name) for name in _OF_PARAGRAPHS}
        return {column: "\n" if column in of_paragraphs else ", " for column in self.needed}

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
        count = len(rows)
        lines = pl.Series([None], dtype=pl.Int64).new_from_index(0, count) if lines is None else lines
        return pl.DataFrame(
            {
                # Not pl.repeat, which takes ten times as long: that matters where files are small.
                "file": pl.Series([self.file]).new_from_index(0, count),
                "row": rows,
                "line": lines,
                **{name: values[column] for name, column in self.fields.items()},
                **{column: own[column] for column in self.extra},
            }
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller wants from every file.

    mapped: field to column, where the user named the column.
    extra: columns to carry along.
    """

    mapped: Mapping[str, str] = field(default_factory=dict)
    extra: Collection[str] = ()

    def __post_init__(self) -> None:
        for name in self.extra:
            if name in RESERVED:
                raise MappingError(
                    f"{name!r} is a column of copydesk itself. The suite cannot use a column of the data of that name:"
                    " rename it in the data."
                )
        for name in self.mapped:
            if name not in FIELDS:
                hint = did_you_mean(name, FIELDS) or f" The fields are {', '.join(FIELDS)}."
                raise MappingError(f"{name!r} is not a field.{hint}")

    def find(self, there: Iterable[str], file: str) -> Columns:
        """Find the wanted columns among those that are there.

        Raises:
            MappingError: no column holds the body, or a mapped or extra column is not there.
        """
        there = list(dict.fromkeys(there))
        fields = recognise(there, mapped=self.mapped, file=file)
        # An extra column of a field's name is that field, whatever column it is read from.
        extra = tuple(dict.fromkeys(name for name in self.extra if name not in fields))
        for name in extra:
            if name not in there:
                raise MappingError(
                    f"{file}: has no column {name!r}, which the suite uses.{did_you_mean(name, there)}"
                    f" The columns are {', '.join(there)}."
                )
        return Columns(file, fields, extra)
