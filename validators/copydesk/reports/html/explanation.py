"""What `copydesk explain` says of a check, in the page: why it matters, when it is wrong, how to mend it."""

from __future__ import annotations

import re
from functools import cache

from copydesk.checks import FAMILIES, check_named, documentation
from copydesk.errors import CopydeskError

__all__ = ["explanation"]

#: The sections of a check's documentation that the page has, and their names in it.
_SECTIONS = {"Why it matters": "Why it matters", "Known limits": "When it is wrong"}

#: How to mend what the checks of a family find, where it begins: in the scraper.
_MENDING = {
    "text": "Decode each page by the encoding that it declares, once. Take text out of the parsed page, and put a line"
    " break between blocks. Do not cut what is stored.",
    "structure": "Choose the element that holds the story, and no element around it. Take each paragraph once, whole:"
    " a paragraph may have links and emphasis in it.",
    "residue": "Drop the element that holds these lines before the text is taken: it has a class or a role of its own."
    " Where that is not possible, drop the lines themselves.",
    "metadata": "Read this field from the page's structured data (JSON-LD, Open Graph), and from the visible page only"
    " where that is missing. Store nothing rather than a stand-in.",
    "collection": "Know an article by its canonical address. Store a page that is fetched again in the place of the"
    " first.",
}


@cache
def explanation(check: str) -> tuple[tuple[str, str], ...]:
    """Return the sections as titles and paragraphs; none for a check that is not installed."""
    try:
        kind = check_named(check)
    except CopydeskError:
        return ()
    sections = documentation(kind)
    found = [(title, _flow(sections[name])) for name, title in _SECTIONS.items() if name in sections]
    if kind.family in FAMILIES and kind.family in _MENDING:
        found.append(("Mend it in the scraper", _MENDING[kind.family]))
    return tuple(found)


def _flow(text: str) -> str:
    """Return text without the line breaks of its source."""
    return re.sub(r"\s+", " ", text).strip()
