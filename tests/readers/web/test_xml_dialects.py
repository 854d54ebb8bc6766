from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]

NITF = """<nitf><head><title>x</title><docdata><doc-id id-string="n1"/><date.issue norm="20260314T073000Z"/></docdata>
<pubdata name="Paper" position.section="Local"/></head><body><body.head><hedline><hl1>Flood</hl1></hedline>
<byline>By A. Writer</byline><abstract><p>Teaser.</p></abstract></body.head><body.content>
<block class="lead_paragraph"><p>It rained.</p></block><block class="full_text"><p>It <em>rained</em>.</p><p>Twice.</p></block>
</body.content></body></nitf>"""
G2 = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1" xml:lang="en"><itemMeta>
<provider><name>Paper</name></provider><versionCreated>2026-03-15</versionCreated><firstCreated>2026-03-14</firstCreated>
</itemMeta><contentMeta><by>A. Writer</by><headline>Flood</headline><language tag="en"/></contentMeta><contentSet>
<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body><p>It rained.</p><p>Twice.</p>
</body></html></inlineXML></contentSet></newsItem>"""
NEWSML = """<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>Paper</ProviderId></NewsIdentifier></Identification>
<NewsComponent><NewsLines><HeadLine>Flood</HeadLine></NewsLines><ContentItem><DataContent><p>It rained.</p><p>Twice.</p>
</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"""
WIKI = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="en"><siteinfo><sitename>Wikinews</sitename></siteinfo>
<page><title>Flood</title><ns>0</ns><id>7</id><revision><timestamp>2026-03-14T00:00:00Z</timestamp><contributor>
<username>W</username></contributor><text>It rained.\n\nTwice.</text></revision></page>
<page><title>Talk:Flood</title><ns>1</ns><revision><text>x</text></revision></page></mediawiki>"""
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Flood</title><author>A. Writer</author>
</titleStmt><publicationStmt><publisher>Paper</publisher><date when="2026-03-14"/></publicationStmt></fileDesc></teiHeader>
<text><body><div><p>It rained.</p><p>Twice.</p></div></body></text></TEI>"""
DOC = """<doc title="Flood" author="A. Writer" date="2026-03-14"><main><p>It rained.</p><p>Twice.</p></main></doc>"""

BODY = "It rained.\nTwice."
CASES: dict[str, tuple[str, dict[str, str | None]]] = {
    "nitf": (NITF, {"id": "n1", "publisher": "Paper", "headline": "Flood", "standfirst": "Teaser.", "byline": "By A. Writer", "body": BODY, "published": "2026-03-14T07:30:00Z", "section": "Local"}),
    "NewsML-G2": (G2, {"id": "urn:1", "publisher": "Paper", "headline": "Flood", "byline": "A. Writer", "body": BODY, "published": "2026-03-14", "modified": "2026-03-15", "language": "en"}),
    "NewsML-G2 message": (f"<newsMessage><itemSet>{G2}</itemSet></newsMessage>", {"headline": "Flood", "body": BODY}),
    "NewsML 1": (NEWSML, {"publisher": "Paper", "headline": "Flood", "body": BODY}),
    "wiki": (WIKI, {"id": "7", "publisher": "Wikinews", "headline": "Flood", "body": "It rained.\n\nTwice.", "language": "en"}),
    "tei": (TEI, {"publisher": "Paper", "headline": "Flood", "byline": "A. Writer", "body": BODY, "published": "2026-03-14"}),
    "trafilatura": (DOC, {"headline": "Flood", "byline": "A. Writer", "body": BODY, "published": "2026-03-14"}),
}  # fmt: skip


@pytest.mark.parametrize("kind", CASES)
def test_the_fields_of_a_dialect(read_bytes: ReadBytes, kind: str) -> None:
    source, expected = CASES[kind]
    rows, rejected = read_bytes(source.encode(), "a.xml")
    assert not rejected and {name: rows[0][name] for name in expected} == expected
    assert len(rows) == 1
