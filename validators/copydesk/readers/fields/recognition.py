"""Which column holds which field, decided by the names of the columns and by what the first records hold.

- Names are compared with `copydesk.model.aliases.ALIASES`. What the user mapped goes before any alias.
- Of several columns that can be the body, the longer one in most records is taken, and the user is told.
- Columns that take turns, as in a file of several schemas, stand in for each other: `Columns.others`.
- Without a body among the columns, objects in them are looked into.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from statistics import median
from typing import Any

from copydesk.errors import MappingError, did_you_mean
from copydesk.model.aliases import ALIASES, normal_name
from copydesk.model.article import FIELDS, candidates, list_names
from copydesk.model.chunk import Note
from copydesk.readers.fields.article_columns import Columns
from copydesk.readers.fields.bodies import LONGER, body_columns, choice_note, choose_body, no_body_error
from copydesk.readers.fields.html_text import is_declared_html
from copydesk.readers.fields.paths import value_of
from copydesk.readers.fields.sample import Sample

__all__ = ["expect_columns", "recognise_columns"]

#: Objects beside the text that hold what is known about it: Webz, datatrove and dolma, Elasticsearch, the Guardian.
_CONTAINERS = ("metadata", "meta", "thread", "fields", "attributes", "_source", "article", "document", "doc", "info")

#: Fields in which a number is the key of another table, and no name.
_OF_NAMES = ("byline", "section", "publisher", "keywords")

#: A headline has at most so many words, a name of a publisher at most so many.
_HEADLINE_WORDS, _NAME_WORDS = 20, 4

#: How a teaser ends that was cut.
_CUT = ("…", "...", "chars]", "[…]")


def recognise_columns(
    names: Sequence[str],
    records: Sequence[Mapping[str, Any]],
    *,
    mapped: Mapping[str, str],
    extra: Collection[str],
    file: str,
    html: Collection[str] = (),
) -> Columns:
    """Return the columns of a file that are read.

    Args:
        names: the columns, or the keys of the records.
        records: the first records, as many as are at hand; without any, names alone decide.
        mapped: field to column or path, from the user.
        extra: columns to carry along.
        file: the file, for messages.
        html: fields whose values are HTML.

    Raises:
        MappingError: no column holds the body, or a mapped or extra column is not there.
    """
    sample = Sample(records)
    expect_columns(names, sample, mapped, file)
    known = candidates(names, mapped)
    notes: list[str] = []
    bodies = body_columns(known["body"], sample, mapped)
    if not bodies:
        raise no_body_error(names, known["body"], sample, file)
    container = bodies[0].rpartition(".")[0] if bodies[0] not in names and "body" not in mapped else None
    body, others, ignored = choose_body(bodies, sample)
    if ignored and (note := choice_note(body, ignored, sample)):
        notes.append(note)
    chosen = {
        field: _choose(field, known[field], mapped, container, sample, notes) for field in FIELDS if field != "body"
    }
    chosen = {"body": (body, *others)} | {field: columns for field, columns in chosen.items() if columns}
    fields = {field: columns[0] for field, columns in chosen.items()}
    alternatives = {field: columns[1:] for field, columns in chosen.items() if len(columns) > 1}
    _place_ignored(fields, ignored, sample, notes)
    if "publisher" not in fields and (outlet := _outlet(known["headline"], sample)):
        fields["publisher"] = outlet
    fields = {field: fields[field] for field in FIELDS if field in fields}
    of_html = _html_columns(fields, alternatives, html)
    words = frozenset(column for column in (body, *others) if sample.holds_words(column))
    notes += [f"{column} holds lists of words, which spaces join" for column in sorted(words)]
    if body not in of_html and sample.is_html(body):
        notes.append(f"{body} holds HTML, and is read as it is; --html body reads its text")
    return Columns(
        file,
        fields,
        _extra(names, extra, fields, file),
        others=alternatives,
        ignored=tuple(ignored),
        paths=frozenset(c for c in (*fields.values(), *sum(alternatives.values(), ())) if c not in names),
        notes=tuple(Note(file, text) for text in notes),
        html=of_html,
        words=words,
    )


def expect_columns(names: Sequence[str], sample: Sample, mapped: Mapping[str, str], file: str) -> None:
    """Raise a MappingError for a mapped column that is neither there nor a path to a value."""
    for field, column in mapped.items():
        if column in names or any(value_of(record, column) is not None for record in sample.records):
            continue
        paths = sample.paths
        hint = did_you_mean(column, [*names, *paths])
        below = f" In objects there are {list_names(paths)}." if paths else ""
        raise MappingError(
            f"{file}: --map {field}={column}: there is no column {column!r}.{hint}"
            f" The columns are {list_names(names)}.{below}"
        )


def _extra(names: Sequence[str], extra: Collection[str], fields: Mapping[str, str], file: str) -> tuple[str, ...]:
    """Return the extra columns; one of a field's name is that field, whatever column it is read from."""
    wanted = tuple(dict.fromkeys(name for name in extra if name not in fields))
    for name in wanted:
        if name not in names:
            raise MappingError(
                f"{file}: has no column {name!r}, which the suite uses.{did_you_mean(name, names)}"
                f" The columns are {list_names(names)}."
            )
    return wanted


def _html_columns(
    fields: Mapping[str, str], alternatives: Mapping[str, tuple[str, ...]], html: Collection[str]
) -> frozenset[str]:
    """Return the columns whose values are HTML: those of the fields of which that was said, and those that say so."""
    return frozenset(
        column
        for field, first in fields.items()
        for column in (first, *alternatives.get(field, ()))
        if field in html or is_declared_html(column)
    )


def _choose(
    field: str,
    known: Sequence[str],
    mapped: Mapping[str, str],
    container: str | None,
    sample: Sample,
    notes: list[str],
) -> tuple[str, ...]:
    """Return the column of a field, and those that stand in where it is empty; nothing where there is none."""
    usable = [c for c in known if field in mapped or _is_usable(field, c, known, sample, notes)]
    if not usable and field not in mapped:
        usable = _in_containers(field, container, sample)
    filled = [c for c in usable if sample.is_filled(c)] or usable
    return (*filled[:1], *(c for c in filled[1:] if sample.stands_in(c, filled[0])))


def _is_usable(field: str, column: str, known: Sequence[str], sample: Sample, notes: list[str]) -> bool:
    """Say whether a column of a known name can hold a field, by what is in it."""
    if not sample.is_filled(column):
        return True
    if normal_name(column) == "name" and field == "headline":
        return len(known) == 1 and _is_headline(column, sample)
    if not sample.is_readable(column):
        keys = [path for path in sample.paths if path.startswith((f"{column}.", f"{column}[]"))]
        notes.append(f"{column} holds objects, and {field} is not read from it; --map {field}={(keys or [column])[0]}")
        return False
    if field in _OF_NAMES and sample.holds_numbers(column):
        notes.append(f"{column} holds numbers, and {field} is not read from it; --map {field}={column} does so")
        return False
    return True


def _is_headline(column: str, sample: Sample) -> bool:
    """Say whether the column 'name' holds headlines, and not the names of papers, which come again and again."""
    texts = sample.filled(column)
    return median(len(text.split()) for text in texts) > _NAME_WORDS or len(set(texts)) > max(len(texts) / 2, 1)


def _outlet(headlines: Sequence[str], sample: Sample) -> str | None:
    """Return the column 'name' if it holds the names of papers."""
    named = [c for c in headlines if normal_name(c) == "name" and sample.is_filled(c) and len(headlines) == 1]
    return named[0] if named and not _is_headline(named[0], sample) else None


def _place_ignored(fields: dict[str, str], ignored: Sequence[str], sample: Sample, notes: list[str]) -> None:
    """Take a column that could be the body, but is shorter, as headline or standfirst, where there is none."""
    for column in ignored:
        texts = sample.filled(column)
        if not texts or sample.is_html(column) or sum(t.rstrip().endswith(_CUT) for t in texts) > len(texts) / 2:
            continue
        is_short = median(len(text.split()) for text in texts) <= _HEADLINE_WORDS
        is_line = is_short and not any("\n" in text.strip() for text in texts)
        field = "headline" if is_line and "headline" not in fields else "standfirst"
        if field not in fields and sample.is_longer(fields["body"], column, LONGER):
            fields[field] = column
            notes.append(f"{field} is read from {column}")


def _in_containers(field: str, container: str | None, sample: Sample) -> list[str]:
    """Return the paths of a field in the object that holds the body, or in one that holds metadata."""
    paths = sample.paths
    prefixes = [] if container is None else [container]
    prefixes += [f"{container}.{name}" for name in _CONTAINERS if container is not None]
    prefixes += [name for name in _CONTAINERS if name != container]
    for prefix in prefixes:
        below = {
            normal_name(path[len(prefix) + 1 :].removesuffix("[]")): path
            for path in paths
            if path.startswith(f"{prefix}.") and "." not in path[len(prefix) + 1 :]
        }
        # An object below stands for its text: `unwrap` takes it.
        below |= {
            normal_name(key): f"{prefix}.{key}"
            for path in paths
            if path.startswith(f"{prefix}.") and "." in (rest := path[len(prefix) + 1 :])
            for key in [rest.partition(".")[0].removesuffix("[]")]
        }
        names = [n for n in map(normal_name, ALIASES[field]) if n != "name"]
        found = [below[n] for n in names if n in below and sample.is_readable(below[n]) and sample.is_filled(below[n])]
        if field in _OF_NAMES:
            found = [path for path in found if not sample.holds_numbers(path)]
        if found:
            return found
    return []
