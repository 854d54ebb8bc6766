"""Tokens: what a tokenizer or a data set puts in the place of words, of breaks and of marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk_expectations.detection.text.leftover import Leftover

__all__ = ["BRACKET", "TOKEN_PIECES", "brackets", "joined_pieces", "redactions", "spaced_tokens", "special_tokens"]

#: Brackets of the Penn Treebank, which `-LRB-` and the like stand for.
_BRACKETS = {"lrb": "(", "rrb": ")", "lsb": "[", "rsb": "]", "lcb": "{", "rcb": "}"}
_PAIR = re.compile(r"-(?P<open>l[rsc]b)-(?P<words>[^\n]{1,200}?)-(?P<close>r[rsc]b)-", re.I | re.A)

#: A bracket of either kind, alone.
BRACKET = re.compile(r"-[lr][rsc]b-", re.I | re.A)

#: Words that stand for what a program could not read, and for breaks and borders that it took out.
_TOKENS = re.compile(
    r"<(?:unk|pad|eos|bos|mask|sep|cls|s|/s|n|q|NUM|URL|newline|nl|\|endoftext\||\|im_start\||\|im_end\|)>"
    r"|\[(?:UNK|PAD|CLS|SEP|MASK|NEWLINE|BOS|EOS)\]|\bNEWLINE_CHAR\b|\bstory_separator_special_tag\b|\bSTORY_SEPARATOR\b"
    r"|\|{5,}|^@highlight[^\S\n]*$|\bxx(?:bos|maj|up|unk|rep)\b",
    re.M | re.I,
)

#: One of these stands in each of them, in small letters.
TOKEN_PIECES = (
    *("<", "[unk", "[pad", "[cls", "[sep", "[mask", "[newline", "[bos", "[eos", "newline_char", "story_separator"),
    *("|||||", "@highlight", "xxbos", "xxmaj", "xxup", "xxunk", "xxrep"),
)

#: Words that were taken out, and pieces of words.
_REDACTED = re.compile(r"(?<!\S)@(?:[^\S\n]?@){2,}(?!\S)")
_PIECE = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,40}(?:@@ [^\W\d_]{1,40}| ##[^\W\d_]{1,40})|\u2581[^\W\d_]{1,40}")
_FEWEST_PIECES = 3

#: Marks with a space before them, and as they should be. In some languages other marks have one.
_SPACED = re.compile(r"(?<=\w) [,.](?= |\n|$)")
_PLAIN = re.compile(r"(?<=\w)[,.](?= |\n|$)")
_FEWEST_SPACED = 5


def brackets(text: str) -> Iterator[Leftover]:
    """Yield the brackets of a treebank, with what stands in them."""
    reason = "brackets as a tokenizer writes them"
    pairs = [m for m in _PAIR.finditer(text) if m["open"][1].lower() == m["close"][1].lower()]
    for m in pairs:
        opening, closing = _BRACKETS[m["open"].lower()], _BRACKETS[m["close"].lower()]
        yield Leftover(*m.span(), reason, opening + m["words"].strip() + closing)
    for m in BRACKET.finditer(text):
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
