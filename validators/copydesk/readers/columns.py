"""What a caller wants from every file, and the columns of a file that hold it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from copydesk.errors import MappingError, did_you_mean
from copydesk.model.article import FIELDS, candidates
from copydesk.readers.layout import RESERVED, Columns
from copydesk.readers.paths import key_of
from copydesk.readers.recognition import recognise_columns

__all__ = ["RESERVED", "Columns", "Wanted"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller wants from every file.

    mapped: field to column, where the user named the column.
    extra: columns to carry along.
    html: fields whose values are HTML.
    extract: what finds the text where they are whole pages, see `copydesk.readers.source.ReadOptions`.
    """

    mapped: Mapping[str, str] = field(default_factory=dict)
    extra: Collection[str] = ()
    html: tuple[str, ...] = ()
    extract: str = "resiliparse"

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
        columns = recognise_columns(names, records, mapped=self.mapped, extra=self.extra, file=file, html=self.html)
        return replace(columns, extract=self.extract)

    def asked(self, there: Sequence[str]) -> list[str]:
        """Return the columns among those that are there that a field may be read from; all, if none may be the body."""
        known = candidates(there, {})
        if not known["body"] and "body" not in self.mapped:
            return list(there)
        named = {column for columns in known.values() for column in columns}
        named |= {*self.extra, *self.mapped.values(), *map(key_of, self.mapped.values())}
        return [name for name in there if name in named]
