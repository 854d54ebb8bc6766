"""The check `repeated-headline`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.model.finding import flagged, no_spans
from copydesk.text.expressions import any_of, squeezed
from copydesk.text.words import UNKNOWN, FirstWords, last_words

if TYPE_CHECKING:
    from copydesk.text.buffer import Text

#: The tail that sites put behind their headlines: ' - The Paper', ' | News'.
_SUFFIX = r"^(.*\S)\s+[|–—•·»:-]+\s+[^|–—•·»]{2,40}$"

#: What such a tail begins with, which is found sooner.
_MARK = r"\s[|–—•·»:-]+\s"

#: The line and the headline, each with the tail and without.
_READINGS = ("line", "short", "head", "whole")

#: A paragraph much longer than the headline says more than it does.
_LONGER = 1.5

#: Words are looked at one by one in headlines of so many.
_WORDS = 4


@dataclass(frozen=True, kw_only=True)
class RepeatedHeadline(ArticleCheck):
    """Expect no headline in the body.

    What it finds:
        One of the first `first` paragraphs that says what the headline says. It is equal but for case, spacing, marks
        and the name of a site behind either, or it has at least `similarity` of the words in common.

    Why it matters:
        The extractor took the headline for text. It is counted and trained on twice, and the first paragraph, which
        most summaries and data sets take for the lead, is none.

    Known limits:
        A paragraph that is more than one and a half times as long as the headline is left alone, since it says more. So
        is a headline of one word. So is a paragraph that has the words in another order, unless one of the first two
        words or the last one is the same. The check does not look at a heading further down that repeats the headline.

    Passes:
        - headline: Bridge reopens
          body: |-
            The bridge reopened on Monday after two years of repairs.

    Fails:
        - headline: Bridge over the river reopens - The Daily Paper
          body: |-
            BRIDGE over the river  reopens
            The first bus crossed it at six.
          finds: [BRIDGE over the river  reopens]

    Options:
        first: how many paragraphs are looked at.
        similarity: the share of words in common, of all words of both, from which on two lines say the same.

    Source:
        The scraped pages of public benchmarks: extractors that take all text deliver the headline as first line.
    """

    name: ClassVar[str] = "repeated-headline"
    family: ClassVar[str] = "structure"
    severity: ClassVar[str] = "info"
    needs: ClassVar[tuple[str, ...]] = ("headline", "body")

    first: int = 3
    similarity: float = 0.9

    def __post_init__(self) -> None:
        if self.first < 1 or not 0 < self.similarity <= 1:
            raise ValueError(
                f"expected first >= 1 and 0 < similarity <= 1, got first={self.first} and similarity={self.similarity}"
            )

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the paragraphs that repeat the headline."""
        line, headline = pl.col("line"), pl.col("headline")
        near = self._near(batch)
        if near.is_empty():
            return no_spans()
        spans = (
            near.lazy()
            .with_columns(line=_bare(pl.col("text")), head=_bare(headline))
            .with_columns(short=_without_tail(pl.col("text")), whole=_without_tail(headline))
            .with_columns(squeezed(pl.col(*_READINGS)).name.suffix("_key"))
        )
        one_word = ~pl.col("head").str.contains(" ") & (pl.col("head").str.len_chars() < _UNSPACED)
        equal = any_of([pl.col(f"{a}_key") == pl.col(f"{b}_key") for a in _READINGS[:2] for b in _READINGS[2:]])
        words, title = line.str.split(" "), pl.coalesce("whole", "head").str.split(" ")
        common = words.list.set_intersection(title).list.len()
        alike = common / words.list.set_union(title).list.len() >= self.similarity
        long = (words.list.len() >= _WORDS) & (line.str.len_chars() <= _LONGER * pl.col("head").str.len_chars())
        spans = spans.filter((line != "") & ~one_word & (equal | (alike & long)))
        return flagged(spans, reason="repeats the headline", related=headline, repair="delete")

    def _near(self, batch: Batch) -> pl.DataFrame:
        """Return the first paragraphs that are short enough, with their headlines: those that can repeat them.

        Lines that say the same have one of the first two words in common, or the last one.
        """
        headlines = batch.articles["headline"].str.strip_chars().fill_null("")
        chars = headlines.str.len_chars().to_numpy()
        heads = (batch.paragraphs["par"] < self.first).arg_true().to_numpy()
        owner = batch.paragraphs["article"].gather(heads).to_numpy() - batch.first
        short = batch.paragraphs["chars"].gather(heads).to_numpy() <= _LONGER * chars[owner] + _SPACES
        near = np.flatnonzero(short & (chars[owner] > 1))
        heads, owner = heads[near], owner[near]
        if self.similarity >= _ALIKE:
            lines, title = batch.cut.text, batch.text("headline")
            begin, end = batch.cut.begin[heads], batch.cut.end[heads]
            same = _in_common(lines, begin, end, title, title.begin[owner], title.end[owner])
            same |= batch.paragraphs["words"].gather(heads).to_numpy() == 1  # it may be the same without its spaces
            heads, owner = heads[same], owner[same]
        return batch.paragraphs[heads].with_columns(headlines.gather(owner).alias("headline"))


#: Lines that are less alike need not begin or end alike.
_ALIKE = 0.9

#: Spacing of this many characters more does not make a line longer.
_SPACES = 20

#: A headline without a space is a word, or, from so many characters on, one of a script without spaces.
_UNSPACED = 5


def _without_tail(text: pl.Expr) -> pl.Expr:
    """Return the words of a line without the tail of a site, as `_bare` does; null where there can be none."""
    tailed = pl.when(text.str.contains(_MARK)).then(text)
    return _bare(tailed.str.strip_chars().str.replace(_SUFFIX, "$1"))


def _bare(text: pl.Expr) -> pl.Expr:
    """Return the words of a line: lower case, no marks, single spaces."""
    return text.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}\p{M}]+", " ").str.strip_chars()


def _in_common(a: Text, a_begin: Any, a_end: Any, b: Text, b_begin: Any, b_end: Any) -> Any:
    """Return whether one of the first two words of pairs of lines, or the last one, may be the same.

    Lines without spaces may always: they may hold the same words.
    """
    left, right = FirstWords(a, a_begin, a_end), FirstWords(b, b_begin, b_end)
    last = last_words(a, a_begin, a_end)
    firsts = [(words.first, words.second) for words in (left, right)]
    same = left.strange | right.strange | (last == last_words(b, b_begin, b_end)) | (last == UNKNOWN)
    same |= (firsts[0][1] == 0) | (firsts[1][1] == 0)
    for one in firsts[0]:
        same |= one == UNKNOWN
        for other in firsts[1]:
            same |= one == other
    return same
