"""The words of checks: the most frequent first, with their first places in different articles."""

from __future__ import annotations

from copydesk.reports.html.words import count_words

from ..newsroom import article, finding, frame


def test_words_come_by_frequency_then_by_their_place() -> None:
    rows = []
    for n, words in enumerate(("rare", "often", "pair", "often", "often ", "pair", "often")):
        story = article(id=f"a{n}", body=words)
        rows.append(finding(story, "ad-residue", words, "a label", row=min(n, 4)))
    found = count_words(frame((), [*rows, {**rows[0], "check": "other"}]), ["ad-residue", "absent"])
    assert list(found) == ["ad-residue"]
    assert [(w.text, w.times) for w in found["ad-residue"]] == [("often", 4), ("pair", 2), ("rare", 1)]
    assert [f["row"] for f in found["ad-residue"][0].first] == [1, 3, 4]
