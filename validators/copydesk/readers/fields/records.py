"""Reads the texts of one JSON record after the other, as the layout of their file says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.model.article import FIELDS, candidates, list_names
from copydesk.readers.fields.article_columns import Columns
from copydesk.readers.fields.json_values import UnreadableError, texts

__all__ = ["Records"]


class Records:
    """The records of a file.

    A record without a body may be of another schema than the first ones: then all columns of known names are tried.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._forms = columns.forms()
        self._places = {column: place for place, column in enumerate(columns.needed)}
        self._bodies = self._places_of("body")
        others = columns.fields.items()
        self._own = {field: self._places[column] for field, column in others if self._is_its_own(field, column)}

    def texts(self, record: Mapping[str, Any]) -> list[str | None]:
        """Return the texts of a record, for the needed columns in order.

        Raises:
            UnreadableError: the record has no column of an article, or an object in place of a text.
        """
        found = texts(record, self._forms)
        if not self._bodies or any(found[place] for place in self._bodies):
            return found
        known = candidates([key for key in record if key not in self._columns.ignored], {})
        if record and not any(known.values()) and not any(found):
            raise UnreadableError(f"has no column of an article, but {list_names(record)}")
        for field, columns in known.items():
            place = self._own.get(field)
            if place is None or any(found[p] for p in self._places_of(field)):
                continue
            form = self._forms[self._columns.fields[field]]
            tried = texts(record, dict.fromkeys(columns, form))
            found[place] = next(filter(None, tried), found[place])
        return found

    def _places_of(self, field: str) -> list[int]:
        columns = self._columns
        named = [columns.fields[field]] if field in columns.fields else []
        return [self._places[column] for column in (*named, *columns.others.get(field, ()))]

    def _is_its_own(self, field: str, column: str) -> bool:
        """Say whether no other field is read from a column."""
        return all(column != other for name, other in self._columns.fields.items() if name != field) and field in FIELDS
