"""Text fit to be shown: escaped, nothing hidden, cut where findings begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.reports.html.marked_text import (
    Edit,
    Span,
    apply_edits,
    clip,
    plain,
    segments,
    text_lines,
    visible,
    windows,
)

spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda p: (min(p), max(p))), max_size=12).map(
    lambda pairs: [Span(a, b, n) for n, (a, b) in enumerate(pairs, start=1)]
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ('"quoted"', "&#34;quoted&#34;"),
        ("x\x00", 'x<i class="cp" title="character without a name">U+0000</i>'),
        ("\u200b\u200b\u200b", '<i class="cp" title="ZERO WIDTH SPACE">U+200B ×3</i>'),
        ("\ud800", '<i class="cp" title="character without a name">U+D800</i>'),
        ("tab\tand\nline", "tab\tand\nline"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian is spelt with the non-joiner
        ("wo\u200crd", 'wo<i class="cp" title="ZERO WIDTH NON-JOINER">U+200C</i>rd'),
        ("👩\u200d🌾", "👩\u200d🌾"),
        ("❤\ufe0f", "❤\ufe0f"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_what_is_shown_can_be_written_and_reorders_nothing(text: str) -> None:
    for shown in (str(visible(text)), plain(text)):
        shown.encode()
        assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\r")
    assert "<" not in plain("".join(c for c in text if c != "<"))


@given(st.text(), st.integers(0, 50))
def test_clip_is_a_beginning(text: str, limit: int) -> None:
    cut = clip(text, limit)
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))
    assert len(cut) <= limit + 1


@given(spans)
def test_segments_cover_the_text_once_and_in_order(marked: list[Span]) -> None:
    pieces = segments(0, 60, marked)
    assert pieces[0].start == 0 and pieces[-1].end == 60
    assert all(a.end == b.start for a, b in pairwise(pieces))
    for span in marked:
        mine = [p for p in pieces if span in p.spans]
        assert (mine[0].start, mine[-1].end) == (span.start, span.end)


@given(st.integers(0, 5000), st.integers(20, 400), st.lists(st.integers(0, 5000), max_size=20))
def test_windows_are_apart_and_within_bounds(length: int, room: int, places: list[int]) -> None:
    marked = [Span(min(p, length), min(p + 9, length), n) for n, p in enumerate(places, start=1)]
    shown = windows(length, marked, room=room)
    assert all(0 <= a <= b <= length for a, b in shown)
    assert all(a[1] < b[0] for a, b in pairwise(shown))
    assert sum(b - a for a, b in shown) <= max(length if length <= room else 0, room + max(200, room // 4))


@given(st.text(st.sampled_from("ab \n\t")))
def test_paragraphs_share_out_the_whole_text(text: str) -> None:
    pairs = text_lines(text)
    assert "".join(text[a:b] for a, b in pairs) == text
    said = [line.strip() for line in text.split("\n") if line.strip()]
    assert [text[a:b].strip() for a, b in pairs] == (said or [""])


def test_repairs_are_made_once_and_in_order() -> None:
    text = "One\ntwo three.\nAd\nFour cafÃ©."
    edits = [Edit(2, 5, "e t"), Edit(15, 17, ""), Edit(16, 18, ""), Edit(23, 28, "café")]
    assert ["".join(t for t, _ in line) for line in apply_edits(text, edits, [(0, len(text))])] == [
        "One two three.",
        "Four café.",
    ]


@given(st.text(st.sampled_from("ab\n"), max_size=60), spans)
def test_deletion_leaves_exactly_the_rest(text: str, marked: list[Span]) -> None:
    cut = [Edit(min(s.start, len(text)), min(s.end, len(text)), "") for s in marked]
    gone = {n for e in cut for n in range(e.start, e.end)}
    rest = "".join(c for n, c in enumerate(text) if n not in gone)
    lines = apply_edits(text, cut, [(0, len(text))])
    assert ["".join(t for t, _ in line) for line in lines] == [line for line in rest.split("\n") if line]
