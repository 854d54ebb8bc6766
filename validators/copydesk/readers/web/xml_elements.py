"""Elements of XML: those at a path, and the text in one."""

from __future__ import annotations

from collections.abc import Iterable
from html.entities import html5
from typing import Any

from copydesk.readers.fields.html_text import html_to_text

__all__ = [
    "LANGUAGE",
    "EntityError",
    "Values",
    "find",
    "find_all",
    "find_within",
    "html_of",
    "lines_of",
    "local_name",
    "raw_of",
    "text_of",
    "texts_of",
]

#: Elements that begin and end a line, in NITF, XHTML and TEI.
_BLOCKS = frozenset(
    {
        *("p", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "hr", "div", "block", "tr", "table", "ul"),
        *("ol", "dl", "dt", "dd", "bq", "blockquote", "pre", "lg", "l", "head", "lb", "item", "list", "ab", "section"),
        *("article", "figure", "figcaption", "media", "media-caption", "fn", "note", "quote"),
    }
)

#: Elements whose text is none of the story.
_DROPPED = frozenset({"script", "style", "media-metadata", "media-reference", "media-producer"})

#: The attribute for the language of an element.
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

#: The values of a record, by their names.
Values = dict[str, Any]


class EntityError(Exception):
    """A text has an entity that is not one of HTML."""


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def find(element: Any, *path: str) -> Any:
    """Return the first element at a path of names, in any namespace; None if there is none."""
    return next(iter(find_all(element, *path)), None)


def find_all(element: Any, *path: str) -> list[Any]:
    """Return all elements at a path of names, in any namespace."""
    found = [element]
    for name in path:
        found = [child for parent in found for child in parent if local_name(child).lower() == name]
    return found


def find_within(element: Any, name: str) -> Any:
    """Return the first element of a name at any depth; None if there is none."""
    return next((node for node in element.iter() if local_name(node).lower() == name), None)


def text_of(element: Any) -> str | None:
    """Return the text of an element in one line; None where it is not there or blank.

    Raises:
        EntityError: it has an entity that nobody knows.
    """
    if element is None:
        return None
    return " ".join("".join(_pieces(element, ())).split()) or None


def lines_of(element: Any) -> str | None:
    """Return the text of an element with markup, a line for each paragraph."""
    if element is None:
        return None
    lines = "".join(_pieces(element, _BLOCKS)).split("\0")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line) or None


def raw_of(element: Any) -> str | None:
    """Return the text of an element as it stands."""
    return "".join(_pieces(element, ())) if element is not None else None


def _pieces(element: Any, blocks: Iterable[str]) -> list[str]:
    """Return the pieces of text in an element; NUL, which XML cannot have, stands for a line end."""
    pieces: list[str] = []
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, is_done = stack.pop()
        name = local_name(node).lower()
        if is_done:
            pieces.append("\0" if name in blocks else "")
            pieces.append(node.tail or "" if node is not element else "")
            continue
        stack.append((node, True))
        if not isinstance(node.tag, str):  # an entity: comments and instructions are not read
            pieces.append(_entity(node))
        elif name not in _DROPPED:
            pieces.append("\0" if name in blocks else "")
            pieces.append(node.text or "")
            stack += [(child, False) for child in reversed(node)]
    return pieces


def _entity(node: Any) -> str:
    name = str(node.text).strip("&;")
    if f"{name};" not in html5:
        raise EntityError(f"&{name};")
    return html5[f"{name};"]


def html_of(element: Any) -> str | None:
    """Return the text of an element that holds HTML, escaped or not."""
    if element is None:
        return None
    return lines_of(element) if len(element) else html_to_text(raw_of(element) or "") or None


def texts_of(elements: Iterable[Any], attribute: str | None = None) -> list[str]:
    """Return the texts of elements, or of an attribute of theirs, that are not blank."""
    texts = (element.get(attribute) if attribute else text_of(element) for element in elements)
    return [text for text in texts if text]
