"""A passage is a publisher's where it stands under many headlines of one publisher and of no other."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from copydesk.similarity import publisher_passages
from copydesk.similarity.publisher_passages import PublisherPassages


def found(
    texts: list[list[int]], publishers: list[int], lines: list[list[int]] | None = None
) -> tuple[list[int], list[bool]]:
    """Return the passages that are a publisher's, and which texts have enough beside them."""
    whose = pl.DataFrame({"publisher": publishers, "story": list(range(len(texts)))})
    looked = PublisherPassages(whose.cast(pl.UInt64), None)
    row = np.repeat(np.arange(len(texts), dtype=np.uint32), [len(text) for text in texts])
    of_lines = [(n, line) for n, some in enumerate(lines or []) for line in some]
    passages = np.array([passage for text in texts for passage in text], np.uint32)
    looked.add(row, passages, np.array(of_lines, np.uint64).reshape(-1, 2))
    passages, some = looked.found(np.array([len(text) for text in texts]))
    return passages.tolist(), some.tolist()


@pytest.mark.parametrize("grouped", [100, 10**6])
def test_it_stands_under_four_headlines_of_one_publisher(grouped: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publisher_passages, "_GROUPED", grouped)  # in one part, or in many
    texts = [[7, 8, *range(10 * n, 10 * n + 9)] for n in range(2, 7)]
    assert found(texts, [1] * 5) == ([7, 8], [True] * 5)
    assert found(texts[:3], [1] * 3)[0] == [], "under three headlines alone"
    assert found(texts, [1, 1, 1, 1, 2])[0] == [], "at two publishers"


def test_a_text_that_has_little_else_keeps_its_passages() -> None:
    texts = [[7], *([7, *range(10 * n, 10 * n + 9)] for n in range(2, 7))]
    assert found(texts, [1] * 6) == ([7], [False, True, True, True, True, True])


def test_texts_that_share_most_are_versions_of_a_story_unless_they_share_whole_lines() -> None:
    texts = [[1, 2, 3, 4, 5, 100 + n, 200 + n] for n in range(6)]
    assert found(texts, [1] * 6)[0] == []
    line = [[5 << 16 | 900, n << 20 | 100] for n in range(6)]  # of 1,000 words, 900 stand in the line that all have
    assert found(texts, [1] * 6, line)[0] == [1, 2, 3, 4, 5]
