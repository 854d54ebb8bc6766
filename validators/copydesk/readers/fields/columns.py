"""What a caller wants from every file, and the columns of a file that hold it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from copydesk.errors import MappingError, did_you_mean
from copydesk.model.article import FIELDS, candidates, list_names
from copydesk.readers.fields.article_columns import RESERVED, Columns
from copydesk.readers.fields.paths import key_of, value_of
from copydesk.readers.fields.recognition import recognise_columns
from copydesk.readers.layouts import NO_LAYOUT, Layout

__all__ = ["RESERVED", "Columns", "Wanted"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller wants from every file.

    mapped: field to column, where the user named the column.
    extra: columns to carry along.
    html: fields whose values are HTML.
    extract: what finds the text where they are whole pages, see `copydesk.readers.files.source.ReadOptions`.
    layout: how the files of a known set are read; its columns stand where the user named none.
    """

    mapped: Mapping[str, str] = field(default_factory=dict)
    extra: Collection[str] = ()
    html: tuple[str, ...] = ()
    extract: str = "resiliparse"
    layout: Layout = NO_LAYOUT

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

    def find(self, there: Iterable[str], file: str, records: Sequence[Mapping[str, Any]] = ()) -> Columns:
        """Find the wanted columns among those that are there.

        Args:
            there: the names of the columns.
            file: the file.
            records: the first records; what they hold decides where names do not.

        Raises:
            MappingError: no column holds the body, or a mapped or extra column is not there.
        """
        names = list(dict.fromkeys(there))
        mapped = self.mapped_in(names, records)
        if "body" in self.layout.columns and "body" not in mapped:
            expected = " or ".join(self.layout.columns["body"])
            raise MappingError(
                f"{file}: no file of the layout {self.layout.name!r}: expected the body in {expected}, which is not"
                f" there. The columns are {list_names(names)}. Name it with --map body=COLUMN, or leave --layout out."
            )
        columns = recognise_columns(names, records, mapped=mapped, extra=self.extra, file=file, html=self.html)
        return replace(columns, extract=self.extract)

    @property
    def named(self) -> list[str]:
        """The columns and paths that the user or the layout names."""
        return [*self.mapped.values(), *(column for columns in self.layout.columns.values() for column in columns)]

    def mapped_in(self, names: Collection[str], records: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        """Return field to column: what the user mapped, and what the layout says of columns that are there."""
        records = list(records)
        mapped = dict(self.mapped)
        for name, columns in self.layout.columns.items():
            found = (c for c in columns if c in names or any(value_of(record, c) is not None for record in records))
            if name not in mapped and (column := next(found, None)) is not None:
                mapped[name] = column
        return mapped

    def asked(self, there: Sequence[str]) -> list[str]:
        """Return the columns among those that are there that a field may be read from; all, if none may be the body."""
        known = candidates(there, {})
        if not known["body"] and not {"body"} & {*self.mapped, *self.layout.columns}:
            return list(there)
        named = {column for columns in known.values() for column in columns}
        named |= {*self.extra, *self.named, *map(key_of, self.named)}
        return [name for name in there if name in named]
