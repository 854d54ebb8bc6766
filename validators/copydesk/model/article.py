"""The article: the fields that every reader gives, and the names of their columns in the output of scrapers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from copydesk.errors import MappingError, did_you_mean

__all__ = ["ALIASES", "FIELDS", "MEASURES", "parse_map", "recognise"]

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

#: Measures of a body that any suite may name, see `copydesk.checks.batch.Batch.measures`.
MEASURES = ("chars", "words", "paragraphs")

#: The names that known tools give to the column of a field, best first; compared without case.
#: Sources: the output schemas of news-please, fundus, newspaper4k, trafilatura, the CC-News data set,
#: IPTC ninjs 1.5 and 2.1 and schema.org NewsArticle.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "article_id", "@id", "guid", "uri", "_id", "doc_id", "uuid"),
    "url": (
        "url",
        "link",
        "canonical_url",
        "canonical_link",
        "mainEntityOfPage",
        "requested_url",
        "source_url",
    ),
    "publisher": (
        "publisher",
        "source_domain",
        "sitename",
        "site_name",
        "domain",
        "hostname",
        "source-hostname",
        "source",
        "outlet",
        "provider",
        "infosource",
    ),
    "headline": ("headline", "title", "headlines", "name"),
    "standfirst": (
        "standfirst",
        "description",
        "summary",
        "excerpt",
        "abstract",
        "lead",
        "alternativeHeadline",
        "description_text",
        "meta_description",
        "descriptions",
    ),
    "byline": ("byline", "author", "authors", "creator", "bylines", "by"),
    "body": (
        "body",
        "articleBody",
        "maintext",
        "plaintext",
        "text",
        "body_text",
        "content",
        "full_text",
        "fulltext",
        "article_text",
        "article",
        "cleaned_text",
        "bodies",
    ),
    "published": (
        "published",
        "datePublished",
        "date_publish",
        "publishing_date",
        "publish_date",
        "published_date",
        "published_at",
        "publication_date",
        "pub_date",
        "firstpublished",
        "versioncreated",
        "date",
    ),
    "modified": (
        "modified",
        "dateModified",
        "date_modify",
        "modified_date",
        "updated",
        "updated_at",
        "contentmodified",
    ),
    "section": ("section", "articleSection", "category", "categories", "genre"),
    "language": ("language", "lang", "inLanguage", "meta_lang"),
    "keywords": ("keywords", "tags", "topics", "meta_keywords", "subject", "subjects"),
}


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
                f" The columns are {', '.join(names) or 'none'}."
            )
    taken = set(mapped.values())
    lower: dict[str, str] = {}
    for column in names:
        if column not in taken:
            lower.setdefault(column.lower(), column)
    recognised = {
        field: mapped.get(field) or next((lower[a.lower()] for a in ALIASES[field] if a.lower() in lower), None)
        for field in FIELDS
    }
    by_field = {field: column for field, column in recognised.items() if column is not None}
    if "body" not in by_field:
        raise MappingError(
            f"{file}: no column has a known name for the text of the articles. The columns are"
            f" {', '.join(names) or 'none'}. Name it with --map body=COLUMN."
        )
    return by_field
