r"""The text of a piece of HTML, such as the body of an article: a line for each paragraph.

>>> html_to_text("<p>It rained &amp;\n<b>rain</b>ed.</p><ul><li>Twice.</li></ul><script>x()</script>")
'It rained & rained.\nTwice.'
>>> html_to_text("No markup, 2 < 3 &amp; so on.\nA second line.")
'No markup, 2 < 3 & so on.\nA second line.'

Comments, what is no text, and tags are replaced one after the other, in linear time. A tree is not needed. To build one
takes the parsers of HTML 5 quadratic time and more where elements are nested wrongly: lexbor needs 4 seconds for 30 kB
of hostile markup.
Tags are those of the HTML standard, and names with a hyphen, a colon or an underscore; `<name@mail.example>` is text.
An underscore is in names of data alone, such as GDELT's `<PAGE_TITLE>`: each of these is a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from copydesk.lazy import pl

__all__ = ["converted", "html_to_text", "is_declared_html", "is_html_type"]

#: Columns whose names, without `_` and `-`, declare HTML (JSON Feed, dpa, ninjs 1, and what others write).
_DECLARED = frozenset(
    {"contenthtml", "articlehtml", "bodyhtml", "bodyxhtml", "htmlbody", "texthtml", "contentencoded", "html", "rawhtml"}
    | {"htmlcontent", "htmltext", "pagehtml", "xhtml"}
)

#: Elements that begin and end a line (HTML standard, 15.3: display: block, list-item, table-row; and br).
_BLOCKS = (
    "address|article|aside|blockquote|body|br|caption|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure"
    "|footer|form|h[1-6]|header|hgroup|hr|html|legend|li|main|menu|nav|ol|optgroup|option|p|pre|search|section|summary"
    r"|table|tbody|tfoot|thead|tr|ul|[a-z][a-z0-9]*+_\w*+"
)

#: Elements whose content is no text of the story: programs, styles, and what stands in for media.
_DROPPED = (
    "audio|canvas|head|iframe|math|noembed|noframes|noscript|object|script|select|style|svg|template|textarea|title"
    "|video"
)

#: All other elements, and names of other vocabularies, which have a hyphen or a colon.
_INLINE = (
    "a|abbr|acronym|applet|area|b|base|basefont|bdi|bdo|big|button|cite|code|col|colgroup|data|datalist|del|dfn|em|embed"
    "|font|frame|frameset|i|img|input|ins|kbd|label|link|map|mark|marquee|meta|meter|nobr|output|param|picture|progress"
    "|q|rp|rt|ruby|s|samp|slot|small|source|span|strike|strong|sub|sup|time|track|tt|u|var|wbr"
    r"|[a-z]\w*+[-:][\w:.-]++"
)

# A quote belongs to a value only after an equals sign: <p don't>. Each pattern matches once its name does, if need be
# up to the end of the text: so no place is read twice.
_ATTRIBUTES = r"(?=[\s/>]|\Z)(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|))*+"


#: A tag; the groups say what it becomes: a line end, a space, and nothing for all others.
_TAG = re.compile(
    rf"</?+(?:({_BLOCKS})|(td|th)|{_INLINE}|{_DROPPED}){_ATTRIBUTES}(?:>|\Z)",
    re.IGNORECASE,
)
_BECOMES = {None: "", 1: "\n", 2: " "}
_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?][^>]*+(?:>|\Z)", re.DOTALL)
_WITH_CONTENT = re.compile(
    rf"<({_DROPPED}){_ATTRIBUTES}(?:(?<=/)>|>.*?(?:</\1(?=[\s/>])[^>]*+(?:>|\Z)|\Z)|\Z)", re.IGNORECASE | re.DOTALL
)
_PRE = re.compile(r"<pre(?=[\s>]).*?(?:</pre(?=[\s>])|\Z)", re.IGNORECASE | re.DOTALL)
_SPACES = re.compile("  +")
_END = "\x1e"
_MAYBE = "<|&[#a-zA-Z]"


def html_to_text(html: str) -> str:
    """Return the text of a piece of HTML.

    A line for each paragraph, heading, item and row. White space is what a browser would show, and no line is blank.
    A piece without tags keeps its lines; only its entities are resolved.
    """
    end = html.rfind(">") + 1
    text, comments = _COMMENT.subn("", html[:end] + _END)
    text, dropped = _WITH_CONTENT.subn("", text)
    rest = html[end:] if text.endswith(_END) else ""  # what is never closed goes on to the end
    text = text.removesuffix(_END)
    text = _PRE.sub(lambda pre: pre[0].replace("\n", "<br>"), text)
    text, tags = _TAG.subn(lambda tag: _BECOMES[tag.lastindex], _one_space(text))
    if not (comments or dropped or tags):
        return unescape(html)
    lines = _SPACES.sub(" ", text + _one_space(rest)).split("\n")
    return "\n".join(line for line in (unescape(line).strip(" \t\r\n\f") for line in lines) if line)


def _one_space(text: str) -> str:
    """Replace each stretch of white space by a space. A pattern for all is slower: it matches at each word."""
    for space in "\t\n\r\f":
        text = text.replace(space, " ")
    return _SPACES.sub(" ", text)


def is_declared_html(column: str) -> bool:
    """Say whether the name of a column, or the last key of a path, declares that it holds HTML.

    >>> is_declared_html("content_html"), is_declared_html("article.body-xhtml"), is_declared_html("content")
    (True, True, False)
    """
    return re.sub(r"[\W_]", "", column.rpartition(".")[2]).lower() in _DECLARED


def is_html_type(kind: object) -> bool:
    """Say whether a content type is one of HTML, as objects around a text name it.

    >>> is_html_type("text/html; charset=utf-8"), is_html_type("text/plain")
    (True, False)
    """
    if not isinstance(kind, str):
        return False
    return kind.partition(";")[0].strip().lower() in ("text/html", "application/xhtml+xml", "html", "xhtml")


def converted(values: pl.Series, convert: Callable[[str], str] = html_to_text) -> pl.Series:
    """Return a column of HTML as text. Values without a sign of markup are kept as they are."""
    marked = values.str.contains(_MAYBE).fill_null(False)
    if not marked.any():
        return values
    texts = pl.Series(values.name, [convert(text) for text in values.filter(marked)], dtype=pl.String)
    return values.scatter(marked.arg_true(), texts)
