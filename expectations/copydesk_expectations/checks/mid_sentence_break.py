"""The check `mid-sentence-break`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.batch import Batch
from copydesk.checks import ArticleCheck
from copydesk.columns import pl
from copydesk.finding import flagged

#: A line that goes on has an end mark or at least so many words; 'yesterday, 15:30' below a title does not.
_TAIL = 3

#: What opens a paragraph in lower case though no sentence goes on: iPhone, eBay; an address; a list's letter.
_NOT_PROSE = r"^(?:\p{Ll}+\p{Lu}|https?:|www\.|\p{Ll}[.)]\s)"

#: A line shorter than this, in characters, may be verse or an entry of a list.
_SHORT = 60


@dataclass(frozen=True, kw_only=True)
class MidSentenceBreak(ArticleCheck):
    """Expect no paragraph to break off in the middle of a sentence and go on in the next.

    What it finds:
        A paragraph of at least `min_words` words without a mark at its end, where the next one starts with a
        lower-case letter. The finding spans the last word, the break, and the first word after it.

    Why it matters:
        A hard line break of the page, or an element that was cut out, splits a sentence in two; sentence splitters,
        translation and training all see two fragments.

    Known limits:
        Runs of short lines (verse, lists, tables) and lines that end in a bracket or colon are left alone. In scripts
        without case, and where the next word is a German noun, a break is not seen.

    Passes:
        - body: |-
            The mayor cut the ribbon at six.
            The first bus crossed the bridge.
        - body: |-
            What you need for the pie
            two cups of flour, sifted well
            one cup of sugar from the jar
            three eggs from a good farm

    Fails:
        - body: |-
            “With the bridge we win an hour each day to lead
            better lives,” said the mayor on Monday.
          finds: ["lead\\nbetter"]

    Options:
        min_words: the fewest words of a paragraph that can break off.

    Source:
        The seed of this project: a regional paper's story with a line break between 'lead' and 'terrorist'.
    """

    name: ClassVar[str] = "mid-sentence-break"
    family: ClassVar[str] = "structure"
    severity: ClassVar[str] = "warning"

    min_words: int = 4

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the breaks, each to be replaced by a space."""
        text, following = pl.col("text"), pl.col("text").shift(-1)
        short = pl.col("chars") < _SHORT
        beside = (short.shift(1) & _same(1)) | (short.shift(-2) & _same(-2))
        verse = short & short.shift(-1) & beside.fill_null(False)
        breaks = (
            _same(-1)
            & ~pl.col("ends")
            & (pl.col("words") >= self.min_words)
            & pl.col("lower").shift(-1)
            & (pl.col("ends").shift(-1) | (pl.col("words").shift(-1) >= _TAIL))
            & ~text.str.tail(1).is_in([":", "–", "—", ")", "]"])
            & ~following.str.head(12).str.contains(_NOT_PROSE)
            & ~verse
        )
        last = text.str.extract(r"(\S+)$")
        first = following.str.extract(r"^(\S+)")
        spans = (
            batch.paragraphs.lazy()
            .with_columns(
                breaks=breaks,
                last=last,
                first=first,
                next_start=pl.col("start").shift(-1),
            )
            .filter("breaks")
            .with_columns(
                start=pl.col("end") - pl.col("last").str.len_chars(),
                end=pl.col("next_start") + pl.col("first").str.len_chars(),
            )
        )
        hyphen = pl.col("last").str.ends_with("-")
        return flagged(
            spans,
            reason="the paragraph breaks off in the middle of a sentence, and the next goes on with it",
            repair=pl.when(hyphen).then(pl.lit("none")).otherwise(pl.lit("replace")),
            replacement=pl.when(~hyphen).then(pl.format("{} {}", "last", "first")),
        )


def _same(shift: int) -> pl.Expr:
    """Say whether the paragraph so many rows on belongs to the same article."""
    return (pl.col("article") == pl.col("article").shift(shift)).fill_null(False)
