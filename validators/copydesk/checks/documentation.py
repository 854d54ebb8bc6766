"""The sections of a check's docstring, for `explain`, the docs and the tests."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from copydesk.checks.base import Check

__all__ = ["DOC_SECTIONS", "documentation"]

#: The sections of a check's docstring, in order.
DOC_SECTIONS = ("What it finds", "Why it matters", "Known limits", "Passes", "Fails", "Options", "Source")


def documentation(check: type[Check]) -> dict[str, str]:
    """Cut a check's docstring into its sections.

    Returns:
        "title": the first line; and each of DOC_SECTIONS that the docstring has, without its indentation.
    """
    text = inspect.cleandoc(check.__doc__ or "")
    parts: dict[str, str] = {}
    for name, part in _sections(text):
        parts[name] = inspect.cleandoc("\n" + part) if name != "title" else part.strip().split("\n\n")[0]
    return parts


def _sections(text: str) -> Iterator[tuple[str, str]]:
    heads = re.compile(rf"^({'|'.join(DOC_SECTIONS)}):[ ]*$", re.M)
    marks = list(heads.finditer(text))
    yield "title", text[: marks[0].start()] if marks else text
    for mark, following in zip(marks, [*marks, None][1:], strict=True):
        yield mark[1], text[mark.end() : following.start() if following else len(text)].strip("\n")
