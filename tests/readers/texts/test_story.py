from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from copydesk.errors import NoArticlesError
from copydesk.testing.strategies import bodies

ReadBytes = Callable[..., tuple[list[dict[str, Any]], list[Any]]]


@settings(max_examples=10)
@given(bodies())
def test_what_is_written_is_read_back(read_bytes: ReadBytes, body: str) -> None:
    text = f"It rained.\n{body}\n\n@highlight\n\nRain fell\n\n@highlight\n\nThe river rose\n"
    [row], rejected = read_bytes(text.encode(), "a.story")
    assert not rejected and row == {
        "id": "a.story",
        "standfirst": "Rain fell\nThe river rose",
        "body": f"It rained.\n{body}\n\n",
    }


def test_a_story_without_highlights_has_a_body_alone(read_bytes: ReadBytes) -> None:
    assert read_bytes(b"It rained.\n\nIt poured.", "a.story") == (
        [{"id": "a.story", "body": "It rained.\n\nIt poured."}],
        [],
    )


def test_what_is_no_text_is_said(read_bytes: ReadBytes) -> None:
    with pytest.raises(NoArticlesError, match=r"a\.story"):
        read_bytes(b"\n", "a.story")
    assert read_bytes(b"\xff", "a.story")[1][0].line == 1
