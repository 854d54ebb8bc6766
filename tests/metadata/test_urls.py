"""One form for all spellings of an address, and different forms for different addresses."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.metadata import urls as urls_
from copydesk.metadata.urls import canonical, host, site_label, sites
from copydesk.text.buffer import Text

segments = st.lists(st.text("abcXYZ0123456789-_ñя", min_size=1, max_size=8), min_size=1, max_size=4)
paths = segments.map("/".join).filter(
    lambda p: not p.lower().endswith(("amp", "index")) and not p.lower().startswith("amp")
)
queries = st.lists(st.tuples(st.sampled_from(["id", "p", "page", "s"]), st.integers(0, 99)), max_size=3)
tracks = st.sampled_from(
    [
        *(
            "utm_source=a",
            "UTM_Medium=b",
            "fbclid=x",
            "gclid=1",
            "mc_cid=2",
            "ref=rss",
            "CMP=s",
            "ICID=n",
            "at_medium=r",
        ),
        *("ns_source=x", "amp", "amp=1", "outputType=amp", "smid=tw", "xtor=RSS-1", "__twitter_impression=true"),
    ]
)
hosts = st.sampled_from(["example.org", "news.example.co.uk", "Example.ORG"])
text = st.one_of(
    st.text(max_size=40),
    st.text("/.:?&#=%25ampindexhtmlwAM;@", max_size=40).map(lambda t: "http://a.b/" + t),
    st.text("/.:?&#=%amp.w", max_size=30),
)


def forms(*urls: str | None) -> list[str | None]:
    return canonical(Text(pl.Series(urls, dtype=pl.String).fill_null(""))).to_list()


@settings(max_examples=40)
@given(st.lists(text, max_size=10))
def test_the_form_of_a_form_is_itself(urls: list[str]) -> None:
    once = forms(*urls, None)
    assert len(once) == len(urls) + 1
    assert [f for f in forms(*once) if f is not None] == [f for f in once if f is not None]


@settings(max_examples=40)
@given(hosts, paths, queries, st.lists(tracks, max_size=3), st.randoms(use_true_random=False))
def test_every_spelling_has_one_form(
    at: str, path: str, query: list[tuple[str, int]], tracked: list[str], draw: object
) -> None:
    said = [f"{k}={v}" for k, v in query]
    plain = f"https://{at}/{path}" + ("?" + "&".join(said) if said else "")
    mixed = [*tracked, *reversed(said)]
    rest = "?" + "&".join(mixed) if mixed else ""
    spelled = [
        f"http://www.{at.upper()}:80/{path}/{rest}",
        f"https://m.{at}:443/{path}{rest}#comments",
        f"//mobile.{at}//{path}/index.html{rest.replace('&', '&amp;')}",
        f" https://amp.{at}/{path}.amp.html{rest} ",
        f"https://{at}/amp/{path}{rest}",
        f"https://www2.{at}/{path}/amp/{rest}",
        f"{at}/{path}.html{rest}",
        f"https://www.google.com/amp/s/www.{at}/{path}{rest}",
        f"https://www-{at.replace('.', '-')}.cdn.ampproject.org/c/s/{at}/{path}{rest}",
        f"https://{at}/{path.replace('ñ', '%c3%b1').replace('я', '%D1%8F').replace('a', '%61')}{rest}",
    ]
    assert set(forms(plain, *spelled)) == set(forms(plain))
    assert forms(plain) != [None]


@settings(max_examples=40)
@given(st.lists(st.tuples(hosts, paths, queries), min_size=2, max_size=8))
def test_different_addresses_have_different_forms(addresses: list[tuple[str, str, list[tuple[str, int]]]]) -> None:
    told = {(at.lower(), path, tuple(sorted(f"{k}={v}" for k, v in query))) for at, path, query in addresses}
    urls = [f"https://{at}/{path}?{'&'.join(query)}" for at, path, query in told]
    assert len(set(forms(*urls))) == len(told)


def test_what_names_no_article_has_no_form() -> None:
    assert set(forms("https://example.org", "http://www.example.org/", "example.org/index.html?utm_source=x")) == {None}
    assert set(forms("", " ", "bridge", "n/a", "/2026/bridge", "https://", "https:///a", None)) == {None}
    assert None not in forms("https://example.org/?p=12", "https://example.org/#!/bridge", "amp.dev/docs")


def test_a_host_is_named_by_what_was_registered() -> None:
    urls = ["https://www.harbour.co.uk/a", "http://news.harbour.example:8080", "//m.harbour.com.au/?a"]
    hosts = [host(url) for url in urls]
    assert hosts == ["harbour.co.uk", "news.harbour.example", "harbour.com.au"]
    assert [site_label(at) for at in hosts if at] == ["harbour"] * 3
    assert host("harbour") is host(None) is None


@given(st.lists(text, min_size=1, max_size=5))
def test_a_site_says_the_host(urls: list[str]) -> None:
    assert [host(site) for site in sites(Text(pl.Series(urls, dtype=pl.String)))] == [host(url) for url in urls]


plain = st.builds(
    lambda scheme, host, path: scheme + host + path,
    st.sampled_from(["https://", "http://"]),
    st.sampled_from(["a.b", "WWW.A.b", "m.amp.a.b", "u@a.b:80", "a.b.", "a-b.cdn.ampproject.org", "a", ""]),
    st.text("/.-:aAmMpPhHtTlL1%;", max_size=20).map(lambda rest: "/" + rest),
)


@settings(max_examples=300)
@given(st.lists(st.one_of(plain, text), min_size=1, max_size=8))
def test_a_plain_address_has_the_form_that_any_has(addresses: list[str]) -> None:
    ascii_ = [url for url in addresses if url.isascii() and url.isprintable() and "%" not in url and " " not in url]
    urls = pl.Series(ascii_, dtype=pl.String)
    quick, is_plain = urls_._plain_forms(Text(urls))
    slow = urls_._forms(urls)
    for form, same, told in zip(quick.to_list(), slow.to_list(), is_plain.tolist(), strict=True):
        assert form == same or not told
