"""Without text: no word of an article is left in any output; places, counts and hashes are."""

from __future__ import annotations

from copydesk.reports.ci import codequality, junit, markdown, sarif
from copydesk.reports.html.report import render
from copydesk.reports.textless import hash_text, without_text

from .newsroom import newsroom

#: Words of the stories, ids and values of the newsroom.
WORDS = (
    "Hide Ad",
    "Skerrow",
    "Drummond",
    "Newsdesk",
    "harbour-2",
    "javascript:alert",
    "茶馆",
    "no column for <",
    "http://www",
)


def test_no_text_is_left() -> None:
    seen = newsroom()
    bare = without_text(seen)
    page = render(bare)
    findings = bare.findings.collect()
    for text in (page, findings.write_json(), junit.render(bare), markdown.render(bare), codequality.render(bare)):
        assert not [words for words in WORDS if words in text]
    log = sarif.render(bare)  # which explains its rules, with their examples
    assert not [words for words in WORDS[1:] if words in log]
    assert "The Portnahaven Mail" in page and hash_text("Hide Ad") in page and "2031-04.jsonl" in page
    before = seen.findings.collect()
    assert findings["fingerprint"].equals(before["fingerprint"]) and findings.height == before.height
    assert findings["text"].n_unique() == before["text"].n_unique()
