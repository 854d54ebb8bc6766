"""Whole addresses are left alone; relative ones, those without a scheme and those that lead to no page are found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk_expectations.checks.metadata.url_unusable import UrlUnusable

Found = Callable[..., list[dict[str, Any]]]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("www.example.org/bridge", "has no scheme"),
        ("example.org", "has no scheme"),
        ("//example.org/bridge", "has no scheme"),
        ("/2026/bridge", "is relative"),
        ("../bridge", "is relative"),
        ("#top", "is relative"),
        ("?id=7", "is relative"),
        ("javascript:void(0)", "leads to no page"),
        ("JavaScript:;", "leads to no page"),
        ("about:blank", "leads to no page"),
        ("mailto:desk@example.org", "leads to no page"),
        ("https://example.org/a bridge", "white space"),
        ("https:///bridge", "no host"),
        ("https://bridge", "no host"),
        ("bridge-reopens", "no host"),
    ],
)
def test_what_leads_nowhere_is_found(found: Found, url: str, why: str) -> None:
    [finding] = found(UrlUnusable(), [{"url": f" {url}\n"}])
    assert finding["text"] == url and why in finding["reason"]


def test_whole_addresses_are_left_alone(found: Found) -> None:
    urls = (
        *("https://www.example.org", "http://example.org:8080/?p=1#x", "https://user@example.org/a", "ftp://a.example/b"),
        *("https://пример.рф/мост", "https://例え.jp/橋", "https://[2001:db8::1]/a", "http://192.0.2.1/a", "HTTPS://A.EXAMPLE/"),
        *("http://localhost:8000/a", "urn:newsml:example.org:1", "doi:10.1000/182", "tag:a.example,2026:1"),
        *("", " ", "nan", "None", None),
    )  # fmt: skip
    assert not found(UrlUnusable(), [{"url": url} for url in urls])


@settings(max_examples=30)
@given(
    st.from_regex(r"[a-z]{1,9}\.[a-z]{2,5}", fullmatch=True), st.from_regex(r"(?:/[a-z0-9]{1,5}){1,3}", fullmatch=True)
)
def test_an_address_needs_its_scheme(found: Found, host: str, path: str) -> None:
    assert not found(UrlUnusable(), [{"url": f"https://{host}{path}"}])
    assert len(found(UrlUnusable(), [{"url": f"{host}{path}"}, {"url": path}])) == 2
