"""Pieces of a file: articles come in the order of their rows, and a record that does not fit is refused."""

from __future__ import annotations

import pytest

from copydesk.repair.articles import Repaired
from copydesk.repair.rewriting.pieces import Queue, RefusedError, changed, checked


def article(row: int) -> Repaired:
    return Repaired("a.jsonl", row, row, str(row), {"body": "text"}, before={"body": "old"})


def test_articles_are_taken_by_their_rows() -> None:
    queue = Queue(iter([article(2), article(5)]))
    assert queue.take(1) is None and (taken := queue.take(2)) is not None and taken.row == 2
    assert queue.take(4) is None and not queue.is_empty
    assert queue.take(6) is None and queue.is_empty and queue.peek() is None


def test_a_text_that_is_another_is_refused() -> None:
    checked(article(1), "body", "old")
    with pytest.raises(RefusedError, match="several values"):
        checked(article(1), "body", "other")


def test_a_record_that_is_none_is_left_as_it_is() -> None:
    def patch() -> list[tuple[int, int, str]]:
        return [(0, "text".index("no"), "new")]

    record = changed(article(1), "text", patch)
    assert record.refused and record.parts == ((b"text", b"text"),)
    fine = changed(article(1), "é1", lambda: [(1, 2, "ü")])
    assert fine.parts == (("é".encode(), "é".encode()), (b"1", "ü".encode()), (b"", b""))
