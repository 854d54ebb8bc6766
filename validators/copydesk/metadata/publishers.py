"""Publishers as columns: by which names an article's own publisher goes, and which words are such a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from copydesk.checks.batch import Batch, shared
from copydesk.lazy import pl
from copydesk.metadata.urls import host, site_label, sites
from copydesk.text.distinct import Distinct
from copydesk.text.expressions import WHITE

if TYPE_CHECKING:
    from polars import Expr, Series

__all__ = ["compact", "hosts", "is_own_name", "publisher_keys"]

#: A name has at most so many characters. Most headlines have more, and are not looked at.
_LONGEST = 40


def compact(text: Expr) -> Expr:
    """Return a name in the form in which names of publishers are compared.

    This is in lower case, and has letters and digits only. 'The' is left out at the start, and 'news', 'online' and
    'com' at the end.

    >>> pl.select(compact(pl.lit("The Harbour-Gazette"))).item()
    'harbourgazette'
    """
    joined = text.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}\p{M}]+", "")
    bare = joined.str.strip_prefix("the").str.replace("(?:news|online|com)$", "")
    return pl.when(bare.str.len_bytes() > 2).then(bare).otherwise(joined)


def is_own_name(words: Series, articles: Series, batch: Batch) -> Series:
    """Flag the words that name the publisher or the site of the article they come from.

    'Harbour Gazette' and 'HarbourGazette.example' are the same name, and so is the site www.harbour-gazette.example.

    Args:
        words: the words, which may be null.
        articles: the number of the article that each comes from.
        batch: the articles.
    """
    names = _names(batch)
    short = words.to_frame("name").lazy().with_row_index("row").filter(pl.col("name").str.len_chars() <= _LONGEST)
    named = short.with_columns(compact(pl.col("name"))).filter(pl.col("name").is_in(names.all.implode())).collect()
    rows = named["row"]
    flags = pl.Series([False]).new_from_index(0, len(words))
    if rows.is_empty():
        return flags
    pairs = zip(named["name"], articles.gather(rows), strict=True)
    is_own = pl.Series([names.has(article - batch.first, name) for name, article in pairs])
    return flags.scatter(rows.filter(is_own), True)


@shared
def publisher_keys(batch: Batch) -> Series:
    """Return whom each article counts for: its publisher, or else its site; null if neither is known."""
    return _names(batch).keys().alias("key")


def hosts(batch: Batch) -> Series:
    """Return the host of each article's address, see `copydesk.metadata.urls.host`. Each site is looked at once."""
    addresses = _sites(batch)
    return addresses.spread_strings(map(host, addresses.values))


class _Names:
    """The names of a batch's publishers and sites, each made once.

    all: every name, once.
    """

    def __init__(self, batch: Batch) -> None:
        self._publishers, self._sites = batch.distinct("publisher"), _sites(batch)
        publishers, addresses = self._publishers.values.to_list(), self._sites.values.to_list()
        # A publisher whose name is an address also goes by the host and by the label of that address.
        known = [host(_address(name)) for name in publishers] + [host(url) for url in addresses]
        self._publisher_names = _compact(_strings(publishers))
        host_names = _compact(_strings(known))
        labels = _compact(_strings([at and site_label(at) for at in known]))
        self._site_names = host_names.tail(len(addresses))
        of_hosts = [_real_names(*pair) for pair in zip(host_names, labels, strict=True)]
        of_publishers = [_real_names(name) for name in self._publisher_names]
        self._of_publishers = [a | b for a, b in zip(of_publishers, of_hosts[: len(publishers)], strict=True)]
        self._of_sites = of_hosts[len(publishers) :]
        self.all = _strings(sorted(set().union(*self._of_publishers, *self._of_sites)))

    def has(self, row: int, name: str) -> bool:
        """Say whether the article in a row of the batch has a name."""
        return name in self._of_publishers[self._publishers.of[row]] or name in self._of_sites[self._sites.of[row]]

    def keys(self) -> Series:
        """Return the name of each article's publisher, or else of its site."""
        keys = self._publishers.spread(self._publisher_names.fill_null(""))
        unnamed = (keys == "").arg_true()
        if len(unnamed):
            keys = keys.scatter(unnamed, self._sites.spread(self._site_names).gather(unnamed))
        return keys


@shared
def _names(batch: Batch) -> _Names:
    return _Names(batch)


@shared
def _sites(batch: Batch) -> Distinct:
    return Distinct(sites(batch.text("url")))


def _real_names(*names: str | None) -> set[str]:
    """Return those that are names: a single letter is none."""
    return {name for name in names if name and len(name) > 1}


def _strings(values: list[str] | list[str | None]) -> Series:
    return pl.Series(values, dtype=pl.String)


def _compact(names: Series) -> Series:
    return names.to_frame("name").select(compact(pl.col("name"))).to_series()


def _address(publisher: str | None) -> str | None:
    """Return the name of a publisher as an address, if it is one."""
    name = re.fullmatch(rf"[{WHITE}]*([^{WHITE}]+\.[^{WHITE}]+)[{WHITE}]*", publisher or "")
    return f"//{name[1]}" if name else None
