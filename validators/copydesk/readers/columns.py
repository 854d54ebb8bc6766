"""Which columns of a file are wanted, and the frame that is made of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from copydesk.errors import MappingError, did_you_mean
from copydesk.model.article import FIELDS, recognise

__all__ = ["RESERVED", "Columns", "Wanted"]

#: Columns that every frame of articles has of its own.
RESERVED = ("file", "row", "line")

# Fields in which the items of a list are paragraphs; elsewhere they are names.
_OF_PARAGRAPHS = ("body", "standfirst")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one file that are read: of the fields (field to column), and extra ones as they are."""

    file: str
    fields: dict[str, str]
    extra: tuple[str, ...] = ()

    @property
    def needed(self) -> list[str]:
        """The columns to read from the file, each once."""
        return list(dict.fromkeys([*self.fields.values(), *self.extra]))

    def separators(self) -> dict[str, str]:
        """Say for each needed column what joins the items of a list: a line end in text, else a comma."""
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
                # Not pl.repeat, which takes ten times as long: it tells where files are small.
                "file": pl.Series([self.file]).new_from_index(0, count),
                "row": rows,
                "line": lines,
                **{name: values[column] for name, column in self.fields.items()},
                **{column: own[column] for column in self.extra},
            }
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller wants of every file: a map from field to column, and extra columns to carry along."""

    mapped: Mapping[str, str] = field(default_factory=dict)
    extra: Collection[str] = ()

    def __post_init__(self) -> None:
        for name in self.extra:
            if name in RESERVED:
                raise MappingError(
                    f"{name!r}: a column of the data cannot be carried along under this name,"
                    " copydesk uses it itself. Rename the column in the data."
                )
        for name in self.mapped:
            if name not in FIELDS:
                raise MappingError(f"{name!r} is no field of an article.{did_you_mean(name, FIELDS)}")

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
                    f"{file}: the suite uses a column {name!r} that is not there.{did_you_mean(name, there)}"
                    f" The columns are {', '.join(there)}."
                )
        return Columns(file, fields, extra)
