"""Lexicons: phrases that pages print around a story, by language and kind, matched on whole lines only.

A lexicon is a text file, named after its language (``en.txt``)::

    # a comment
    [ad]
    Hide Ad
    [related]
    Read more: …

A phrase matches a line that is equal to it once both are `copydesk.text.normalised`. ``…`` is a slot: one to twelve
words of any kind (in scripts without spaces, one to forty characters). A phrase never matches inside a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import ClassVar

from copydesk.batch import Batch
from copydesk.checks import ArticleCheck, lexicon_files
from copydesk.columns import pl
from copydesk.errors import SuiteError
from copydesk.finding import flagged
from copydesk.text import normalised

__all__ = ["KINDS", "SLOT", "Lexicon", "LexiconCheck", "Phrase", "load", "parse"]

#: The kinds of phrases, and what they are for.
KINDS = {
    "ad": "slots of advertisements",
    "newsletter": "invitations to a newsletter",
    "subscription": "invitations to subscribe",
    "paywall": "the rest is for subscribers",
    "social": "follow us there",
    "app": "get our app",
    "affiliate": "we earn from links",
    "support": "give to us",
    "legal": "rights and agencies",
    "related": "other stories",
    "share": "share, print and comment",
    "label": "labels that must introduce something",
    "caption": "captions and credits of pictures",
    "consent": "cookies and consent",
    "page": "this page is no article",
    "headline-placeholder": "what stands where a headline should be",
    "byline-junk": "what stands where a name should be",
    "function-words": "the most frequent words of the language",
    "open-ended": "words that cannot end a sentence",
}

#: What stands in a phrase for any words.
SLOT = "…"
_ANY_WORDS = r"(?:\S+ ){0,11}\S+"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase: its language, its kind, and the text as its file has it."""

    language: str
    kind: str
    text: str


class Lexicon:
    """Phrases, ready to be matched against columns of normalised lines."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(phrases)

    @cache  # noqa: B019 - a lexicon lives as long as the process: it is loaded once
    def words(self, kind: str, language: str | None = None) -> tuple[str, ...]:
        """Return the phrases of a kind without slots, normalised, each once."""
        texts = [
            p.text for p in self.phrases if p.kind == kind and SLOT not in p.text and language in (None, p.language)
        ]
        lines = pl.DataFrame({"line": texts}, schema={"line": pl.String}).select(normalised(pl.col("line")))
        return tuple(t for t in lines["line"].unique(maintain_order=True) if t)

    @cache  # noqa: B019
    def _slotted(self, kind: str) -> str | None:
        patterns = [
            _ANY_WORDS.join(re.escape(part).replace(r"\ ", " ") for part in _fold(phrase.text).split(SLOT))
            for phrase in self.phrases
            if phrase.kind == kind and SLOT in phrase.text
        ]
        return f"^(?:{'|'.join(dict.fromkeys(patterns))})$" if patterns else None

    def matches(self, line: pl.Expr, *kinds: str) -> pl.Expr:
        """Say whether each line, normalised already, is a phrase of one of the kinds."""
        plain = [word for kind in kinds for word in self.words(kind)]
        found = line.is_in(plain)
        for kind in kinds:
            pattern = self._slotted(kind)
            if pattern is not None:
                found = found | line.str.contains(pattern)
        return found


def _fold(phrase: str) -> str:
    """Normalise a phrase with slots: as `normalised` does, but the slots stay, and so do marks beside them."""
    folded = pl.select(pl.lit(phrase.replace(SLOT, "\0")).str.normalize("NFKC").str.to_lowercase()).item()
    folded = re.sub("[’‘ʼ]", "'", folded)
    folded = re.sub(r"\s+", " ", folded).strip()
    return re.sub(r"^[^\w\0]+|[^\w\0]+$", "", folded).replace("\0", SLOT)


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
        elif not re.search(r"\w", entry):
            raise SuiteError(f"{file}, line {number}: {entry!r} holds no word, so that it would match any line.")
        else:
            phrases.append(Phrase(language, kind, entry))
    return phrases


@cache
def load(own: tuple[str, ...] = ()) -> Lexicon:
    """Load the installed lexicons, and a project's own files.

    Args:
        own: paths of lexicon files, named after their language.

    Raises:
        SuiteError: a file that is not there or cannot be understood.
    """
    files: list[Traversable | Path] = [*lexicon_files()]
    for path in own:
        if not Path(path).is_file():
            raise SuiteError(f"{path}: there is no such lexicon file. Paths are relative to the working folder.")
        files.append(Path(path))
    return Lexicon(
        phrase
        for file in files
        for phrase in parse(file.read_text(encoding="utf-8-sig"), language=file.name.partition(".")[0], file=str(file))
    )


@dataclass(frozen=True, kw_only=True)
class LexiconCheck(ArticleCheck):
    """A check that finds the lines which are phrases of some kinds.

    Class attributes:
        kinds: the kinds of phrases, of KINDS.
        reason: what such a line is, for the finding.
    """

    kinds: ClassVar[tuple[str, ...]]
    reason: ClassVar[str]

    lexicons: tuple[str, ...] = ()

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the lines that are phrases, to be deleted."""
        hits = batch.short_lines.lazy().filter(load(self.lexicons).matches(pl.col("line"), *self.kinds))
        return flagged(hits, reason=self.reason, repair="delete")
