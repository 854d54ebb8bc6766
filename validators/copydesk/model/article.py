"""The article: the fields that every reader gives, and the names of their columns in the output of scrapers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from copydesk.errors import MappingError, did_you_mean
from copydesk.model.aliases import ALIASES, WRAPPERS, normal_name

__all__ = ["ALIASES", "FIELDS", "MEASURES", "candidates", "list_names", "parse_map", "recognise"]

#: The fields of an article, all text, in the terms of schema.org NewsArticle and IPTC ninjs.
FIELDS = (
    "id",
    "url",
    "publisher",
    "headline",
    "standfirst",
    "byline",
    "body",
    "published",
    "modified",
    "section",
    "language",
    "keywords",
)

#: How many column names a message lists, and how many characters of each.
_MOST_NAMES, _LONGEST_NAME = 40, 48

#: Measures of a body that any suite may name, see `copydesk.checks.batch.Batch.measures`.
MEASURES = ("chars", "words", "paragraphs")

#: The aliases of each field, each with its normal name: a folder of small files asks for them once a file.
_NORMAL_ALIASES = {field: [(alias, normal_name(alias)) for alias in aliases] for field, aliases in ALIASES.items()}


def parse_map(entries: Iterable[str]) -> dict[str, str]:
    """Read FIELD=COLUMN entries of the command line into a map from field to column.

    Raises:
        MappingError: an entry without '=', an unknown field, or a field given twice.

    >>> parse_map(["body=text", "headline=t"])
    {'body': 'text', 'headline': 't'}
    """
    columns: dict[str, str] = {}
    for entry in entries:
        field, sign, column = entry.partition("=")
        if not sign or not column:
            raise MappingError(f"--map {entry}: expected FIELD=COLUMN, for example --map body=text.")
        if field not in FIELDS:
            raise MappingError(
                f"--map {entry}: {field!r} is not a field.{did_you_mean(field, FIELDS)}"
                f" The fields are {', '.join(FIELDS)}."
            )
        if field in columns:
            raise MappingError(f"--map {entry}: {field!r} is already mapped to {columns[field]!r}. Map it once.")
        columns[field] = column
    return columns


def recognise(
    columns: Iterable[str], *, mapped: Mapping[str, str] | None = None, file: str = "the data"
) -> dict[str, str]:
    """Return the column of each field.

    Args:
        columns: the column names of the data.
        mapped: field to column, from --map; it goes before any alias.
        file: the name for an error.

    Returns:
        Field to column, in the order of FIELDS; only fields that have a column.

    Raises:
        MappingError: a mapped column does not exist, or no column has the body.

    >>> recognise(["Title", "text", "lang"])
    {'headline': 'Title', 'body': 'text', 'language': 'lang'}
    """
    names = list(dict.fromkeys(columns))
    mapped = mapped or {}
    for field, column in mapped.items():
        if column not in names:
            raise MappingError(
                f"{file}: --map {field}={column}: there is no column {column!r}.{did_you_mean(column, names)}"
                f" The columns are {list_names(names)}."
            )
    known = candidates(names, mapped)
    recognised = {field: next(iter(known[field]), None) for field in FIELDS}
    by_field = {field: column for field, column in recognised.items() if column is not None}
    if "body" not in by_field:
        raise MappingError(
            f"{file}: no column has a known name for the text of the articles. The columns are"
            f" {list_names(names)}. Name it with --map body=COLUMN."
        )
    return by_field


def candidates(columns: Iterable[str], mapped: Mapping[str, str]) -> dict[str, list[str]]:
    """Return for each field the columns that may hold it, best first: the mapped one alone, or those with an alias.

    >>> candidates(["Article Text", "content", "id"], {"id": "x"})["body"]
    ['content', 'Article Text']
    """
    taken = set(mapped.values())
    by_name: dict[str, list[str]] = {}
    wrapped: dict[str, list[str]] = {}
    for column in columns:
        if column in taken:
            continue
        if not column.startswith("_") or column == "_id":  # '_source' is the article in Elasticsearch, and no source
            by_name.setdefault(normal_name(column), []).append(column)
        base, _, leaf = column.rpartition(".")
        if base and leaf in WRAPPERS:
            wrapped.setdefault(normal_name(base), []).append(column)
    known: dict[str, list[str]] = {}
    for field in FIELDS:
        aliases = [] if field in mapped else _NORMAL_ALIASES[field]
        same = [c for alias, normal in aliases for c in _best_first(by_name.get(normal, []), alias)]
        below = [c for _, normal in aliases for c in wrapped.get(normal, ())] if wrapped else []
        known[field] = [mapped[field]] if field in mapped else list(dict.fromkeys(same + below))
    return known


def _best_first(columns: list[str], alias: str) -> list[str]:
    """Return columns of one normal name, first those that are written as the alias is."""
    return sorted(columns, key=lambda column: column.lower() != alias.lower()) if len(columns) > 1 else columns


def list_names(names: Iterable[str]) -> str:
    """Return column names for a message: the first of them, each cut if it is long, as one is that is an article.

    >>> list_names([])
    'none'
    """
    names = list(names)
    shown = [name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…" for name in names[:_MOST_NAMES]]
    rest = f" and {len(names) - _MOST_NAMES:,} more" if len(names) > _MOST_NAMES else ""
    return (", ".join(" ".join(name.split()) for name in shown) or "none") + rest
