"""Preparation: what the programs that make a data set out of articles leave in their text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from copydesk_expectations.detection.text.markup import is_quoted
from copydesk_expectations.tables import read_table

__all__ = ["Leftover", "escapes", "leftovers_in", "literals", "spaced_tokens", "special_tokens"]

#: Escape sequences of JSON and of programming languages, and sequences of UTF-8 in quoted-printable.
_CODE_POINT = re.compile(r"(?:\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2})+")
_LINE_BREAKS = re.compile(r"(?:\\r)?(?:\\[nt])+(?:\\r|\\[nt])*")
_PRINTABLE = re.compile(r"(?:=[0-9A-F]{2}){2,}")

#: A word is looked at so far.
_WORD = 60

#: An escaped break stands between sentences, or between a sentence and a quotation.
_BEFORE_BREAK = re.compile(r"[^\w\\/:][\"”’»)\]]?$|^$|[^\W\d_]$")
_AFTER_BREAK = re.compile(r"[A-ZÀ-ÞΑ-ΩА-ЯЁ\"“„«‘'(\\—–-]|[^\x00-\u0590]|\s|$")

#: A path of Windows, or code: backslashes within it are no escapes.
_PATH = re.compile(r"[\"“(]?(?:[A-Za-z]:\\|\\\\[\w.-]+\\)")

_CHUNK = re.compile(r"\S+")

#: Brackets of the Penn Treebank, which `-LRB-` and the like stand for.
_BRACKETS = {"lrb": "(", "rrb": ")", "lsb": "[", "rsb": "]", "lcb": "{", "rcb": "}"}
_PAIR = re.compile(r"-(?P<open>l[rsc]b)-(?P<words>[^\n]{1,200}?)-(?P<close>r[rsc]b)-", re.I | re.A)
_BRACKET = re.compile(r"-[lr][rsc]b-", re.I | re.A)

#: Words that stand for what a program could not read, and for breaks and borders that it took out.
_TOKENS = re.compile(
    r"<(?:unk|pad|eos|bos|mask|sep|cls|s|/s|n|q|NUM|URL|newline|nl|\|endoftext\||\|im_start\||\|im_end\|)>"
    r"|\[(?:UNK|PAD|CLS|SEP|MASK|NEWLINE|BOS|EOS)\]|\bNEWLINE_CHAR\b|\bstory_separator_special_tag\b|\bSTORY_SEPARATOR\b"
    r"|\|{5,}|^@highlight[^\S\n]*$|\bxx(?:bos|maj|up|unk|rep)\b",
    re.M | re.I,
)

#: One of these stands in each of them, in small letters.
_TOKEN_PIECES = (
    *("<", "[unk", "[pad", "[cls", "[sep", "[mask", "[newline", "[bos", "[eos", "newline_char", "story_separator"),
    *("|||||", "@highlight", "xxbos", "xxmaj", "xxup", "xxunk", "xxrep"),
)

#: Words that were taken out, and pieces of words.
_REDACTED = re.compile(r"(?<!\S)@(?:[^\S\n]?@){2,}(?!\S)")
_PIECE = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,40}(?:@@ [^\W\d_]{1,40}| ##[^\W\d_]{1,40})|\u2581[^\W\d_]{1,40}")
_FEWEST_PIECES = 3

#: A body that is a value of a program, front matter of a page, and text that only fills a page.
_LITERAL = re.compile(r"\s*(?:b?(?P<quote>['\"]).*(?P=quote)|[\[{]\s*b?['\"].*['\"\]}]\s*[\]}])\s*", re.S)
_IN_LITERAL = re.compile(r"['\"]\s*[,:]\s*(?:['\"\[{\d]|null|None|true|True|false|False)|\\[nu]")
_FRONT_MATTER = re.compile(
    r"\A---[^\S\n]*\n(?:[A-Za-z_][\w -]{0,30}:[^\n]*\n|[^\S\n]*-[^\n]*\n){1,40}---[^\S\n]*(?=\n|\Z)"
)
_LOREM = re.compile(r"\blorem ipsum dolor[^\n]*", re.I)

#: Marks with a space before them, and as they should be. In some languages other marks have one.
_SPACED = re.compile(r"(?<=\w) [,.](?= |\n|$)")
_PLAIN = re.compile(r"(?<=\w)[,.](?= |\n|$)")
_FEWEST_SPACED = 5

#: A story of computers, of at most so many escapes or tokens, speaks of them.
_MENTIONS = 2
_SUBJECT = re.compile(
    r"\b(?:programm(?:er|ing)\w*|code|coding|software|regex\w*|Unicode|tokeni[sz]\w+|escape sequence|backslash\w*)\b",
    re.I,
)


class Leftover(NamedTuple):
    """What was left over; `mended` is "" where it is to be deleted, None where it is not certain what it was."""

    start: int
    end: int
    reason: str
    mended: str | None


def leftovers_in(text: str) -> list[dict[str, Any]]:
    """Find what preparation left in a text: `start`, `end`, `reason`, `mended`."""
    whole = [*literals(text)]
    if whole:
        return [leftover._asdict() for leftover in whole]
    alike = _folded(text)
    few = [x for x in _found(_MENTIONED, text, alike) if not is_quoted(text, x.start, x.end)]
    if 0 < len(few) <= _MENTIONS and _SUBJECT.search(text):
        few = [x for x in few if _is_between_sentences(text, x)]
    others = _found(_FINDERS, text, alike)
    found: list[Leftover] = []
    for leftover in sorted([*few, *others], key=lambda x: (x.start, -x.end)):
        if not found or leftover.start >= found[-1].end:
            found.append(leftover)
    if not any(_BRACKET.search(text, x.start, x.end) for x in found):
        found += spaced_tokens(text)
    return [leftover._asdict() for leftover in found]


def _folded(text: str) -> str:
    """Return a text in one case: what `re.I` takes for the same becomes the same, and so do the Turkish letters."""
    return text.casefold().replace("i\u0307", "i").replace("\u0131", "i")


def _found(finders: _Finders, text: str, alike: str) -> list[Leftover]:
    """Return what those finders find of which a piece stands in the folded text: a search for these takes no time."""
    there = [find for find, pieces in finders.items() if any(piece in alike for piece in pieces)]
    return [leftover for find in there for leftover in find(text)]


def escapes(text: str) -> Iterator[Leftover]:
    """Yield escape sequences: breaks alone, other characters with the word that they are in."""
    paths = [m.span() for m in _CHUNK.finditer(text) if _PATH.match(m[0])]
    breaks = [m for m in _LINE_BREAKS.finditer(text) if _is_break(text, m)]
    points = [*_CODE_POINT.finditer(text)]
    for m in breaks if len(breaks) > 1 or any(m[0].count("\\") > 1 for m in breaks) else ():
        if not any(start <= m.start() < end for start, end in paths):
            yield Leftover(*m.span(), "an escaped line break", "\n" * m[0].count("\\n") or " ")
    reason, end = "escape sequences for characters", 0
    for m in points:
        if m.start() >= end and not any(start <= m.start() < end for start, end in paths):
            start, end = _word_around(text, *m.span())
            yield Leftover(start, end, reason, _unescaped(text[start:end]))


def _is_between_sentences(text: str, leftover: Leftover) -> bool:
    """Return whether one sentence ends before a leftover and another begins behind it: no sentence speaks of it."""
    before, behind = text[max(0, leftover.start - 2) : leftover.start], text[leftover.end : leftover.end + 2]
    return before.rstrip(" ")[-1:] in {".", "!", "?", "\n"} and behind.lstrip(" ")[:1].isupper()


def _is_break(text: str, match: re.Match[str]) -> bool:
    """Return whether an escaped break stands where a paragraph can end and another can begin."""
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 1]
    return bool(_BEFORE_BREAK.search(before) and _AFTER_BREAK.match(after))


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the word starts and ends that has an escape sequence; escaped breaks end it."""
    left = re.split(r"\s|\\[nrt]", text[max(0, start - _WORD) : start])[-1]
    right = re.split(r"\s|\\[nrt]", text[end : end + _WORD])[0]
    return start - len(left), end + len(right)


def _unescaped(word: str) -> str | None:
    """Return a word with its escape sequences as characters; None where they are none."""
    try:
        json_like = _CODE_POINT.sub(lambda m: m[0].replace("\\x", "\\u00"), word)
        mended = _CODE_POINT.sub(lambda m: str(json.loads(f'"{m[0]}"')), json_like)
        mended.encode()
    except (ValueError, UnicodeEncodeError):
        return None
    return mended if mended.isprintable() else None


def quoted_printable(text: str) -> Iterator[Leftover]:
    """Yield characters as mail writes them: '=C3=A9'."""
    for m in _PRINTABLE.finditer(text):
        try:
            yield Leftover(*m.span(), "characters in quoted-printable", bytes.fromhex(m[0].replace("=", "")).decode())
        except UnicodeDecodeError:
            continue


def brackets(text: str) -> Iterator[Leftover]:
    """Yield the brackets of a treebank, with what stands in them."""
    reason = "brackets as a tokenizer writes them"
    pairs = [m for m in _PAIR.finditer(text) if m["open"][1].lower() == m["close"][1].lower()]
    for m in pairs:
        opening, closing = _BRACKETS[m["open"].lower()], _BRACKETS[m["close"].lower()]
        yield Leftover(*m.span(), reason, opening + m["words"].strip() + closing)
    for m in _BRACKET.finditer(text):
        if not any(pair.start() <= m.start() < pair.end() for pair in pairs):
            yield Leftover(*m.span(), reason, _BRACKETS[m[0].strip("-").lower()])


def special_tokens(text: str) -> Iterator[Leftover]:
    """Yield words that a program put in for breaks, borders, and words that it did not know."""
    for m in _TOKENS.finditer(text):
        token = m[0].lower()
        mended = None if "unk" in token or "mask" in token or token in ("<num>", "<url>") else ""
        yield Leftover(
            *m.span(), "a special token of a tokenizer or a data set", "\n" if "newline" in token else mended
        )


def redactions(text: str) -> Iterator[Leftover]:
    """Yield words that were taken out, with a sign for each."""
    return (Leftover(*m.span(), "words that were taken out of the text", None) for m in _REDACTED.finditer(text))


def joined_pieces(text: str) -> Iterator[Leftover]:
    """Yield words that a tokenizer cut in pieces, where there are several."""
    pieces = [*_PIECE.finditer(text)]
    if len(pieces) >= _FEWEST_PIECES:
        for m in pieces:
            mended = re.sub(r"@@ | ##", "", m[0]).replace("\u2581", " ").strip()
            yield Leftover(*m.span(), "a word that a tokenizer cut in pieces", mended)


def literals(text: str) -> Iterator[Leftover]:
    """Yield a body that is a value of a program as a whole."""
    head, tail = text[:200].lstrip()[:2], text[-200:].rstrip()[-1:]
    if head[:1] in ("b", "[", "{", '"', "'") and tail in ("'", '"', "]", "}") and _LITERAL.fullmatch(text):
        is_bytes = head in ("b'", 'b"')
        if is_bytes or (head[0] in "[{" and _IN_LITERAL.search(text)):
            start = len(text) - len(text.lstrip())
            yield Leftover(start, len(text.rstrip()), "the body is a value of JSON or of a program", None)


def front_matter(text: str) -> Iterator[Leftover]:
    """Yield the front matter of a page."""
    if m := _FRONT_MATTER.match(text):
        yield Leftover(*m.span(), "front matter of a page", "")


def filler(text: str) -> Iterator[Leftover]:
    """Yield Latin that fills a page."""
    for m in _LOREM.finditer(text):
        if text[m.start() - 1 : m.start()] not in ("“", '"', "‘", "'", "«", "„"):
            yield Leftover(m.start(), m.start() + len(m[0].rstrip()), "text that fills a page", "")


def assistant_talk(text: str) -> Iterator[Leftover]:
    """Yield sentences in which a language model speaks of itself, each at its start and not quoted."""
    for m in _assistant().finditer(text):
        end = _SENTENCE_END.search(text, m.end("words"))
        yield Leftover(m.start("words"), end.end() if end and end[0] != "\n" else m.end("words"), _ASSISTANT, None)


_SENTENCE_END = re.compile(r"[.!?:](?=\s|$)|[。！？]|\n|$")
_ASSISTANT = "words of a language model about itself"


@cache
def _assistant() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in read_table("assistant_phrases"))
    return re.compile(rf"(?:^|(?<=[.!?] ))(?P<words>{phrases})", re.I | re.M)


def spaced_tokens(text: str) -> list[Leftover]:
    """Find a text whose commas and full stops all have a space before them: its first paragraph stands for it."""
    if text.count(" ,") + text.count(" .") < _FEWEST_SPACED:
        return []
    spaced = [m.start() for m in _SPACED.finditer(text)]
    if len(spaced) < _FEWEST_SPACED or 10 * len(_PLAIN.findall(text)) > len(spaced):
        return []
    start = text.rfind("\n", 0, spaced[0]) + 1
    end = text.find("\n", spaced[0])
    return [
        Leftover(start, len(text) if end < 0 else end, "tokens with spaces between, as a tokenizer writes them", None)
    ]


#: Finders, and the folded pieces of which one stands in each text that has what they find.
_Finders = Mapping[Callable[[str], Iterator[Leftover]], tuple[str, ...]]

#: What a story of computers may speak of.
_MENTIONED: _Finders = {escapes: ("\\",), special_tokens: _TOKEN_PIECES}

_FINDERS: _Finders = {
    quoted_printable: ("=",),
    brackets: ("rb-", "sb-", "cb-"),
    redactions: ("@",),
    joined_pieces: ("@@ ", " ##", "\u2581"),
    front_matter: ("---",),
    filler: ("lorem ipsum",),
    assistant_talk: tuple(map(_folded, read_table("assistant_phrases"))),
}
