"""Phrases: the entries of lexicon files, their kinds, and the words that tell them.

A lexicon is a text file, named after its language (``en.txt``)::

    # a comment
    [ad]
    Hide Ad
    [related]
    Read more: …
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from copydesk.errors import SuiteError
from copydesk.paths import expect_path
from copydesk.text.scan import either

__all__ = [
    "KINDS",
    "LINE_KINDS",
    "MOST_WORDS",
    "SLOT",
    "Phrase",
    "caseless",
    "has_word",
    "is_inside",
    "kind_bits",
    "own_text",
    "parse",
    "stem_of",
]

#: The kinds of phrases that are lines of a page, the first to be asked first, and what they are for.
LINE_KINDS = (
    "ad",  # slots of advertisements
    "newsletter",  # invitations to a newsletter
    "subscription",  # invitations to subscribe
    "paywall",  # the rest is for subscribers
    "social",  # follow us there
    "app",  # get our app
    "affiliate",  # we earn from links
    "support",  # give to us
    "related",  # other stories
    "share",  # share, print and comment
    "caption",  # captions and credits of pictures
    "consent",  # cookies and consent
    "page",  # this page is no article
    "legal",  # rights and agencies
    "label",  # labels that must introduce something
)

#: All kinds: those of lines, what stands where a headline or a name should be, and words of the language: the most
#: frequent ones, and those that cannot end a sentence.
KINDS = (*LINE_KINDS, "headline-placeholder", "byline-junk", "function-words", "open-ended")

#: What stands in a phrase for any words.
SLOT = "…"

#: Lines of more words are prose, whatever they begin with (a prompt has at most forty words).
MOST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase: its language, its kind, and the text as its file has it."""

    language: str
    kind: str
    text: str


def kind_bits(*kinds: str) -> int:
    """Return the bits that stand for kinds of lines."""
    return sum(1 << LINE_KINDS.index(kind) for kind in kinds)


def stem_of(text: str) -> str:
    """Return the words that a phrase begins with, or else those that it ends with."""
    first, *others = text.split(SLOT)
    return others[-1] if others and not has_word(first) else first


def is_inside(text: str) -> bool:
    """Say whether the line both begins and ends with a slot, or with marks around it."""
    return SLOT in text and not has_word(stem_of(text))


def has_word(text: str) -> bool:
    """Say whether a text has a letter or a digit."""
    return text[:1].isalnum() or any(character.isalnum() for character in text)


def caseless(words: str) -> bytes:
    """Return a pattern over bytes for words in any case, whatever stands between them."""
    parts = re.findall(r"\w+", words)
    cased = [b"".join(either(dict.fromkeys((c.lower(), c.upper()))) for c in part) for part in parts]
    return rb"[^a-zA-Z0-9\n]{1,8}".join(cased)


def parse(text: str, *, language: str, file: str) -> list[Phrase]:
    """Read the text of a lexicon file.

    Raises:
        SuiteError: a phrase before any kind, or a kind that is not known; names file and line.
    """
    phrases, kind = [], None
    for number, line in enumerate(text.splitlines(), start=1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        if entry.startswith("[") and entry.endswith("]"):
            kind = entry[1:-1]
            if kind not in KINDS:
                raise SuiteError(
                    f"{file}, line {number}: {entry} is no kind of phrase. The kinds are {', '.join(KINDS)}."
                )
        elif kind is None:
            raise SuiteError(
                f"{file}, line {number}: {entry!r} stands before any [kind]. Put a line such as [ad] above it."
            )
        elif not has_word(entry):
            raise SuiteError(f"{file}, line {number}: {entry!r} holds no word, so that it would match any line.")
        else:
            phrases.append(Phrase(language, kind, entry))
    return phrases


@cache
def own_text(path: str) -> str:
    """Return the text of a project's own lexicon, as it is when this process first asks for it.

    Raises:
        SuiteError: there is no such file.
    """
    expect_path(path)
    if not Path(path).is_file():
        raise SuiteError(f"{path}: there is no such lexicon file. Paths are relative to the working folder.")
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SuiteError(f"{path}: the lexicon cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SuiteError(f"{path}: the lexicon is not UTF-8 (byte {error.start:,}). Save it as UTF-8.") from error
