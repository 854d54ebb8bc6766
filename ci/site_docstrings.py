"""How the site shows docstrings of dataclasses: a paragraph of lines `field: what it holds` becomes a list."""

from __future__ import annotations

import re
from typing import Any

from griffe import Class, Extension

_FIELD = re.compile(r"^(\w+(?:, \w+)*): (?=\S)")


def with_lists(docstring: str) -> str:
    """Return a docstring in which each paragraph of fields is a list in Markdown.

    >>> with_lists("A copy.\\n\\nrow: its number,\\n    from 1.\\nfile: its file.")
    'A copy.\\n\\n- `row`: its number,\\n    from 1.\\n- `file`: its file.'
    """
    return "\n\n".join(_with_list(paragraph) for paragraph in docstring.split("\n\n"))


def _with_list(paragraph: str) -> str:
    lines = paragraph.split("\n")
    if not all(_FIELD.match(line) or line.startswith("    ") for line in lines) or lines[0].startswith(" "):
        return paragraph
    return "\n".join(_FIELD.sub(r"- `\1`: ", line) for line in lines)


class FieldLists(Extension):
    """Rewrites the docstrings of classes as griffe reads them."""

    def on_class_instance(self, *, cls: Class, **_: Any) -> None:
        """Rewrite one."""
        if cls.docstring is not None:
            cls.docstring.value = with_lists(cls.docstring.value)
