"""Mailboxes: each message is an article, and other texts are none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from copydesk.readers.texts.mailbox import messages_of
from copydesk.readers.texts.plain_text import find_starts

ONE = (
    "From desk@herald.example Sat Mar 14 07:30:00 2026\nFrom: A. Writer <a@herald.example>\nSubject: Storm {n}\n"
    "Date: Sat, 14 Mar 2026 07:30:00 +0000\n\nIt rained.\n>From there on it snowed.\n\n"
)
MAILBOX = "".join(ONE.format(n=n) for n in (1, 2, 3))


def test_each_message_is_an_article(read_bytes: Callable[..., Any]) -> None:
    rows, rejected = read_bytes(MAILBOX.encode(), "a.txt")
    assert [(row["headline"], row["byline"]) for row in rows] == [(f"Storm {n}", "A. Writer") for n in (1, 2, 3)]
    assert {row["body"].strip() for row in rows} == {"It rained.\nFrom there on it snowed."} and not rejected
    assert len(messages_of(MAILBOX.replace("\n", "\r\n"))) == 3
    assert find_starts(MAILBOX) == {}


@pytest.mark.parametrize(
    "text",
    [
        "From the archive\n\nIt rained.",
        "From Hull at 07:30 in 2026\n\nIt rained.",
        "From Hull at 07:30 in 2026\nNote: it rained.\n\nIt rained.",
        f"Storm\n\n{MAILBOX}",
        "From ",
        "",
    ],
)
def test_other_texts_are_no_mailbox(text: str) -> None:
    assert messages_of(text) == []
