"""Lexicons: phrases that pages print around a story, by language and kind, matched on whole lines only.

A phrase matches a line that is equal to it once both are `copydesk.text.expressions.normalised`. ``…`` is a slot: a
word or more of any kind. A phrase never matches inside a sentence, and a line of more than forty words is no phrase.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path

from copydesk.checks import lexicon_files
from copydesk.checks.batch import SHORT_LINE, Batch, shared
from copydesk.lazy import np, pl
from copydesk.lexicon.composition import MOST_BUTTONS, composed_kinds
from copydesk.lexicon.openings import Closing, Opening, Openings
from copydesk.lexicon.phrases import (
    LINE_KINDS,
    MOST_WORDS,
    SLOT,
    Phrase,
    caseless,
    has_word,
    is_inside,
    kind_bits,
    own_text,
    parse,
    stem_of,
)
from copydesk.lexicon.slots import Slotted
from copydesk.text.buffer import Text
from copydesk.text.expressions import UNSPACED_LANGUAGES, folded, normalised
from copydesk.text.folding import normalised_lines

__all__ = ["Lexicon", "line_hits", "load"]

#: Lines whose kinds are remembered.
_MOST_SEEN = 1 << 16


class Lexicon:
    """Phrases, ready to be matched against columns of lines."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(phrases)

    @cached_property
    def _by_kind(self) -> dict[str, list[tuple[Phrase, str, str]]]:
        """The phrases of each kind, each with its stem (see `stem_of`): as it stands, and normalised."""
        stems = [stem_of(p.text) for p in self.phrases]
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
        key = (line, min(words, MOST_WORDS + 1))
        if key not in self._seen:
            self._seen[key] = self._phrase(line, words) or composed_kinds(line, words, self._phrase, self.plain)
        return self._seen[key]

    def _phrase(self, line: str, words: int) -> int:
        return self.plain.get(line, 0) | (self._slotted.bits(line) if words <= MOST_WORDS else 0)

    @cached_property
    def openings(self) -> Openings:
        """How the lines begin, or else end, that may be phrases."""
        return self._openings(*LINE_KINDS)

    @cache  # noqa: B019 - as of `words`
    def _openings(self, *kinds: str) -> Openings:
        found: list[Opening | Closing] = []
        for phrase, stem, line in (entry for kind in kinds for entry in self._by_kind.get(kind, ())):
            if not has_word(stem):
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
        lines = [p.text for p in self.phrases if p.kind in LINE_KINDS and is_inside(p.text)]
        return tuple(dict.fromkeys(caseless(max(line.split(SLOT), key=len)) for line in lines))

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
        return not any(p.kind == kind and is_inside(p.text) for p in self.phrases)


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


def load(own: tuple[str, ...] = ()) -> Lexicon:
    """Load the installed lexicons, and a project's own files, once in the life of the process.

    Args:
        own: paths of lexicon files, named after their language.

    Raises:
        SuiteError: a file that is not there or cannot be understood.
    """
    return _load(own)


@cache
def _load(own: tuple[str, ...]) -> Lexicon:
    texts = [(file.name, str(file), file.read_text(encoding="utf-8-sig")) for file in lexicon_files()]
    texts += [(Path(path).name, str(Path(path)), own_text(path)) for path in own]
    return Lexicon(
        phrase for name, file, text in texts for phrase in parse(text, language=name.partition(".")[0], file=file)
    )
