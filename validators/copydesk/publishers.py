"""Publishers as columns: by which names an article's own publisher goes, and whether words are such a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.columns import pl
from copydesk.urls import host, site_label

if TYPE_CHECKING:
    from polars import Expr, LazyFrame

__all__ = ["compact", "is_publisher", "publisher_key", "with_names"]


#: No name of a publisher has more characters; most headlines have, and are not looked at.
_LONGEST = 40


def compact(text: Expr) -> Expr:
    """Return a name as names of publishers are compared.

    Letters and digits only, in lower case; without 'the' before and 'news', 'online' or 'com' behind it.

    >>> pl.select(compact(pl.lit("The Harbour-Gazette"))).item()
    'harbourgazette'
    """
    joined = text.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}\p{M}]+", "")
    bare = joined.str.strip_prefix("the").str.replace("(?:news|online|com)$", "")
    return pl.when(bare.str.len_bytes() > 2).then(bare).otherwise(joined)


def with_names(articles: LazyFrame) -> LazyFrame:
    """Add `names` (List): by which names, `compact`, each article's publisher and its site go.

    'Harbour Gazette' and 'HarbourGazette.example' are the same name, and so is the site www.harbour-gazette.example.

    Args:
        articles: a frame with `publisher`, a name or a host, and `url`.
    """
    publisher = pl.col("publisher")
    sites = articles.with_columns(_at=pl.col("url").str.extract(r"^\s*((?:[a-zA-Z]{2,5}:)?//[^/?#\s]+)"))
    each = ["publisher", "_at"]
    spelled = pl.lit("//") + pl.when(publisher.str.contains(r"^\s*\S+\.\S+\s*$")).then(publisher.str.strip_chars())
    hosts = sites.select(each).unique().with_columns(_spelled=host(spelled), _host=host(pl.col("_at")))
    known = [publisher, *(part for c in ("_spelled", "_host") for part in (pl.col(c), site_label(pl.col(c))))]
    named = hosts.select(*each, names=pl.concat_list(compact(name).fill_null("") for name in known))
    return sites.join(named, on=each, how="left", nulls_equal=True, maintain_order="left").drop("_at")


def is_publisher(words: Expr) -> Expr:
    """Say whether words are one of the `names` that `with_names` has put beside them; a single letter is none."""
    said = compact(pl.when(words.str.len_chars() <= _LONGEST).then(words))
    return (pl.col("names").list.contains(said) & (said.str.len_chars() > 1)).fill_null(False)


def publisher_key() -> Expr:
    """Return whom an article counts for: its publisher or, where none is named, its site; null if neither is known."""
    named = compact(pl.col("publisher"))
    known = (named != "").fill_null(False)
    return pl.when(known).then(named).otherwise(compact(host(pl.when(~known).then("url"))))
