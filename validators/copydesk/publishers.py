"""Publishers as columns: by which names an article's own publisher goes, and whether words are such a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from copydesk.columns import pl
from copydesk.distinct import Distinct
from copydesk.urls import WHITE, host, site_label, sites

if TYPE_CHECKING:
    from polars import Expr, Series

    from copydesk.batch import Batch

__all__ = ["compact", "hosts", "own_named", "publisher_keys"]

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


def own_named(words: Series, articles: Series, batch: Batch) -> Series:
    """Say of words, each from one of the `articles`, whether they are a name of its own publisher or of its site.

    'Harbour Gazette' and 'HarbourGazette.example' are the same name, and so is the site www.harbour-gazette.example.
    """
    names = _names(batch)
    short = (words.str.len_chars() <= _LONGEST).arg_true()
    said = _compact(words.gather(short))
    known = said.is_in(names.all).arg_true()
    rows = articles.gather(short.gather(known)).to_numpy() - batch.first
    owned = [names.own(name, row) for name, row in zip(said.gather(known).to_list(), rows, strict=True)]
    found = pl.Series([False]).new_from_index(0, len(words))
    return found.scatter(short.gather(known).filter(pl.Series(owned, dtype=pl.Boolean)), True)


def publisher_keys(batch: Batch) -> Series:
    """Return whom each article counts for: its publisher or, where none is named, its site; null if neither is known.

    Found once for a batch.
    """
    return batch.once("publisher keys", lambda: _names(batch).keys().alias("key"))


def hosts(batch: Batch) -> Series:
    """Return the host of each article's address, see `copydesk.urls.host`; found once for each site."""
    found = batch.once("sites", lambda: Distinct(sites(batch.text("url"))))
    return found.spread_strings(map(host, found.values))


class _Names:
    """The names of a batch's publishers and sites, each made once.

    Attributes:
        all: every name (List).
    """

    def __init__(self, batch: Batch) -> None:
        self._publishers = batch.distinct("publisher")
        self._sites = batch.once("sites", lambda: Distinct(sites(batch.text("url"))))
        publishers, count = self._publishers.values.to_list(), len(self._publishers.values)
        known = [host(_address(name)) for name in publishers] + [host(url) for url in self._sites.values]
        labels = [at and site_label(at) for at in known]
        said = _compact(pl.Series([*publishers, *known, *labels], dtype=pl.String))
        self._named, self._at = said.head(count), said.slice(count, len(known))
        names = [
            {name for name in some if name and len(name) > 1}
            for some in zip(self._at, said.tail(len(known)), strict=True)
        ]
        self._of_publishers = [some | {name} for some, name in zip(names, self._named, strict=False)]
        self._of_sites = names[count:]
        self.all = said.filter(said.str.len_chars() > 1).unique().implode()

    def own(self, name: str, row: int) -> bool:
        """Say whether a name is one of the article in a row of the batch."""
        return name in self._of_publishers[self._publishers.of[row]] or name in self._of_sites[self._sites.of[row]]

    def keys(self) -> Series:
        """Return of each article the name of its publisher, or else of its site."""
        keys = self._publishers.spread(self._named.fill_null(""))
        unnamed = (keys == "").arg_true()
        if len(unnamed):
            at = self._at.tail(len(self._sites.values))
            keys = keys.scatter(unnamed, self._sites.spread(at).gather(unnamed))
        return keys


def _names(batch: Batch) -> _Names:
    return batch.once("names", lambda: _Names(batch))


def _compact(names: Series) -> Series:
    return names.to_frame("name").select(compact(pl.col("name"))).to_series()


def _address(publisher: str | None) -> str | None:
    """Return the name of a publisher as an address, if it is one."""
    name = re.fullmatch(rf"[{WHITE}]*([^{WHITE}]+\.[^{WHITE}]+)[{WHITE}]*", publisher or "")
    return f"//{name[1]}" if name else None
