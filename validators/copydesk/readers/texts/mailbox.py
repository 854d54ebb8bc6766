r"""Mailboxes: texts in which mails or postings follow each other, each under a line 'From a@b.example Sat Mar 14 ...'.

The form is that of RFC 4155. A line of a message that begins with 'From ' has a '>' before it, which is taken away.
"""

from __future__ import annotations

import re

from copydesk.readers.texts.article import Article, split_text
from copydesk.readers.texts.text_headers import read_header

__all__ = ["messages_of"]

#: The line between messages, before a header: a sender, and a date with a time and a year.
_MARK = re.compile(r"(?:\A|(?<=\n))From (\S[^\r\n]{0,200})\r?\n(?=[A-Za-z][\w-]*:)")
_TIME, _YEAR = re.compile(r"\b\d\d:\d\d\b"), re.compile(r"\b(?:19|20)\d\d\b")
_ESCAPED = re.compile(r"^>(>*From )", re.MULTILINE)


def messages_of(text: str) -> list[Article]:
    r"""Return the messages of a mailbox; none where the text is no mailbox.

    >>> text = "From a@b.example Sat Mar 14 07:30:00 2026\nFrom: A\nSubject: Storm\n\nIt rained.\n"
    >>> [article.values["body"] for article in messages_of(text * 2)]
    ['It rained.\n', 'It rained.\n']
    """
    if not text.startswith("From "):
        return []
    marks = [mark for mark in _MARK.finditer(text) if _TIME.search(mark[1]) and _YEAR.search(mark[1])]
    if not marks or marks[0].start() or read_header(text[marks[0].end() :]) is None:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    messages = (text[mark.end() : end] for mark, end in zip(marks, ends, strict=True))
    return [
        Article(article.values, has_header=True)
        for message in messages
        for article in split_text(_ESCAPED.sub(r"\1", message))
    ]
