"""The first records of a file, asked what their columns hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from statistics import median
from typing import Any

from copydesk.readers.fields.json_values import UnreadableError, unwrap
from copydesk.readers.fields.paths import dotted_paths, value_of

__all__ = ["Sample"]

#: How many records are looked at, spread over those at hand, and in how many of them objects are looked into.
_RECORDS, _DEEP = 200, 50

_TAG = re.compile(r"<[^<>]{1,200}>")
_PARAGRAPH = re.compile(r"(?i)<(?:p|div|br|h[1-6])[\s/>]|<!doctype html")
_NUMBERS = re.compile(r"[\d\s,.;|]+")
_ADDRESS = re.compile(r"\s*(?:https?:)?//\S+\s*")

#: A text of at least so many words is prose; a column is of prose if half of its texts are.
_PROSE_WORDS = 4

#: A list has words instead of paragraphs if it has so many items, of which this share are so short, without a space.
_FEWEST, _LONGEST_WORD, _MOSTLY = 10, 20, 0.9
_SPACE = re.compile(r"\s")


class Sample:
    """Some records, of objects.

    A column is a key or a path, see `copydesk.readers.fields.paths`. What cannot be read as text counts as there.
    """

    def __init__(self, records: Sequence[Mapping[str, Any]]) -> None:
        step = max(1, -(-len(records) // _RECORDS))
        self.records = records[::step]
        self._texts: dict[str, list[str | None]] = {}
        self._faults: dict[str, list[str]] = {}

    @cached_property
    def paths(self) -> list[str]:
        """The paths to the values in objects."""
        return dotted_paths(self.records[:_DEEP])

    def texts(self, column: str) -> list[str | None]:
        """Return the text of the column in each record."""
        if column not in self._texts:
            texts: list[str | None] = []
            faults = self._faults.setdefault(column, [])
            for record in self.records:
                value = value_of(record, column)
                if value is None or isinstance(value, str):
                    texts.append(value)
                    continue
                try:
                    texts.append(unwrap(value, separator="\n", names=True))
                except UnreadableError as error:
                    texts.append(None)
                    faults.append(str(error))
            self._texts[column] = texts
        return self._texts[column]

    def filled(self, column: str) -> list[str]:
        """Return the texts of the column that are not empty."""
        return [text for text in self.texts(column) if text and not text.isspace()]

    def is_filled(self, column: str) -> bool:
        """Say whether a record has a value in the column."""
        return bool(self.filled(column)) or bool(self._faults[column])

    def is_readable(self, column: str) -> bool:
        """Say whether no more values of the column are objects without a known text than are texts."""
        texts = sum(text is not None for text in self.texts(column))
        return texts >= len(self._faults[column])

    def fault(self, column: str) -> str:
        """Say why the column cannot be read."""
        self.texts(column)
        return next(iter(self._faults[column]), "it is empty")

    def median_length(self, column: str) -> int:
        """Return the median length of the texts of the column, in characters, tags left out; 0 without any."""
        return int(median(map(_length, self.filled(column)))) if self.filled(column) else 0

    def is_longer(self, column: str, other: str, times: float) -> bool:
        """Say whether the column is so many times longer than another in most records that have both."""
        both = self._both(column, other)
        longer = sum(_length(one) > times * _length(two) for one, two in both)
        return bool(both) and longer > len(both) / 2

    def stands_in(self, column: str, first: str) -> bool:
        """Say whether the column has a text where the first one has none, and seldom one beside it."""
        texts = zip(self.texts(column), self.texts(first), strict=True)
        return any(text and not before for text, before in texts) and self.takes_turns(column, first)

    def takes_turns(self, column: str, first: str) -> bool:
        """Say whether the column is empty in at least half of the records in which the first one is not."""
        return 2 * len(self._both(column, first)) <= len(self.filled(first))

    def is_html(self, column: str) -> bool:
        """Say whether most texts of the column hold tags of paragraphs."""
        texts = self.filled(column)
        return bool(texts) and sum(bool(_PARAGRAPH.search(text[:2000])) for text in texts) > len(texts) / 2

    def holds_words(self, column: str) -> bool:
        """Say whether the lists in the column hold words, as a tokenizer gives them, and no paragraphs."""
        values = [value_of(record, column) for record in self.records]
        lists = [v for v in values if isinstance(v, list) and len(v) >= _FEWEST and all(isinstance(i, str) for i in v)]
        words = [sum(len(i) <= _LONGEST_WORD and not _SPACE.search(i) for i in items) / len(items) for items in lists]
        return bool(words) and median(words) >= _MOSTLY and 2 * len(lists) > sum(map(bool, values))

    def holds_numbers(self, column: str) -> bool:
        """Say whether all values of the column are numbers, or lists of them; digits in a string are a text."""
        if any(isinstance(value_of(record, column), str) for record in self.records):
            return False
        texts = self.filled(column)
        return bool(texts) and all(_NUMBERS.fullmatch(text) for text in texts)

    def is_prose(self, column: str) -> bool:
        """Say whether the column holds words, and no addresses."""
        texts = self.filled(column)
        return bool(texts) and median(0 if _ADDRESS.fullmatch(t) else len(t.split()) for t in texts) >= _PROSE_WORDS

    def _both(self, column: str, other: str) -> list[tuple[str, str]]:
        pairs = zip(self.texts(column), self.texts(other), strict=True)
        return [(one, two) for one, two in pairs if one and two and not one.isspace() and not two.isspace()]


def _length(text: str) -> int:
    return len(_TAG.sub("", text)) if "<" in text else len(text)
