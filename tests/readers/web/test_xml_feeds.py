from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]

RSS = """<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Paper</title><language>en</language><image><title>Logo</title></image>
<item><title>Flood &amp; rain</title><link>https://p.example/1</link><guid>g1</guid><dc:creator>A. Writer</dc:creator>
<pubDate>Sat, 14 Mar 2026 07:30:00 +0000</pubDate><category>Local</category><description>&lt;p&gt;Teaser.&lt;/p&gt;</description>
<c:encoded><![CDATA[<p>It <b>rained</b>.</p><p>Twice.</p>]]></c:encoded></item>
<item><title>Dry</title><description>No rain.</description></item></channel></rss>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel><title>Paper</title></channel><item><title>Flood</title><description>It rained.</description></item></rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Paper</title><entry><title>Flood</title><id>e1</id>
<link rel="self" href="x"/><link href="https://p.example/1"/><published>2026-03-14</published><updated>2026-03-15</updated>
<author><name>A. Writer</name></author><summary>Teaser.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It rained.</p><p>Twice.</p></div></content></entry></feed>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://p.example/1</loc><n:news><n:publication><n:name>Paper</n:name><n:language>en</n:language></n:publication>
<n:publication_date>2026-03-14</n:publication_date><n:title>Flood</n:title></n:news></url></urlset>"""

BODY = "It rained.\nTwice."
CASES: dict[str, tuple[str, dict[str, str | None]]] = {
    "rss": (RSS, {"id": "g1", "url": "https://p.example/1", "publisher": "Paper", "headline": "Flood & rain", "standfirst": "Teaser.", "byline": "A. Writer", "body": BODY, "section": "Local", "language": "en"}),
    "rdf": (RDF, {"publisher": "Paper", "headline": "Flood", "body": "It rained."}),
    "atom": (ATOM, {"id": "e1", "url": "https://p.example/1", "publisher": "Paper", "headline": "Flood", "standfirst": "Teaser.", "byline": "A. Writer", "body": BODY, "published": "2026-03-14", "modified": "2026-03-15", "language": "en"}),
    "sitemap": (SITEMAP, {"url": "https://p.example/1", "publisher": "Paper", "headline": "Flood", "body": None, "published": "2026-03-14", "language": "en"}),
}  # fmt: skip


@pytest.mark.parametrize("kind", CASES)
def test_the_fields_of_a_feed(read_bytes: ReadBytes, kind: str) -> None:
    source, expected = CASES[kind]
    rows, rejected = read_bytes(source.encode(), "a.xml")
    assert not rejected and {name: rows[0][name] for name in expected} == expected
    assert len(rows) == (2 if kind == "rss" else 1)


def test_a_teaser_is_the_body_where_a_feed_has_no_more(read_bytes: ReadBytes) -> None:
    [_, dry], _ = read_bytes(RSS.encode(), "feed.rss")
    assert (dry["body"], dry["standfirst"]) == ("No rain.", None)
