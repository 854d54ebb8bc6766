"""What programs left over is found in any article, and code, paths and markets are silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.testing.check_examples import words_found
from copydesk.testing.strategies import hostile_text
from copydesk_expectations.checks.text.preparation_leftover import PreparationLeftover


@pytest.mark.parametrize(
    "body",
    [
        r"The files lie in C:\new\tables and \\server\news\today, said the clerk.",
        "Gold | 2,034 | +0.4 % || Oil 71 | -0.2 | Brent [1] <b> and @harbour @ferry @ 5 pm.",
        'The program prints "\\n" at the end of a line, and \\u00e9 is an accented letter in its source code.',
        "“As an AI language model, I cannot swim”, the robot told the children. Lorem ipsum is Latin.",
        "Bonjour ; il pleut , dit-il. Et puis ? Non !",
        '["Quoted headline"] was the answer of the editor.',
    ],
)
def test_code_paths_markets_and_quotations_are_silent(body: str) -> None:
    assert words_found(PreparationLeftover, [{"body": body}]) == [[]]


def test_each_kind_is_found() -> None:
    bodies = {
        "NEWLINE_CHAR": "It rained. NEWLINE_CHAR The bus came.",
        "|||||": "It rained. ||||| The bus came.",
        "@highlight": "It rained.\n@highlight\nThe bus came.",
        '["It rained.", "The bus came."]': '["It rained.", "The bus came."]',
        "As an AI language model, I cannot judge this.": "It rained. As an AI language model, I cannot judge this. So?",
        "作为一个AI语言模型，我无法评论。": "作为一个AI语言模型，我无法评论。雨停了。",
        "=C3=A9": "The caf=C3=A9 reopened.",
    }
    assert words_found(PreparationLeftover, [{"body": body} for body in bodies.values()]) == [[w] for w in bodies]


@settings(max_examples=15)
@given(st.lists(hostile_text(), max_size=4))
def test_hostile_text_is_survived_alone_and_together(same_alone: Callable[..., bool], collection: list[str]) -> None:
    assert same_alone(PreparationLeftover(), [{"headline": text, "body": text} for text in collection])
