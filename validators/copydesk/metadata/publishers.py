"""Publishers as columns: by which names an article's own publisher goes, and whether words are such a name."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from copydesk.checks.batch import Batch, shared
from copydesk.lazy import np, pl
from copydesk.metadata.urls import host, site_label, sites
from copydesk.text.buffer import Text
from copydesk.text.distinct import Distinct
from copydesk.text.expressions import WHITE

if TYPE_CHECKING:
    from polars import Expr, Series

__all__ = ["compact", "hosts", "own_named", "publisher_keys"]

#: What may stand behind a name, or nothing.
_BEHIND = ("", "news", "online", "com")

#: Bits of a sum of letters that are looked at.
_BITS = 18

#: No name of a publisher has more characters; most headlines have, and are not looked at.
_LONGEST = 40


def compact(text: Expr) -> Expr:
    """Return a name as names of publishers are compared.

    Letters and digits only, in lower case; without 'the' before and 'news', 'online' or 'com' behind it.

    >>> pl.select(compact(pl.lit("The Harbour-Gazette"))).item()
    'harbourgazette'
    """
    joined = text.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}\p{M}]+", "")
    bare = joined.str.strip_prefix("the").str.replace(f"(?:{'|'.join(_BEHIND[1:])})$", "")
    return pl.when(bare.str.len_bytes() > 2).then(bare).otherwise(joined)


def own_named(words: Series, articles: Series, batch: Batch) -> Series:
    """Say of words, each from one of the `articles`, whether they are a name of its own publisher or of its site.

    'Harbour Gazette' and 'HarbourGazette.example' are the same name, and so is the site www.harbour-gazette.example.
    """
    names = _names(batch)
    short = (words.str.len_chars() <= _LONGEST).arg_true()
    likely = short.filter(names.may_be(Text(words.gather(short))))
    found = pl.Series([False]).new_from_index(0, len(words))
    if likely.is_empty():
        return found
    said = zip(_compact(words.gather(likely)), articles.gather(likely), strict=True)
    owned = [names.own(name, article - batch.first) for name, article in said]
    return found.scatter(likely.filter(pl.Series(owned)), True)


@shared
def publisher_keys(batch: Batch) -> Series:
    """Return whom each article counts for: its publisher, or else its site; null if neither is known."""
    return _names(batch).keys().alias("key")


def hosts(batch: Batch) -> Series:
    """Return the host of each article's address, see `copydesk.metadata.urls.host`; found once for each site."""
    of_urls = _sites(batch)
    return of_urls.spread_strings(map(host, of_urls.values))


@shared
def _sites(batch: Batch) -> Distinct:
    return Distinct(sites(batch.text("url")))


class _Names:
    """The names of a batch's publishers and sites, each made once."""

    def __init__(self, batch: Batch) -> None:
        self._publishers = batch.distinct("publisher")
        self._sites = _sites(batch)
        publishers, count = self._publishers.values.to_list(), len(self._publishers.values)
        known = [host(_address(name)) for name in publishers] + [host(url) for url in self._sites.values]
        labels = [at and site_label(at) for at in known]
        said = _compact(pl.Series([*publishers, *known, *labels], dtype=pl.String))
        self._named, self._at = said.head(count), said.slice(count, len(known))
        # A single letter is no name.
        names = [name if name and len(name) > 1 else None for name in said]
        of_hosts = [{*some} for some in zip(names[count : -len(known)], names[-len(known) :], strict=True)]
        self._of_publishers = [{name} | some for name, some in zip(names[:count], of_hosts[:count], strict=True)]
        self._of_sites = of_hosts[count:]
        sums, before, behind = (
            _sums(Text(some)) for some in (said.drop_nulls(), pl.Series(["", "the"]), pl.Series(_BEHIND))
        )
        self._marks = np.zeros(1 << _BITS, bool)
        self._marks[(sums + (before[:, None] + behind).reshape(-1, 1)) >> np.uint32(32 - _BITS)] = True

    def may_be(self, words: Text) -> Series:
        """Say of words whether they may be any of the names: they have the same letters, or some beyond ASCII."""
        found = self._marks[_sums(words) >> np.uint32(32 - _BITS)]
        if len(found):
            found |= np.maximum.reduceat(words.bytes, words.begin) > 0x7F
        return pl.Series(found)

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


@shared
def _names(batch: Batch) -> _Names:
    return _Names(batch)


def _sums(words: Text) -> Any:
    """Sum up the letters and digits of words: the same for words that are the same when `compact` joins them."""
    if not len(words.begin):
        return np.zeros(0, np.uint32)
    return np.add.reduceat(_weights()[words.bytes], words.begin, dtype=np.uint32)


@cache
def _weights() -> Any:
    """Return a number for each byte: some large one for a letter or digit of ASCII, whatever its case; 0 for others."""
    each = np.arange(256, dtype=np.uint32) * np.uint32(0x9E3779B1)
    each ^= each >> np.uint32(15)
    lower = np.array([ord(chr(b).lower()) if b < 128 and chr(b).isalnum() else 0 for b in range(256)])
    return each[lower] * np.uint32(0x85EBCA77)


def _compact(names: Series) -> Series:
    return names.to_frame("name").select(compact(pl.col("name"))).to_series()


def _address(publisher: str | None) -> str | None:
    """Return the name of a publisher as an address, if it is one."""
    name = re.fullmatch(rf"[{WHITE}]*([^{WHITE}]+\.[^{WHITE}]+)[{WHITE}]*", publisher or "")
    return f"//{name[1]}" if name else None
