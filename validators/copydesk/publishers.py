"""Publishers as columns: by which names an article's own publisher goes, and whether words are such a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.columns import pl
from copydesk.urls import host, site_label

if TYPE_CHECKING:
    from polars import DataFrame, Expr, Series

    from copydesk.batch import Batch

__all__ = ["compact", "is_publisher", "may_be_publisher", "own_names", "publisher_keys"]

#: What may stand behind a name.
_BEHIND = ("news", "online", "com")

#: Stands for no name, since no name has a space; a single letter is none.
_NONE = " "

#: The beginning of an address, up to the end of its host.
_AT = r"^\s*((?:[a-zA-Z]{2,5}:)?//[^/?#\s]+)"

#: No name of a publisher has more characters; most headlines have, and are not looked at.
LONGEST_NAME = 40


def compact(text: Expr) -> Expr:
    """Return a name as names of publishers are compared.

    Letters and digits only, in lower case; without 'the' before and 'news', 'online' or 'com' behind it.

    >>> pl.select(compact(pl.lit("The Harbour-Gazette"))).item()
    'harbourgazette'
    """
    joined = _joined(text)
    bare = joined.str.strip_prefix("the").str.replace(f"(?:{'|'.join(_BEHIND)})$", "")
    return pl.when(bare.str.len_bytes() > 2).then(bare).otherwise(joined)


def _joined(text: Expr) -> Expr:
    return text.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}\p{M}]+", "")


def own_names(batch: Batch) -> Series:
    """Return by which names, `compact`, each article's publisher and its site go (List), found once for a batch.

    'Harbour Gazette' and 'HarbourGazette.example' are the same name, and so is the site www.harbour-gazette.example.
    """
    return batch.once("own names", lambda: _own_names(batch.articles))


def _own_names(articles: DataFrame) -> Series:
    each = ["publisher", "_at"]
    sites = articles.select("publisher", _at=pl.col("url").str.extract(_AT))
    distinct = sites.unique()
    publisher = pl.col("publisher").str.strip_chars()
    spelled = pl.lit("//") + pl.when(publisher.str.contains(r"^\S+\.\S+$")).then(publisher)
    hosts = pl.concat([distinct.select(spelled).to_series(), distinct["_at"]]).rename("host").to_frame()
    hosts = hosts.select(host(pl.col("host"))).select("host", label=site_label(pl.col("host")))
    known = pl.concat([distinct["publisher"].rename("name"), hosts["host"], hosts["label"]]).to_frame()
    name = compact(pl.col("name"))
    names = known.select(pl.when(name.str.len_chars() > 1).then(name).otherwise(pl.lit(_NONE))).to_series()
    rows = distinct.height
    parts = [names.slice(at * rows, rows).alias(str(at)) for at in range(5)]
    named = distinct.with_columns(names=pl.concat_list(parts))
    return sites.join(named, on=each, how="left", nulls_equal=True, maintain_order="left")["names"]


def is_publisher(words: Expr) -> Expr:
    """Say whether words are one of the `names` that stand beside them (see `own_names`)."""
    said = compact(pl.when(words.str.len_chars() <= LONGEST_NAME).then(words))
    return pl.col("names").list.contains(said).fill_null(False)


def may_be_publisher(words: Series, batch: Batch) -> Series:
    """Say of words which may be the name of any publisher of a batch; quicker than `is_publisher`, for more words."""
    spelled = batch.once("all names", lambda: _spelled(own_names(batch)))
    return words.to_frame("words").select(_joined(pl.col("words")).is_in(spelled)).to_series()


def _spelled(names: Series) -> Series:
    """Return all that `compact` makes one of some names, without spaces and marks."""
    known = names.explode(empty_as_null=True).unique().drop_nulls()
    return pl.concat(before + known + behind for before in ("", "the") for behind in ("", *_BEHIND)).implode()


def publisher_keys(batch: Batch) -> Series:
    """Return whom each article counts for: its publisher or, where none is named, its site; null if neither is known.

    Found once for a batch.
    """
    return batch.once("publisher keys", lambda: _publisher_keys(batch.articles))


def _publisher_keys(articles: DataFrame) -> Series:
    publishers = articles["publisher"]
    distinct = publishers.unique()
    named = distinct.to_frame("name").select(compact(pl.col("name")).fill_null("")).to_series()
    keys = publishers.replace_strict(distinct, named, return_dtype=pl.String)
    unnamed = (keys == "").arg_true()
    if len(unnamed):
        sites = articles["url"].gather(unnamed).to_frame("url")
        keys = keys.scatter(unnamed, sites.select(compact(host(pl.col("url")))).to_series())
    return keys.alias("key")
