r"""hypothesis strategies for news: articles, collections, and text on which programs break.

For tests of any program that reads scraped articles. Needs hypothesis: pip install 'copydesk[strategies]'.

    from hypothesis import given
    from copydesk.testing.strategies import articles

    @given(articles())
    def test_a_teaser_is_no_longer_than_the_body(article):
        assert len(teaser(article["body"])) <= len(article["body"])

All strategies give text that UTF-8 can encode, except `hostile_text(lone_surrogates=True)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from copydesk.model.article import FIELDS

__all__ = [
    "HOSTILE",
    "SCRAPERS",
    "articles",
    "bodies",
    "collections",
    "headlines",
    "hostile_text",
    "paragraphs",
    "scraped",
]

#: Pieces of text, by name, on which programs that handle news text have failed.
HOSTILE: Mapping[str, tuple[str, ...]] = {
    "emoji": ("😀", "👩‍👩‍👧", "🇫🇷", "👍🏽"),
    "combining": ("e\u0301", "a\u0308\u0323", "\u0301"),
    "direction": ("\u200e", "\u200f", "\u202e", "\u2066\u2069", "שלום", "مرحبا"),
    "control": ("\x01", "\x08", "\x1b[0m", "\x7f", "\x85", "\x0b", "\x0c"),
    "nul": ("\x00",),
    "byte order mark": ("\ufeff",),
    "separators": ("\u2028", "\u2029", "\u00a0", "\u200b", "\u00ad", "\t"),
    "line ends": ("\n", "\r\n", "\r", "\n\n"),
    "markup": ("<p>", "</div>", "&amp;", "&#8217;", "<script>alert(1)</script>", "<!-- -->", "]]>"),
    "notation": (
        '"',
        '""',
        "'",
        "\\",
        "\\u0041",
        "\\ud800",
        ",",
        ";",
        "|",
        "{",
        "}",
        "[",
        "]",
        "[1, 2]",
        "{}",
        "null",
    ),
    "mojibake": ("Ã©", "â€™", "\ufffd"),
    "scripts": ("北京", "ไทย", "한국어", "İi", "ß", "ﬁ"),
}

#: The columns in which known tools deliver the fields: tool to field to column.
#: Sources: as for `copydesk.model.article.ALIASES`.
SCRAPERS: Mapping[str, Mapping[str, str]] = {
    "news-please": {
        "url": "url",
        "publisher": "source_domain",
        "headline": "title",
        "standfirst": "description",
        "byline": "authors",
        "body": "maintext",
        "published": "date_publish",
        "modified": "date_modify",
        "language": "language",
    },
    "fundus": {
        "publisher": "publisher",
        "headline": "title",
        "byline": "authors",
        "body": "body",
        "published": "publishing_date",
        "keywords": "topics",
    },
    "newspaper4k": {
        "url": "url",
        "headline": "title",
        "standfirst": "summary",
        "byline": "authors",
        "body": "text",
        "published": "publish_date",
        "language": "meta_lang",
        "keywords": "keywords",
    },
    "trafilatura": {
        "id": "id",
        "publisher": "hostname",
        "headline": "title",
        "standfirst": "excerpt",
        "byline": "author",
        "body": "text",
        "published": "date",
        "section": "categories",
        "language": "language",
        "keywords": "tags",
    },
    "CC-News": {
        "url": "url",
        "publisher": "domain",
        "headline": "title",
        "standfirst": "description",
        "body": "text",
        "published": "date",
    },
    "ninjs 1": {
        "id": "uri",
        "headline": "headline",
        "standfirst": "description_text",
        "byline": "byline",
        "body": "body_text",
        "published": "versioncreated",
        "language": "language",
        "keywords": "subject",
    },
    "ninjs 2": {
        "id": "uri",
        "headline": "headlines",
        "standfirst": "descriptions",
        "body": "bodies",
        "published": "versioncreated",
        "language": "language",
        "keywords": "subjects",
    },
    "schema.org": {
        "id": "@id",
        "url": "url",
        "publisher": "publisher",
        "headline": "headline",
        "standfirst": "description",
        "byline": "author",
        "body": "articleBody",
        "published": "datePublished",
        "modified": "dateModified",
        "section": "articleSection",
        "language": "inLanguage",
        "keywords": "keywords",
    },
}

_WORDS = (
    "the",
    "storm",
    "council",
    "mayor",
    "said",
    "on",
    "Monday",
    "police",
    "fire",
    "river",
    "tax",
    "rain",
)
_DATES = st.dates().map(str) | st.datetimes().map(lambda time: time.isoformat())


def hostile_text(*, max_size: int = 12, lone_surrogates: bool = False) -> st.SearchStrategy[str]:
    """Text of ordinary and hostile pieces.

    Args:
        max_size: the largest number of pieces.
        lone_surrogates: whether halves of surrogate pairs may be among them; JSON can encode them, UTF-8 cannot.
    """
    pieces = [*(piece for group in HOSTILE.values() for piece in group), *_WORDS, " "]
    if lone_surrogates:
        pieces += ["\ud800", "\udbff", "\udc00", "\udfff", "\ud83d", "\ude00"]
    return st.lists(st.sampled_from(pieces) | st.characters(codec="utf-8"), max_size=max_size).map("".join)


def headlines() -> st.SearchStrategy[str]:
    """Headlines: one line of words, not blank."""
    return st.lists(st.sampled_from(_WORDS), min_size=2, max_size=12).map(lambda words: " ".join(words).capitalize())


def paragraphs(*, hostile: bool = True) -> st.SearchStrategy[str]:
    """Paragraphs: one line of text that is not blank, with hostile characters in it unless `hostile` is False."""
    plain = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=15).map(
        lambda words: " ".join(words).capitalize() + "."
    )
    if not hostile:
        return plain
    line = hostile_text().map(lambda text: text.replace("\n", " ").replace("\r", " "))
    return plain | st.tuples(plain, line).map("".join)


def bodies(*, max_paragraphs: int = 6, hostile: bool = True) -> st.SearchStrategy[str]:
    r"""Bodies: paragraphs with one of the usual separators between them, some paragraphs twice.

    Args:
        max_paragraphs: the largest number of different paragraphs.
        hostile: whether hostile characters may be in them.
    """

    def join(different: list[str]) -> st.SearchStrategy[str]:
        several = st.lists(st.sampled_from(different), max_size=2).map(lambda again: different + again)
        return st.builds(str.join, st.sampled_from(["\n", "\n\n", "\r\n"]), several)

    return st.lists(paragraphs(hostile=hostile), min_size=1, max_size=max_paragraphs).flatmap(join)


def articles(*, hostile: bool = True) -> st.SearchStrategy[dict[str, str | None]]:
    """Articles: all of `copydesk.model.article.FIELDS`, of which headline and body are never null.

    Args:
        hostile: whether hostile characters may be in the texts.
    """
    text = hostile_text(max_size=8) if hostile else paragraphs(hostile=False)
    known: dict[str, st.SearchStrategy[Any]] = {
        "headline": headlines() | text if hostile else headlines(),
        "body": bodies(hostile=hostile),
        "url": st.none() | st.integers(0, 999).map(lambda number: f"https://news.example/{number}"),
        "published": st.none() | _DATES,
        "modified": st.none() | _DATES,
        "language": st.sampled_from([None, "en", "de", "zh"]),
    }
    fields = st.fixed_dictionaries({field: known.get(field, st.none() | text) for field in FIELDS})
    return fields.map(lambda article: {field: article[field] for field in FIELDS})  # hypothesis mixes the order


def collections(
    *, min_size: int = 1, max_size: int = 5, hostile: bool = True
) -> st.SearchStrategy[list[dict[str, str | None]]]:
    """Collections: lists of articles with an id each.

    Args:
        min_size: the smallest number of articles.
        max_size: the largest.
        hostile: whether hostile characters may be in the texts.
    """

    def number(several: list[dict[str, str | None]]) -> list[dict[str, str | None]]:
        return [{**article, "id": f"a{place}"} for place, article in enumerate(several)]

    return st.lists(articles(hostile=hostile), min_size=min_size, max_size=max_size).map(number)


def scraped(
    *, hostile: bool = True
) -> st.SearchStrategy[tuple[str, list[dict[str, str | None]], list[dict[str, str | None]]]]:
    """Collections as a known tool delivers them: the tool (a key of SCRAPERS), its records, the articles.

    The records have the tool's columns, and only those; all values are text.
    """

    def rename(tool: str, several: list[dict[str, str | None]]) -> tuple[str, list[Any], list[Any]]:
        columns = SCRAPERS[tool]
        records = [{column: article[field] for field, column in columns.items()} for article in several]
        delivered = [{field: article[field] for field in FIELDS if field in columns} for article in several]
        return tool, records, delivered

    return st.builds(rename, st.sampled_from(sorted(SCRAPERS)), collections(hostile=hostile))
