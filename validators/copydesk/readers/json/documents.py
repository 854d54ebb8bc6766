"""Where the articles are in a JSON document that is no plain array of them.

Known are: one article; an object that wraps an array of articles, as interfaces answer (NewsAPI, Guardian, New York
Times, Webz, Event Registry, Elasticsearch, JSON Feed); JSON-LD with an '@graph' or an ItemList; what pandas writes by
columns, by rows ('split', 'table', 'index'), and `datasets.Dataset.to_dict`; articles keyed by their id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from copydesk.errors import InputError, WithoutTextError
from copydesk.model.aliases import ALIASES, normal_name
from copydesk.model.article import candidates
from copydesk.readers.fields.bodies import body_columns
from copydesk.readers.fields.paths import follow
from copydesk.readers.fields.sample import Sample
from copydesk.readers.files.source import check_command

__all__ = ["articles_of", "records_at"]

#: How deep objects are looked into for arrays, and how many items of each are looked at.
_DEEPEST, _SAMPLED = 4, 50

_KNOWN = {normal_name(alias) for aliases in ALIASES.values() for alias in aliases}
_BODY_NAMES = frozenset(map(normal_name, ALIASES["body"]))

#: What the key of an array says if its items belong to the one article beside it.
_OF_ONE_ARTICLE = ("comments", "related", "replies", "images", "media", "blocks", "sections", "elements", "corrections")

#: Kinds of items in news feeds that have no text (`type` in ninjs, `@type` in JSON-LD).
_WITHOUT_TEXT = ("picture", "image", "photo", "graphic", "video", "audio", "imageobject", "videoobject", "audioobject")

Record = dict[str, Any]


def records_at(value: Any, path: str, name: str) -> list[Any]:
    """Return the records at a path that the user names.

    Raises:
        InputError: there is neither an array nor an object.
    """
    found = follow(value, path)
    if isinstance(found, dict):
        return list(found.values()) if found and all(isinstance(v, dict) for v in found.values()) else [found]
    if isinstance(found, list):
        return found
    arrays = [f"{at} ({len(items):,})" for at, items in _arrays(value)] if isinstance(value, dict) else []
    raise InputError(
        f"{name}: --records {path}: expected an array of objects, got {'nothing' if found is None else 'a value'}"
        f" there. The arrays of objects are {', '.join(arrays) or 'none'}."
    )


def articles_of(value: Record, mapped: Mapping[str, str], name: str) -> tuple[list[Any], str | None]:
    """Return the articles in an object, and what must be said of where they were found.

    Raises:
        InputError: several arrays hold articles.
        WithoutTextError: it is an item without text, as a picture.
    """
    graph = value.get("@graph")
    if isinstance(graph, list):
        return [n for n in graph if isinstance(n, dict) and "Article" in str(n.get("@type"))], None
    items = value.get("itemListElement")
    if isinstance(items, list):
        return [i["item"] if isinstance(i, dict) and isinstance(i.get("item"), dict) else i for i in items], None
    for look in (_split, _by_columns, _by_key):
        if records := look(value):
            return records, None
    return _in_array(value, mapped, name)


def _split(value: Record) -> list[Any] | None:
    """Return the rows of `to_json(orient="split")`."""
    columns, rows = value.get("columns"), value.get("data")
    if not isinstance(columns, list) or not isinstance(rows, list) or not rows:
        return None
    if not all(isinstance(row, list) and len(row) == len(columns) for row in rows):
        return None
    return [dict(zip(map(str, columns), row, strict=True)) for row in rows]


def _by_columns(value: Record) -> list[Any] | None:
    """Return the rows of a table that was written column by column: of objects by row, or of lists."""
    columns = list(value.values())
    if not columns or _KNOWN.isdisjoint(map(normal_name, value)):
        return None
    if all(isinstance(column, dict) and column for column in columns):
        keys = list(columns[0])
        if all(column.keys() == columns[0].keys() for column in columns) and _KNOWN.isdisjoint(map(normal_name, keys)):
            return [{name: column[key] for name, column in value.items()} for key in keys]
    if len(columns) > 1 and all(isinstance(column, list) and column for column in columns):
        is_even = len(set(map(len, columns))) == 1
        if is_even and _is_table(value):
            return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]
    return None


def _is_table(value: Record) -> bool:
    """Say whether lists are columns: one is of a field that no article has twice, or holds numbers."""
    single = {normal_name(a) for field in ("headline", "url", "id", "published") for a in ALIASES[field]}
    return any(normal_name(name) in single or not isinstance(column[0], str) for name, column in value.items())


def _by_key(value: Record) -> list[Any] | None:
    """Return the articles of an object that has one under each id."""
    articles = list(value.values())
    if not articles or not all(isinstance(article, dict) and article for article in articles):
        return None
    if not _KNOWN.isdisjoint(map(normal_name, value)):
        return None
    with_body = [a for a in articles[:_SAMPLED] if any(a.get(c) for c in candidates(a, {})["body"])]
    if 2 * len(with_body) <= len(articles[:_SAMPLED]):
        return None
    if len(articles) == 1 and len(articles[0]) < 2:
        return None
    return [{"id": key, **article} if "id" not in article else article for key, article in value.items()]


def _in_array(value: Record, mapped: Mapping[str, str], name: str) -> tuple[list[Any], str | None]:
    """Return the articles in the one array that holds them, or the object itself."""
    own = [c for c in _bodies([value], mapped, top=True) if not _is_articles(value.get(c))]
    arrays = [
        (path, items, bodies)
        for path, items in _arrays(value)
        if (bodies := _bodies(items, mapped, top=False)) and not _is_part_of_article(path, items)
    ]
    if own:
        sample = Sample([value])
        length = max(map(sample.median_length, own))
        arrays = [a for a in arrays if _is_collection(*a, length)]
    if not arrays:
        if not own and _has_no_text(value):
            raise WithoutTextError(f"{name}: is of the type {_kind(value)}, which has no text.")
        largest = max(_arrays(value), key=lambda array: len(array[1]), default=None)
        if own or largest is None or _bodies([value], mapped, top=False):
            return [value], None
        return largest[1], _said(*largest)
    if len(arrays) > 1:
        listed = " or ".join(f"{path} ({len(items):,} objects)" for path, items, _ in arrays)
        command = check_command(name, "--records", arrays[0][0])
        raise InputError(f"{name}: several arrays hold articles: {listed}. Say which, as `{command}`.")
    path, items, _ = arrays[0]
    return items, _said(path, items)


def _said(path: str, items: list[Any]) -> str:
    return f"the articles are read from the array {path} ({len(items):,} values); --records PATH says otherwise"


def _has_no_text(value: Record) -> bool:
    return _kind(value).lower() in _WITHOUT_TEXT


def _kind(value: Record) -> str:
    kind = value.get("type") or value.get("@type")
    return kind if isinstance(kind, str) else ""


def _bodies(items: list[Any], mapped: Mapping[str, str], *, top: bool) -> list[str]:
    """Return the columns of the body in some items that are filled; `top`: not those in objects."""
    records = [item for item in items[:_SAMPLED] if isinstance(item, dict)]
    sample = Sample(records)
    names = list(dict.fromkeys(key for record in records for key in record))
    found = body_columns(candidates(names, mapped)["body"], sample, mapped)
    return [
        c for c in found if sample.is_filled(c) and sample.filled(c) and (not top or c in names or "body" in mapped)
    ]


def _is_part_of_article(path: str, items: list[Any]) -> bool:
    """Say whether an array holds parts of an article: paragraphs, comments, pictures."""
    last = normal_name(path.rpartition(".")[2])
    return last in _OF_ONE_ARTICLE or (last in _BODY_NAMES and not _has_headlines(items))


def _is_articles(value: Any) -> bool:
    """Say whether a value is an array of articles, for all that its key is one of a text: 'news' is one."""
    return isinstance(value, list) and any(isinstance(item, dict) for item in value) and _has_headlines(value)


def _has_headlines(items: list[Any]) -> bool:
    records = [item for item in items[:_SAMPLED] if isinstance(item, dict)]
    known = candidates(dict.fromkeys(key for record in records for key in record), {})
    return bool(known["headline"] or known["url"])


def _is_collection(path: str, items: list[Any], bodies: list[str], length: int) -> bool:
    """Say whether an array beside a text holds articles: they have headlines, and are longer than the text."""
    sample = Sample([item for item in items[:_SAMPLED] if isinstance(item, dict)])
    return _has_headlines(items) and max(map(sample.median_length, bodies)) > length


def _arrays(value: Mapping[str, Any], prefix: str = "", depth: int = 1) -> Iterator[tuple[str, list[Any]]]:
    """Yield the arrays of objects in an object, each with its path."""
    for key, item in value.items():
        if isinstance(item, list) and any(isinstance(each, dict) for each in item[:_SAMPLED]):
            yield f"{prefix}{key}", item
        elif isinstance(item, dict) and depth < _DEEPEST:
            yield from _arrays(item, f"{prefix}{key}.", depth + 1)
