"""A JSON object whose text is kept: only the literals of the strings that change are written anew.

Within a literal, only the characters of a repair change. So escapes elsewhere in it stay as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from copydesk.readers.fields.columns import Columns
from copydesk.readers.fields.json_values import clean, decoder
from copydesk.repair.articles import Repaired
from copydesk.repair.edits import Edit, apply
from copydesk.repair.rewriting.pieces import Patch, RefusedError, checked

__all__ = ["object_patches"]

_SPACE = re.compile(r"[ \t\r\n]*")
#: What stands for one character in a literal: a pair of surrogates, or another escape.
_ESCAPE = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.", re.DOTALL)


def object_patches(text: str, at: int, repaired: Repaired) -> list[Patch]:
    """Return what changes in the text of an object that begins at a place: stretches, and what they become.

    Raises:
        RefusedError: a field is not a string of the object itself, or a list of strings.
    """
    separators = Columns(repaired.file, dict(repaired.columns)).separators()
    columns = {repaired.columns[name]: name for name in repaired.edits}
    values = _values(text, at, columns.keys())
    patches: list[Patch] = []
    for column, field in columns.items():
        if column not in values:
            raise RefusedError("the field is not a key of the record itself")
        start, end, value = values[column]
        if isinstance(value, str):
            checked(repaired, field, clean(value))
            patches += _literal_patches(text, start, end, repaired.edits[field])
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            checked(repaired, field, separators[column].join(map(clean, value)))
            if len(separators[column]) != 1:
                raise RefusedError("the field is a list of names")
            patches += _list_patches(text, start, repaired.before[field], repaired.edits[field])
        else:
            raise RefusedError("the field lies in a nested value")
    return patches


def _values(text: str, at: int, wanted: Collection[str]) -> dict[str, tuple[int, int, Any]]:
    """Return where the values of keys lie in an object, and what they are; of a key given twice the first."""
    values: dict[str, tuple[int, int, Any]] = {}
    at = _after_space(text, at + 1)
    while text[at] != "}":
        if text[at] == ",":
            at = _after_space(text, at + 1)
        key, at = decoder.raw_decode(text, at)
        at = _after_space(text, _after_space(text, at) + 1)  # past the colon
        value, end = decoder.raw_decode(text, at)
        if key in wanted:
            values.setdefault(key, (at, end, value))
        at = _after_space(text, end)
    return values


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _literal_patches(text: str, start: int, end: int, edits: Sequence[Edit]) -> Iterator[Patch]:
    """Yield what changes in a literal that lies between its quotes at `start` and before `end`."""
    inside = text[start + 1 : end - 1]
    escapes = [escape.span() for escape in _ESCAPE.finditer(inside)] if "\\" in inside else []
    done = longer = 0  # how many escapes are before the place, and by how much they are longer than a character

    def place(character: int) -> int:
        nonlocal done, longer
        while done < len(escapes) and escapes[done][0] - longer < character:
            longer += escapes[done][1] - escapes[done][0] - 1
            done += 1
        return start + 1 + character + longer

    for edit in edits:
        yield place(edit.start), place(edit.end), _escaped(edit.new, text)


def _list_patches(text: str, at: int, joined: str, edits: Sequence[Edit]) -> Iterator[Patch]:
    """Yield what changes in a list of strings that begins at a place: `joined` is their text, a line end between."""
    literals = list(_items(text, at))
    first = 0  # of the items that edits have joined
    begins = place = done = 0
    for number, (_, _, item) in enumerate(literals):
        place += len(item) + 1
        while done < len(edits) and edits[done].end <= place - 1:
            done += 1
        joins = done < len(edits) and edits[done].start <= place - 1 < edits[done].end
        if joins and number < len(literals) - 1:
            continue
        own = [e for e in edits if begins <= e.start and e.end < place]
        if own:
            yield from _joined_items(text, literals[first : number + 1], joined[begins : place - 1], begins, own)
        first, begins = number + 1, place


def _joined_items(
    text: str, items: list[tuple[int, int, str]], joined: str, begins: int, edits: Sequence[Edit]
) -> Iterator[Patch]:
    """Yield what changes where items become one."""
    moved = [Edit(e.start - begins, e.end - begins, e.new) for e in edits]
    if len(items) == 1:
        yield from _literal_patches(text, *items[0][:2], moved)
        return
    new = apply(joined, moved)
    same = next((text[start:end] for start, end, item in items if item == new), None)
    yield items[0][0], items[-1][1], same or f'"{_escaped(new, text)}"'


def _items(text: str, at: int) -> Iterator[tuple[int, int, str]]:
    """Yield where the strings of a list lie, and what they are."""
    at = _after_space(text, at + 1)
    while text[at] != "]":
        if text[at] == ",":
            at = _after_space(text, at + 1)
        item, end = decoder.raw_decode(text, at)
        yield at, end, clean(item)
        at = _after_space(text, end)


def _escaped(new: str, record: str) -> str:
    """Return text as it stands within a literal; a record in ASCII stays one."""
    return json.dumps(new, ensure_ascii=record.isascii())[1:-1]
