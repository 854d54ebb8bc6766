"""Mark-up in a text: tags, entities, code, shortcodes and Markdown that a page has left over."""

from __future__ import annotations

import html
import re
from typing import Any, NamedTuple

__all__ = [
    "Mark",
    "entities",
    "half_entities",
    "is_about_markup",
    "is_quoted",
    "is_word",
    "links",
    "markup_in",
    "pieces",
]

#: Elements of HTML, and of the mark-up languages of pages, that can be left over; not words that people put in angles.
_ELEMENTS = (
    "a abbr address amp-[a-z-]+ article aside audio b bdi bdo big blockquote body br button canvas caption "
    "center cite code col colgroup dd del details dfn dialog div dl dt em embed fieldset figcaption figure "
    "font footer form frame h[1-6] head header hr html i iframe ilayer img input ins kbd label legend li link "
    "main map mark meta nav noscript object ol option p param picture pre q s samp script section select small "
    "source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time "
    "title tr track tt u ul var video wbr o:p"
).replace(" ", "|")

_TAG = re.compile(
    rf"<!--.*?-->|<!doctype[^<>]*>|<!\[CDATA\[|\]\]>"
    rf"|<(?P<raw>script|style)\b[^<>]*>.*?</(?P=raw)\s*>"
    rf"|</(?:{_ELEMENTS})\s*>"
    rf"|<(?:{_ELEMENTS})\s*/?>"
    rf"|<(?:{_ELEMENTS})(?:\s+[\w:@.-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))?)+\s*/?>",
    re.I | re.S,
)

#: A tag that opens and is cut off by the end of the line.
_CUT = re.compile(rf"<(?:{_ELEMENTS})\s+[\w:-]+\s*=\s*[\"'][^<>\n]*$", re.I | re.M)

_ENTITY = re.compile(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")

#: Entities that lost their ampersand, by number or name; with the space that came for it before an apostrophe. They may
#: be glued to the word before ('cafeacute;'). Names that are words, too, must be glued to the word or number behind.
_HALF_ENTITY = re.compile(
    r"(?: (?=(?:#39|apos|rsquo|#8217);(?:s|t|re|ve|ll|d|m)\b))?(?<!&)"
    r"(?:(?<![\d_])#(?P<code>3[4689]|6[02]|1[3-9]\d|2[0-4]\d|25[0-5]|8[12]\d\d|8364)"
    r"|(?P<name>(?<!ali)quot|nbsp|apos|[lr][sd]quo|[nm]dash|hellip|[lr]aquo|[AEIOUaeiou](?:acute|grave|uml|circ)"
    r"|[Cc]cedil|szlig|(?:euro|pound|amp)(?=;\w))"
    r");\w*"
)
#: An ampersand between two names ('Marks amp; Spencer'), or behind one in a text that lost another entity.
_BETWEEN_NAMES = re.compile(r"(?<=\s)amp;(?= \w)")
#: Those of ASCII may be the numbers of a list, where nothing follows at once: '#12; he'.
_CERTAIN_CODES = ("34", "39")

#: A tag whose brackets are entities, one or both, perhaps without their ampersands.
_ESCAPED_TAG = re.compile(
    rf"(?:&(?:amp;)*lt;|(?<![&\w])lt;|<)/?(?:{_ELEMENTS})(?:\s[^<>\n]{{0,300}}?)?\s?/?(?:&(?:amp;)*gt;|gt;)"
    rf"|(?:&(?:amp;)*lt;|(?<![&\w])lt;)/?(?:{_ELEMENTS})(?:\s[^<>&\n]{{0,300}})?>",
    re.I,
)

#: Code of pages, by what cannot be prose: declarations of CSS, placeholders of templates.
_BRACES = re.compile(
    r"@media[^{}\n]{0,100}\{(?:[^{}]{0,200}\{[^{}]{0,500}\}){1,50}\s*\}"
    r"|(?:[.#@][\w-]{1,60}(?:[\s,>+~:.]{1,3}[.#]?[a-z][\w-]{0,60}){0,12}\s?)?\{\s*(?:[a-z-]+\s*:[^{};\n]{1,80};\s*)*[a-z-]+\s*:[^{};\n]{1,80}(?:;\s*)?\}"
    r"|\{\{[^{}\n]{0,80}\}\}?|\{%[^{}\n]{0,80}%\}"
)

#: Statements of JavaScript; the rest of the line is code, too.
_CODE = re.compile(
    r"(?:\(?\bfunction\s?\w*\([\w\s,$]*\)\s?\{|document\.(?:write|getElement|createElement|querySelector|cookie)\w*"
    r"|window\.(?:\w+\s?=[^=]|dataLayer|addEventListener|location\b)|googletag\.\w+|\(adsbygoogle\b"
    r"|\bvar [\w$]+\s?=\s?[^\s=]|\bdataLayer\.push)[^\n]*"
)

#: Shortcodes of publishing systems, and BBCode.
_SHORTCODE = re.compile(
    r"\[/?(?:caption|embed|gallery|audio|video|playlist|youtube|tweet|twitter|instagram|vc_\w+|et_pb_\w+|fusion_\w+"
    r"|su_\w+|wp_\w+|contact-form-7|pullquote|dropcap|shortcode|ad_\w+|adrotate|newsletter_\w+)"
    r"(?:\s+[\w-]+\s*=\s*[^\]\n]{0,300}|\s*/)?\]"
    r"|\[(b|i|u|s|url|img|quote|code|list|color|size|font|center|spoiler)\](?=[^\n]*\[/\1\])|\[/(?:b|i|u|s|url|img|quote|code"
    r"|list|color|size|font|center|spoiler)\]|\[(?:url|img|color|size|font)=[^\]\n]{1,300}\]"
)

#: What is to be deleted, with what is in all of it and searched for in no time.
_KINDS = (
    (_TAG, ("<", "]]>"), "a tag of HTML in the text"),
    (_CUT, ("<",), "a tag of HTML in the text, cut off"),
    (_ESCAPED_TAG, ("lt;", "gt;"), "a tag of HTML in the text, escaped"),
    (_SHORTCODE, ("[",), "a shortcode of the publishing system"),
    (_CODE, ("function", "document.", "window.", "googletag.", "adsbygoogle", "var ", "dataLayer"), "code of the page"),
    (_BRACES, ("{",), "code of the page"),
)

#: Links and pictures as Markdown writes them.
_MARKDOWN = re.compile(
    r"!\[[^\]\n]{0,300}\]\([^\s()]{1,500}(?:\([^\s()]{0,100}\)[^\s()]{0,100})?(?:\s+\"[^\"\n]*\")?\)|\[([^\]\n]{1,300})\]\((?:https?://|/)[^\s)]{0,500}\)"
)

#: A story with so few marks, each a word of its own, that names the subject is about mark-up.
_MENTIONS = 3
_SUBJECT = re.compile(
    r"\b(?:HTML|CSS|XML|JavaScript|website|web ?pages?|source code|brackets?|Webseite|Quelltext|code source|site web"
    r"|página web|sitio web|código|codice|sito web|broncode|strona internetowa|kod|код"
    r"|сайт\w*|ιστοσελίδ\w*)\b|网页|代码|コード",
    re.I,
)

#: A mark of at most so many characters may be a word of a sentence.
_WORD = 12

_QUOTES = {'"': '"', "“": "”", "„": "“", "'": "'", "‘": "’", "`": "`", "«": "»", "»": "«", "「": "」"}


class Mark(NamedTuple):
    """A piece of mark-up; `mended` is "" where it is to be deleted."""

    start: int
    end: int
    reason: str
    mended: str


def markup_in(text: str) -> list[dict[str, Any]]:
    """Find the mark-up of a text: `start`, `end`, `reason`, `mended` ("" where it is to be deleted)."""
    marks: list[Mark] = []
    for mark in sorted(
        [*pieces(text), *links(text), *entities(text), *half_entities(text)], key=lambda m: (m.start, -m.end)
    ):
        if not marks or mark.start >= marks[-1].end:
            marks.append(mark)
    return [] if is_about_markup(text, marks) else [mark._asdict() for mark in marks]


def pieces(text: str) -> list[Mark]:
    """Find tags, shortcodes and code, all to be deleted."""
    return [
        Mark(*match.span(), reason, "")
        for pattern, words, reason in _KINDS
        if any(word in text for word in words)
        for match in pattern.finditer(text)
        if not is_quoted(text, *match.span())
    ]


def links(text: str) -> list[Mark]:
    """Find links and pictures of Markdown; a link leaves its words."""
    if "](" not in text:
        return []
    return [Mark(*m.span(), "a link or picture in Markdown", m[1] or "") for m in _MARKDOWN.finditer(text)]


def entities(text: str) -> list[Mark]:
    """Find entities; each is replaced by its character, however often it was escaped."""
    marks = []
    for match in _ENTITY.finditer(text):
        mended = match[0]
        while mended != (mended := html.unescape(mended)):
            pass
        is_character = not mended.startswith("&") or mended == "&"
        if is_character and not is_quoted(text, *match.span()):
            marks.append(Mark(*match.span(), "an entity of HTML in the text", mended))
    return marks


_LOST_AMPERSAND = "an entity of HTML that lost its ampersand"


def _is_name_before(text: str, at: int) -> bool:
    """Return whether the word before a place begins with a capital."""
    words = text[max(0, at - 40) : at].split()
    return bool(words) and words[-1][0].isupper()


def half_entities(text: str) -> list[Mark]:
    """Find entities without their ampersand, with the word behind them; each is replaced by its character."""
    matches = [m for m in _HALF_ENTITY.finditer(text) if not is_quoted(text, *m.span())]
    lost = [
        m
        for m in _BETWEEN_NAMES.finditer(text)
        if _is_name_before(text, m.start()) and (matches or text[m.end() + 1].isupper())
    ]
    return [Mark(*m.span(), _LOST_AMPERSAND, "&") for m in lost] + [
        Mark(*m.span(), _LOST_AMPERSAND, html.unescape("&" + m[0].lstrip(" ")))
        for m in matches
        if m["name"]
        or m["code"] in _CERTAIN_CODES
        or int(m["code"]) > 127
        or not m[0].endswith(";")
        or len(matches) > 1
    ]


def is_about_markup(text: str, marks: list[Mark]) -> bool:
    """Return whether a story speaks of mark-up: it names the subject, and has a few marks as words of sentences."""
    few = 0 < len(marks) <= _MENTIONS and all(is_word(text, mark.start, mark.end) for mark in marks)
    return few and _SUBJECT.search(text) is not None


def is_word(text: str, start: int, end: int) -> bool:
    """Return whether a short mark stands between spaces in the middle of a sentence."""
    after = text[end : end + 2]
    return (
        end - start <= _WORD
        and text[max(0, start - 2) : start - 1].isalpha()
        and text[start - 1] == " " == after[:1]
        and after[1:].islower()
    )


def is_quoted(text: str, start: int, end: int) -> bool:
    """Return whether nothing but this stands in quotation marks: a story that speaks of mark-up."""
    opening, closing = text[start - 1 : start], text[end : end + 1]
    return bool(closing) and closing in _QUOTES.get(opening, "")
