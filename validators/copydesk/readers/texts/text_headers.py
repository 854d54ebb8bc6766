r"""Headers before a text: front matter of Markdown, and the header block of a mail or a news posting.

>>> read_header("---\ntitle: Storm\ntags: [weather]\n---\nIt rained.")
Header(values={'title': 'Storm', 'tags': ['weather']}, end=37)
>>> read_header("From: A. Writer\nSubject: Storm\n\nIt rained.").values
{'byline': 'A. Writer', 'headline': 'Storm'}
>>> read_header("Storm: a night of rain\n\nIt rained.") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from copydesk.model.aliases import ALIASES, normal_name

__all__ = ["FENCES", "Header", "read_header", "take_heading"]

#: A longer header is none: the text is read as a text.
_LONGEST = 64 << 10

#: The fields of a mail (RFC 5322) or a posting (RFC 5536), and those of an article that they are.
_OF_MAIL = {
    "subject": "headline",
    "from": "byline",
    "date": "published",
    "message-id": "id",
    "organization": "publisher",
    "newsgroups": "section",
}

#: Names of fields that tell a header block from a first paragraph with colons in it.
_KNOWN = frozenset(map(normal_name, [name for names in ALIASES.values() for name in names] + list(_OF_MAIL)))
_OF_BODY = frozenset(map(normal_name, ALIASES["body"]))

_OF_HEADLINE = frozenset(map(normal_name, ALIASES["headline"]))

#: A heading at the start, with number signs before it or a line of equal signs below (CommonMark 0.31, 4.2 and 4.3).
_HEADING = re.compile(
    r"\s*(?:#[^\S\r\n]+([^\r\n]+?)[^\S\r\n]*(?:#+[^\S\r\n]*)?|"
    r"([^\s#>*+-][^\r\n]*?)[^\S\r\n]*(?:\r\n|\n|\r)=+[^\S\r\n]*)(?:\r\n|\n|\r|\Z)"
)

#: A header block has at least so many fields with known names.
_FEWEST = 2

#: With what front matter begins.
FENCES = ("---", "+++")

_FENCE = re.compile(r"(---|\+\+\+)[^\S\r\n]*(?:\r\n|\n|\r)")
_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_FIELD = re.compile(r"([A-Za-z][\w-]*):(?:[^\S\r\n]+([^\r\n]*)|$)")


@dataclass(frozen=True, slots=True)
class Header:
    """The values of a header by their names, and where in the text it ends, in characters."""

    values: dict[str, Any]
    end: int


def read_header(text: str) -> Header | None:
    """Return the header with which a text begins; None if it begins with none.

    Front matter is YAML between lines of `---`, or TOML between lines of `+++`, and has at least one field with a known
    name. A header block ends at a blank line, and has at least two.
    """
    fence = _FENCE.match(text)
    if fence is None:
        return _block(text)
    head = text[: fence.end() + _LONGEST]
    closing = re.compile(rf"(?:\A|(?<=[\r\n])){re.escape(fence[1])}[^\S\r\n]*(?:\r\n|\n|\r|\Z)")
    end = closing.search(head, fence.end())
    if end is None:
        return None
    values = _yaml(head[fence.end() : end.start()]) if fence[1] == "---" else _toml(head[fence.end() : end.start()])
    values = {name: value for name, value in values.items() if normal_name(name) not in _OF_BODY}
    if not any(normal_name(name) in _KNOWN for name in values):
        return None
    return Header(values, end.end())


def take_heading(text: str, start: int, values: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """Take the heading with which a text of Markdown begins as its headline, where that is not known yet.

    Args:
        text: the whole text.
        start: where the text begins after its header.
        values: what the header says.

    Returns:
        The values, and where the body begins: after the heading, if it is the headline or repeats it.
    """
    heading = _HEADING.match(text, start)
    if heading is None:
        return dict(values), start
    title = heading[1] or heading[2]
    known = next((value for name, value in values.items() if normal_name(name) in _OF_HEADLINE), None)
    if known is None:
        return {**values, "headline": title}, heading.end()
    return dict(values), heading.end() if str(known).split() == title.split() else start


def _yaml(source: str) -> Mapping[str, Any]:
    from ruamel.yaml import YAML, AliasEvent
    from ruamel.yaml.error import YAMLError

    try:
        # An alias can stand for an alias, and a few lines for more text than memory holds.
        if any(isinstance(event, AliasEvent) for event in YAML(typ="safe", pure=True).parse(source)):
            return _lines(source)
        values = YAML(typ="base", pure=True).load(source)  # each value stays the text that it is
    except (YAMLError, ValueError, RecursionError):  # as by a title with a colon in it, which many tools write
        return _lines(source)
    return {str(name): value for name, value in values.items()} if isinstance(values, dict) else {}


def _toml(source: str) -> Mapping[str, Any]:
    import tomllib

    try:
        values = tomllib.loads(source.replace("\r\n", "\n").replace("\r", "\n"))
    except (ValueError, RecursionError):
        return {}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def _lines(source: str) -> dict[str, str]:
    """Read each line `name: value`, as it stands, where the whole is no YAML."""
    fields = (_FIELD.match(line) for line in source.splitlines())
    return {field[1]: (field[2] or "").strip().strip("\"'") for field in fields if field}


def _block(text: str) -> Header | None:
    values: dict[str, str] = {}
    name = None
    at = 0
    while at < min(len(text), _LONGEST):
        line = _LINE.match(text, at)
        assert line is not None
        if not line[1].strip():
            return _header_of(values, line.end()) if values else None
        field = _FIELD.match(line[1])
        if field:
            name = field[1]
            values.setdefault(name, (field[2] or "").strip())
        elif name is not None and line[1][:1] in " \t":  # a long value goes on
            values[name] += " " + line[1].strip()
        else:
            return None
        at = line.end()
    return None


def _header_of(values: dict[str, str], end: int) -> Header | None:
    names = {name.lower() for name in values}
    known = set(map(normal_name, values))
    if len(known & _KNOWN) < _FEWEST or known & _OF_BODY:
        return None
    if not {"from", "subject"} <= names:
        return Header(dict(values), end)
    from email.utils import parseaddr  # late: few collections are mail

    of_mail = {_OF_MAIL[name.lower()]: value for name, value in values.items() if name.lower() in _OF_MAIL}
    of_mail["byline"] = parseaddr(of_mail["byline"])[0] or of_mail["byline"]
    return Header(of_mail, end)
