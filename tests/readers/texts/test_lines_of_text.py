"""Lines of texts, with their summaries in the file beside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import InputError
from copydesk.readers import find, read

words = st.from_regex(r"[A-Za-z]{1,9}( [a-z]{1,9}){1,6}\.", fullmatch=True)


@settings(max_examples=8)
@given(
    st.lists(st.lists(words, min_size=1, max_size=3), min_size=1, max_size=4),
    st.sampled_from(["|||||", "story_separator_special_tag"]),
)
def test_what_is_written_is_read_back(read_bytes: Callable[..., Any], clusters: list[list[str]], between: str) -> None:
    data = "".join(f" {between} ".join(cluster) + "\n" for cluster in clusters).encode()
    for size in (1, 1 << 20):
        rows, rejected = read_bytes(data, "a.src", chunk_bytes=size)
        assert not rejected and [row["body"] for row in rows] == [text for cluster in clusters for text in cluster]


def test_a_line_that_is_not_utf_8_is_rejected(read_bytes: Callable[..., Any]) -> None:
    rows, [rejected] = read_bytes(b"It rained. NEWLINE_CHAR Twice.\n" + b"caf\xe9\n", "a.src")
    assert rows[0]["body"] == "It rained.\nTwice." and rejected.line == 2


def test_the_file_beside_has_the_summaries_and_is_no_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.src").write_text("It rained.\nIt snowed. ||||| It froze.\n")
    (tmp_path / "a.tgt").write_text("– Rain.\n– Cold.\n")
    found = find(tmp_path)
    assert len(found.sources) == 1 and not found.passed_over
    [chunk] = read(tmp_path)
    assert chunk.articles["standfirst"].to_list() == ["Rain.", None, None]
    (tmp_path / "a.tgt").write_text("– Rain.\n")
    with pytest.raises(InputError, match=r"more lines than a\.tgt"):
        list(read(tmp_path))
