"""Addresses as columns: the site of an address, and one form for all spellings of the same address."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from copydesk.checks.batch import Batch, shared
from copydesk.lazy import np, pl
from copydesk.text.buffer import Text, cut
from copydesk.text.distinct import Distinct
from copydesk.text.expressions import WHITE

if TYPE_CHECKING:
    import numpy.typing as npt
    from polars import DataFrame, Series

__all__ = ["TRACKING", "canonical", "host", "site_label", "sites"]

#: Parameters that tell where a reader came from, and never which article is meant. They are regular expressions for
#: whole names, compared without case. Sources:
#: Firefox's query stripping (services/settings, query-stripping.json): gclid to vero_id;
#: Neat URL's and Chrome UTM Stripper's lists: utm_* to _openstat;
#: the web analytics of publishers, as their own share links and feeds have them: at_* (Piano, of the BBC), ns_*
#: (Comscore), CMP and ICID (Adobe; the Guardian), smid (the New York Times), xtor (AT Internet), wt_*
#: (Webtrekk), ocid and srcref (MSN), ref, referrer, spm and share_from of feeds and share buttons;
#: AMP's own, of amp.dev: amp, amp_js_v, usqp, outputType and their like.
#: Left out, because some sites name their articles by them: id, p, cid, source, src, from, mod, s, page.
TRACKING = (
    *("gclid", "gclsrc", "dclid", "msclkid", "yclid", "ysclid", "wickedid", "twclid", "wbraid", "gbraid"),
    *("fbclid", "_hsenc", "_hsmi", "__hssc", "__hstc", "__hsfp", "hsctatracking", "mkt_tok", "vero_id", "__s"),
    *("mc_[ce]id", "oly_anon_id", "oly_enc_id", "ttclid", "li_fat_id", "igshid", "igsh", "srsltid", "_openstat"),
    *("utm_[a-z_-]+", "stm_[a-z_-]+", "itm_[a-z_-]+", "hsa_[a-z_-]+", "mtm_[a-z_-]+", "pk_[a-z_-]+", "ga_[a-z]+"),
    *("fb_action_[a-z]+", "fb_ref", "fb_source", "action_(?:object|ref|type)_map", "soc_(?:src|trk)", "mbid"),
    *("spmailingid", "spuserid", "spjobid", "spreportid", "ml_subscriber(?:_hash)?", "s_cid", "_ga", "_gl"),
    *("at_(?:medium|campaign|custom\\d|link_[a-z]+|format|bbc_team|ptr_name|source|recipient_[a-z]+)",),
    *("ns_(?:mchannel|source|campaign|linkname|fee)", "cmp", "cmpid", "icid", "intcid", "intcmp", "ncid", "ocid"),
    *("smid", "smtyp", "smprod", "xtor", "wtmc", "wt_(?:mc|zmc|ga)", "wtrid", "srcref", "ftag", "ftcamp", "taid"),
    *("guccounter", "guce_referrer(?:_sig)?", "tsrc", "ref", "referrer", "referer", "ref_(?:src|url)", "spm", "sref"),
    *("share_from", "sr_share", "__twitter_impression", "cvid", "oicd", "dicbo", "tblci", "rdt_cid", "rb_clickid"),
    *("amp", "_amp", "isamp", "is_amp", "amp_js_v", "amp_gsa", "amp_lite", "amp_ct", "usqp", "outputtype"),
)

_TRACKED = rf"(?i)&(?:{'|'.join(TRACKING)})(?:=[^&]*)?&"

#: Names of machines that serve the same articles: www.example.org, m.example.org; amp.dev keeps its name.
_MACHINES = r"^(?:(?:www\d?|m|mobile|amp)\.)+([^./]+\.)"

#: Ends of a path that do not change which article it means.
_ENDING = r"(?i)(?:\.amp|\.html?|/+amp|/+index\.(?:html?|php|aspx?|jsp|cfm)|/+)+$"

#: The last byte of each such end.
_LAST = tuple(b"/pPlLmMxX")

#: Second-level names under which sites are registered: example.co.uk, example.com.au.
_SECOND = r"\.(?:com?|org|net|gov|gob|gouv|edu|ac|or|ne|go|nom|info|press|media|news)\.[a-z]{2}\Z"

#: What AMP's caches put before an address, by a part of it that is quick to find.
_CACHES = {
    "/amp/": r"(?i)^(?:www\.)?google\.[a-z.]+/amp/(?:s/)?",
    ".ampproject.": r"(?i)^[a-z0-9-]+\.cdn\.ampproject\.org/[a-z]/(?:s/)?",
}

#: A host has a dot, and no white space.
_HOST = r"[^\s.]+(?:\.[^\s.]+)+"

_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@lru_cache(1 << 14)
def host(url: str | None) -> str | None:
    """Return the host of an address in lower case, without port and the name of a machine; None if there is none.

    >>> host("https://www.Example.co.uk:443/a")
    'example.co.uk'
    """
    named = re.match(rf"[{WHITE}]*(?:[hH][tT][tT][pP][sS]?:)?//([^/?#{WHITE}]+)", url or "")
    if not named:
        return None
    at = re.sub(r"\.?(?::\d*)?\Z", "", named[1].lower().rpartition("@")[2], count=1)
    at = re.sub(_MACHINES, r"\1", at)
    return at if "." in at else None


@lru_cache(1 << 14)
def site_label(host: str) -> str:
    """Return the label of a host: its registered name without the ending.

    >>> [site_label(host) for host in ("news.example.co.uk", "example.com")]
    ['example', 'example']
    """
    labels = re.sub(_SECOND, ".", host).split(".")
    return (labels[-2] if len(labels) > 1 else labels[0]) or host


def sites(urls: Text) -> Series:
    """Return addresses up to the third slash: this has the `host`, and is the same for all addresses of a site."""
    slashes = np.append(np.flatnonzero(urls.data == ord("/")), [len(urls.data)] * 3)
    third = slashes[np.searchsorted(slashes, urls.begin) + 2]
    return urls.cut(urls.begin, np.minimum(third, urls.end))


@shared
def forms_of(batch: Batch) -> Series:
    """Return the one form of each article's address, see `canonical`."""
    return canonical(batch.text("url"))


def canonical(urls: Text) -> Series:
    """Return one form for all spellings of the same address, as a key for comparison and not to be fetched.

    It leaves out the scheme, the user, www., m., mobile., amp., the default port, fragments (but for #!, by which some
    sites find a page), session ids, the parameters of TRACKING, AMP in all its forms (its caches too), and a slash,
    .html or index.html at the end. Parameters are sorted, and escapes are written in one way. The case of the path is
    kept. The form of a form is itself.

    Args:
        urls: addresses; a scheme is not needed.

    Returns:
        The forms; null where an address has no host, or neither path nor query: a bare host means a site.
    """
    odd = (urls.bytes < 0x21) | (urls.bytes > 0x7E) | (urls.bytes == ord("%"))
    odd[urls.end] = False
    rows = np.flatnonzero(np.diff(np.searchsorted(np.flatnonzero(odd), urls.bounds)))
    forms = _all_forms(urls, but=rows)
    if not len(rows):
        return forms
    escaped = _escape(urls.cut(urls.begin[rows], urls.end[rows]).str.strip_chars())
    return forms.scatter(rows, _all_forms(Text(escaped)))


def _all_forms(text: Text, *, but: Any = slice(0)) -> Series:
    """Return the forms of addresses in ASCII; those of the rows `but` are of no use."""
    forms, plain = _plain_forms(text)
    plain[but] = True
    others = np.flatnonzero(~plain)
    return forms.scatter(others, _forms(text.cut(text.begin[others], text.end[others]))) if len(others) else forms


def _plain_forms(text: Text) -> tuple[Series, npt.NDArray[np.bool_]]:
    """Return the forms of plain addresses (http or https, a host and a path), and which addresses are plain."""
    data = text.data
    front = np.ndarray((len(data) - 7,), "<u8", data, 0, (1,))[text.begin]
    secure, open_ = (int.from_bytes(scheme, "little") for scheme in (b"https://", b"http://"))
    plain = (front == secure) | (front << np.uint64(8) == open_ << 8)
    begin = text.begin + np.where(front == secure, 8, 7)
    # A plain address has no two slashes side by side, and nothing between slashes that may mean AMP.
    slashes = np.flatnonzero(data == ord("/"))
    behind = data[slashes + 1]
    doubtful = slashes[(behind == ord("/")) | ((behind | 0x20 == ord("a")) & (data[slashes + 4] == ord("/")))]
    more = np.flatnonzero((data == ord("?")) | (data == ord("#")) | (data == ord(";")))
    for some in (doubtful, more):
        row = text.of(some)
        plain[row[some >= begin[row]]] = False
    begin = np.minimum(begin, text.end)
    path = np.minimum(np.append(slashes, len(data))[np.searchsorted(slashes, begin)], text.end)
    hosts = Distinct(text.cut(begin, path).set(pl.Series(~plain), None))
    plain &= ~hosts.spread(hosts.values.str.contains(".ampproject.", literal=True).fill_null(True)).to_numpy()
    paths = text.cut(path, text.end)
    ended = np.flatnonzero(plain & np.isin(data[text.end - 1], _LAST))
    if len(ended):
        paths = paths.scatter(ended, paths.gather(ended).str.replace(_ENDING, ""))
    machines = hosts.spread_strings(_machine(h or "") for h in hosts.values)
    return machines.set(paths == "", None) + paths, plain


@lru_cache(1 << 14)
def _machine(host: str) -> str | None:
    """Return a host in lower case, without user, default port and the name of a machine; None if it is not a host."""
    name = re.sub(r"\.?(?::(?:80|443)?)?\Z", "", host.lower().rpartition("@")[2], count=1)
    name = re.sub(_MACHINES, r"\1", name)
    return name if re.fullmatch(_HOST, name) else None


def _forms(urls: Series) -> Series:
    """Return the forms of any addresses in ASCII."""
    frame = urls.to_frame("url")
    # Most addresses have neither query nor fragment. What no address has is not searched for.
    address = pl.col("url").str.replace(r"^(?:[hH][tT][tT][pP][sS]?:)?//", "")
    frame = frame.select(address.alias("rest"))
    for part, pattern in _CACHES.items():
        if _any(frame, part):
            frame = frame.with_columns(pl.col("rest").str.replace(pattern, ""))
    none = pl.lit("", pl.String)
    query, route = none, none
    rest = pl.col("rest")
    if _any(frame, "#"):
        rest, route = rest.str.replace("#.*$", ""), rest.str.extract("(#!.*)$").fill_null("")
    if _any(frame, "?"):
        rest, query = rest.str.extract(r"^([^?]*)"), rest.str.extract(r"\?(.*)$")
    parts = frame.select(rest.alias("rest"), query.alias("query"), route.alias("route"))
    parts = parts.with_columns(host=pl.col("rest").str.extract("^([^/]*)"))
    hosts = Distinct(parts["host"])
    path = pl.col("rest").str.strip_prefix(pl.col("host"))
    if _any(parts, ";"):
        path = path.str.replace(r"(?i);jsessionid=[^/]*", "")
    if _any(parts, "//"):
        path = path.str.replace_all("/{2,}", "/")
    if _any(parts, "/amp/", "/AMP/", "/Amp/"):
        path = path.str.replace(r"^(?:/(?:amp|AMP|Amp))+/", "/")
    machines = hosts.spread_strings(_machine(h or "") for h in hosts.values)
    parts = parts.select(path.str.replace(_ENDING, "").alias("path"), _query(parts["query"]), "route", host=machines)
    more = (pl.col("path") != "") | (pl.col("query") != "") | (pl.col("route") != "")
    return parts.select(pl.when(more).then(pl.concat_str("host", "path", "query", "route"))).to_series()


def _any(frame: DataFrame, *parts: str) -> bool:
    """Return whether any address holds one of the parts."""
    return any(bool(frame["rest"].str.contains(part, literal=True).any()) for part in parts)


def _query(queries: Series) -> Series:
    """Return queries without parameters that track, sorted; "" where nothing is left."""
    queries = queries.replace("", None)
    there = queries.is_not_null()
    if there.any():
        single = pl.col("query").str.replace_all("&amp;", "&").str.replace_all("&", "&&")
        rest = pl.concat_str(pl.lit("&"), single, pl.lit("&")).str.replace_all(_TRACKED, "&")
        some = queries.filter(there).alias("query").to_frame()
        some = some.select(rest.str.replace_all("&+", "&").str.strip_chars("&").alias("query"))
        several = some["query"].str.contains("&", literal=True)
        ordered = some.filter(several).select(pl.col("query").str.split("&").list.sort().list.join("&")).to_series()
        query = some["query"].scatter(several.arg_true(), ordered)
        marked = pl.select(pl.when(query != "").then(pl.lit("?") + query).otherwise(pl.lit(""))).to_series()
        queries = queries.scatter(there.arg_true(), marked)
    return queries.fill_null("").alias("query")


def _escape(urls: Series) -> Series:
    """Escape what must be escaped, and nothing else, in one way (RFC 3986, section 6.2.2)."""
    quoted = _quote(urls)
    some = urls.str.contains("%", literal=True)
    return quoted.scatter(some.arg_true(), pl.Series([_unescape(u) for u in quoted.filter(some)], dtype=pl.String))


def _quote(urls: Series) -> Series:
    """Escape all bytes that are not marks, letters or digits of ASCII."""
    text = Text(urls)
    foreign = (text.bytes <= 0x20) | (text.bytes >= 0x7F)
    foreign[text.end] = False
    at = np.append(0, np.cumsum(1 + 2 * foreign.astype(np.int64)))
    data = np.zeros(int(at[-1]) + 32, np.uint8)
    data[at[:-1]] = np.where(foreign, ord("%"), text.bytes)
    for behind, digit in ((1, text.bytes[foreign] >> 4), (2, text.bytes[foreign] & 15)):
        data[at[:-1][foreign] + behind] = np.frombuffer(b"0123456789ABCDEF", np.uint8)[digit]
    return cut(data, at[text.begin], at[text.end])


def _unescape(url: str) -> str:
    """Undo every escape that is not needed, also the escape of an escape."""
    before = ""
    while before != url:
        before, url = url, re.sub("%([0-9a-fA-F]{2})", _character, url)
    return url


def _character(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()
