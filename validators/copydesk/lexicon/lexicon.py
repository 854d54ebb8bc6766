"""Lexicons: phrases that pages print around a story, by language and kind, matched on whole lines only.

A lexicon is a text file, named after its language (``en.txt``)::

    # a comment
    [ad]
    Hide Ad
    [related]
    Read more: …

A phrase matches a line that is equal to it once both are `copydesk.text.expressions.normalised`. ``…`` is a slot: a
word or more of any kind. A phrase never matches inside a sentence, and a line of more than forty words is no phrase.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import ClassVar

from copydesk.checks import ArticleCheck, lexicon_files
from copydesk.checks.batch import SHORT_LINE, Batch, shared
from copydesk.errors import SuiteError
from copydesk.lazy import np, pl
from copydesk.lexicon.fields import MOST_BUTTONS, field_hits
from copydesk.lexicon.openings import Closing, Opening, Openings
from copydesk.lexicon.slots import Slotted
from copydesk.model.finding import flagged
from copydesk.paths import expect_path
from copydesk.text.buffer import Text
from copydesk.text.expressions import UNSPACED_LANGUAGES, folded, normalised
from copydesk.text.folding import normalised_lines
from copydesk.text.scan import either

__all__ = [
    "KINDS",
    "LINE_KINDS",
    "SLOT",
    "Lexicon",
    "LexiconCheck",
    "Phrase",
    "kind_bits",
    "line_hits",
    "load",
    "own_text",
    "parse",
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
_MOST_WORDS = 40

_COUNTER = re.compile(r"^\d[\d.,\u00a0]*\s?[km]?\s+")

#: What parts sentences that are phrases each.
_SENTENCES = re.compile(r"[.!?|·•›»]+\s+")

#: Lines whose kinds are remembered.
_MOST_SEEN = 1 << 16


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase: its language, its kind, and the text as its file has it."""

    language: str
    kind: str
    text: str


class Lexicon:
    """Phrases, ready to be matched against columns of lines."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(phrases)

    @cached_property
    def _by_kind(self) -> dict[str, list[tuple[Phrase, str, str]]]:
        """The phrases of each kind, each with its stem (see `_stem`): as it stands, and normalised."""
        stems = [_stem(p.text) for p in self.phrases]
        lines = pl.DataFrame({"stem": stems}, schema={"stem": pl.String}).select(normalised(pl.col("stem")))
        found: dict[str, list[tuple[Phrase, str, str]]] = {}
        for phrase, stem, line in zip(self.phrases, stems, lines.to_series().to_list(), strict=True):
            found.setdefault(phrase.kind, []).append((phrase, stem, line))
        return found

    @cache  # noqa: B019 - a lexicon lives as long as the process: it is loaded once
    def words(self, kind: str) -> dict[str, tuple[str, ...]]:
        """Return the phrases of a kind that have no slot, normalised, by language."""
        found: dict[str, dict[str, None]] = {}
        for phrase, _, line in self._by_kind.get(kind, ()):
            if SLOT not in phrase.text:
                found.setdefault(phrase.language, {})[line] = None
        return {language: tuple(lines) for language, lines in found.items()}

    @cached_property
    def plain(self) -> dict[str, int]:
        """The phrases without slots, normalised, with their kinds (a bit for each of LINE_KINDS)."""
        found: dict[str, int] = {}
        for kind in LINE_KINDS:
            bit = kind_bits(kind)
            for phrase, _, line in self._by_kind.get(kind, ()):
                if line and SLOT not in phrase.text:
                    found[line] = found.get(line, 0) | bit
        return found

    @cached_property
    def _slotted(self) -> Slotted:
        return _slotted(p for p in self.phrases if p.kind in LINE_KINDS)

    @cached_property
    def _seen(self) -> dict[tuple[str, int], int]:
        """The kinds of lines that were asked for: the same few stand in most articles of a collection."""
        return {}

    def prepare(self) -> None:
        """Make what lines are held against."""
        self.openings, self.plain, self._slotted  # noqa: B018 - they are kept

    def kinds_of(self, line: str, words: int) -> int:
        """Return the kinds of a line (a bit for each of LINE_KINDS); 0 if it is no phrase.

        A line that is made of phrases and of nothing else has the kinds of the first: sentences that are phrases each
        ('We use cookies. Accept all'), a row of buttons ('Share Tweet Email'), a counter before one ('132 shares').

        Args:
            line: normalised.
            words: how many words it has.
        """
        if len(self._seen) > _MOST_SEEN:
            self._seen.clear()
        key = (line, min(words, _MOST_WORDS + 1))
        if key not in self._seen:
            self._seen[key] = self._phrase(line, words) or self._composed(line, words)
        return self._seen[key]

    def _phrase(self, line: str, words: int) -> int:
        return self.plain.get(line, 0) | (self._slotted.bits(line) if words <= _MOST_WORDS else 0)

    def _composed(self, line: str, words: int) -> int:
        if not 2 <= words <= _MOST_WORDS:
            return 0
        sentences = _SENTENCES.split(line)
        if len(sentences) > 1 and (kinds := self._first_of(sentences)):
            return kinds
        if words > MOST_BUTTONS:
            return 0
        buttons = line.split(" ")
        if self._is_button(buttons[0]) and (kinds := self._first_of(buttons)):
            return kinds
        rest = _COUNTER.sub("", line, count=1)
        return kind_bits("share") if rest != line and self._is_button(rest) else 0

    def _first_of(self, parts: list[str]) -> int:
        """Return the kinds of the first part; 0 unless all are phrases."""
        kinds = 0
        for part in filter(None, map(_trimmed, parts)):
            own = self._phrase(part, part.count(" ") + 1)
            if not own:
                return 0
            kinds = kinds or own
        return kinds

    def _is_button(self, line: str) -> bool:
        return self.plain.get(line, 0) & kind_bits("share") > 0

    @cached_property
    def openings(self) -> Openings:
        """How the lines begin, or else end, that may be phrases."""
        return self._openings(*LINE_KINDS)

    @cache  # noqa: B019 - as of `words`
    def _openings(self, *kinds: str) -> Openings:
        found: list[Opening | Closing] = []
        for phrase, stem, line in (entry for kind in kinds for entry in self._by_kind.get(kind, ())):
            if not _has_word(stem):
                continue  # `inside`
            rest, unspaced = stem != phrase.text, phrase.language in UNSPACED_LANGUAGES
            begins = phrase.text.startswith(stem)
            # As it stands, and as it is compared, if that is another; the case makes no difference.
            texts = (stem, line) if line != stem.lower() else (stem,)
            found += [Opening(text, rest, unspaced) if begins else Closing(text) for text in texts]
        return Openings(found)

    @cached_property
    def inside(self) -> tuple[bytes, ...]:
        """Patterns over bytes for the lines that begin with a slot and end with one."""
        lines = [p.text for p in self.phrases if p.kind in LINE_KINDS and _is_inside(p.text)]
        return tuple(dict.fromkeys(_caseless(max(line.split(SLOT), key=len)) for line in lines))

    @cache  # noqa: B019 - as of `words`
    def _fields(self, kind: str) -> tuple[frozenset[str], Slotted]:
        """Return the phrases of a kind, without slots and with."""
        plain = frozenset(line for some in self.words(kind).values() for line in some if line)
        return plain, _slotted((p for p in self.phrases if p.kind == kind), bits=1)

    def is_phrase(self, line: pl.Expr, kind: str) -> pl.Expr:
        """Say whether a headline or a name, normalised, is a phrase of a kind. For lines of bodies: `kinds_of`."""
        plain, slotted = self._fields(kind)

        def asked(lines: pl.Series) -> pl.Series:
            said = [line is not None and (line in plain or slotted.bits(line) > 0) for line in lines.to_list()]
            return pl.Series(said, dtype=pl.Boolean)

        return line.map_batches(asked, return_dtype=pl.Boolean)

    def can_be(self, text: Text, kind: str) -> pl.Series:
        """Say of headlines or names whether they may be a phrase of a kind: few more than are, told quickly."""
        nothing = np.zeros(len(text.begin), bool)
        told = self._told_by_openings(kind)
        return pl.Series(self._openings(kind).among(text, text.begin, text.end, numbered=nothing) if told else ~nothing)

    @cache  # noqa: B019 - as of `words`
    def _told_by_openings(self, kind: str) -> bool:
        return not any(p.kind == kind and _is_inside(p.text) for p in self.phrases)


def kind_bits(*kinds: str) -> int:
    """Return the bits that stand for kinds of lines."""
    return sum(1 << LINE_KINDS.index(kind) for kind in kinds)


@shared
def line_hits(batch: Batch, own: tuple[str, ...] = ()) -> pl.DataFrame:
    """Return the short lines of a batch that are phrases.

    Args:
        batch: the articles.
        own: a project's own lexicon files.

    Returns:
        The short ones of `Batch.paragraphs` that are phrases, with `line` (String, normalised) and `kinds` (UInt32:
        a bit for each of LINE_KINDS).
    """
    lexicon = load(own)
    short = (batch.paragraphs["chars"] <= SHORT_LINE).arg_true()
    begin, end = batch.cut.begin[short], batch.cut.end[short]
    few = (batch.paragraphs["words"].gather(short) <= MOST_BUTTONS).to_numpy()
    possible = lexicon.openings.among(batch.cut.text, begin, end, numbered=few)
    matches = batch.matches("body", lexicon.inside)
    for places in map(matches.ends, lexicon.inside):
        at = np.searchsorted(begin, places - 1, "right") - 1
        at, places = at[at >= 0], places[at >= 0]
        possible[at[places <= end[at]]] = True
    lines = normalised_lines(batch.cut.text.data, begin[possible], end[possible])
    rows = batch.paragraphs[short.filter(pl.Series(possible))].with_columns(line=lines)
    # Said as an array of kinds: the lines are few, and most of them are known already.
    asked = zip(rows["line"].to_list(), rows["words"].to_list(), strict=True)
    kinds = [lexicon.kinds_of(line, words) if line else 0 for line, words in asked]
    return rows.with_columns(pl.Series("kinds", kinds, pl.UInt32)).filter(pl.col("kinds") > 0)


@shared
def _standfirst_hits(batch: Batch, own: tuple[str, ...]) -> pl.DataFrame:
    """Return the lines of standfirsts that are phrases, see `field_hits`."""
    lexicon = load(own)
    return field_hits(batch, "standfirst", lexicon.openings, lexicon.kinds_of)


def _trimmed(line: str) -> str:
    """Return a folded line as `copydesk.text.expressions.normalised` does."""
    start, end = 0, len(line)
    while start < end and not line[start].isalnum():
        start += 1
    while end > start and not (line[end - 1].isalnum() or unicodedata.category(line[end - 1])[0] == "M"):
        end -= 1
    return line[start:end]


def _slotted(phrases: Iterable[Phrase], *, bits: int = 0) -> Slotted:
    """Return the phrases that have slots, with the bits given or those of their kinds."""
    some = [p for p in phrases if SLOT in p.text]
    parts = [p.text.split(SLOT) for p in some]
    flat = pl.DataFrame({"part": [part for each in parts for part in each]}, schema={"part": pl.String})
    texts = iter(flat.select(folded(pl.col("part")).str.strip_chars()).to_series())
    return Slotted(
        ([next(texts) for _ in each], p.language not in UNSPACED_LANGUAGES, bits or kind_bits(p.kind))
        for p, each in zip(some, parts, strict=True)
    )


def _stem(text: str) -> str:
    """Return the words that a phrase begins with, or else those that it ends with."""
    first, *others = text.split(SLOT)
    return others[-1] if others and not _has_word(first) else first


def _is_inside(text: str) -> bool:
    """Say whether the line both begins and ends with a slot, or with marks around it."""
    return SLOT in text and not _has_word(_stem(text))


def _has_word(text: str) -> bool:
    return text[:1].isalnum() or any(character.isalnum() for character in text)


def _caseless(words: str) -> bytes:
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
        elif not _has_word(entry):
            raise SuiteError(f"{file}, line {number}: {entry!r} holds no word, so that it would match any line.")
        else:
            phrases.append(Phrase(language, kind, entry))
    return phrases


def load(own: tuple[str, ...] = ()) -> Lexicon:
    """Load the installed lexicons, and a project's own files, once in the life of the process.

    Args:
        own: paths of lexicon files, named after their language.

    Raises:
        SuiteError: a file that is not there or cannot be understood.
    """
    return _load(own)


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


@cache
def _load(own: tuple[str, ...]) -> Lexicon:
    texts = [(file.name, str(file), file.read_text(encoding="utf-8-sig")) for file in lexicon_files()]
    texts += [(Path(path).name, str(Path(path)), own_text(path)) for path in own]
    return Lexicon(
        phrase for name, file, text in texts for phrase in parse(text, language=name.partition(".")[0], file=file)
    )


@dataclass(frozen=True, kw_only=True)
class LexiconCheck(ArticleCheck):
    """A check that finds the lines which are phrases of some kinds.

    A line that is a phrase of several kinds belongs to the first of them in LINE_KINDS, so that it is found once.

    Class attributes:
        kinds: the kinds of phrases, of LINE_KINDS.
        reason: what such a line is, for the finding.
    """

    kinds: ClassVar[tuple[str, ...]]
    reason: ClassVar[str]

    lexicons: tuple[str, ...] = ()

    @property
    def suspicious(self) -> tuple[bytes, ...]:
        """The patterns of phrases that can be told in no other way."""
        return load(self.lexicons).inside

    def prepare(self) -> None:
        """Load the lexicons."""
        load(self.lexicons).prepare()

    def may_be_residue(self) -> pl.Expr:
        """Return whether a line that is a phrase can be one of the page: a row has its `text`."""
        return pl.lit(True)

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the lines of bodies and standfirsts that are phrases, to be deleted."""
        bits = pl.col("kinds")
        mine = (bits & (~bits + 1) & kind_bits(*self.kinds)) > 0  # the lowest bit alone
        mine &= self.may_be_residue()
        lines = flagged(line_hits(batch, self.lexicons).lazy().filter(mine), reason=self.reason, repair="delete")
        if "standfirst" not in batch.fields:
            return lines
        above = _standfirst_hits(batch, self.lexicons).lazy().filter(mine)
        return pl.concat([lines, flagged(above, field="standfirst", reason=self.reason, repair="delete")])
