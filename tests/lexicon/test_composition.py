"""A line that is made of phrases is one, and a line with other words is none."""

from __future__ import annotations

import pytest

from copydesk.lexicon.composition import MOST_BUTTONS, composed_kinds
from copydesk.lexicon.lexicon import load
from copydesk.lexicon.phrases import kind_bits

AD, SHARE = kind_bits("ad"), kind_bits("share")
PLAIN = {"hide ad": AD, "share": SHARE, "tweet": SHARE, "shares": SHARE}


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("share tweet share", SHARE),
        ("hide ad. share", AD),
        ("1.2k shares", SHARE),
        ("share the tweet", 0),
        ("hide ad. the mayor", 0),
        ("132 trees", 0),
        ("share", 0),
        (" ".join(["share"] * (MOST_BUTTONS + 1)), 0),
    ],
)
def test_a_composed_line_has_the_kinds_of_its_first_phrase(line: str, kinds: int) -> None:
    assert composed_kinds(line, line.count(" ") + 1, lambda part, _: PLAIN.get(part, 0), PLAIN) == kinds


def test_a_line_of_phrases_is_a_phrase() -> None:
    lines = [
        "share tweet email",
        "132 shares",
        "we use cookies. accept all",
        "share the tweet of the mayor",
        "132 trees",
    ]
    assert [load().kinds_of(line, line.count(" ") + 1) > 0 for line in lines] == [True, True, True, False, False]
