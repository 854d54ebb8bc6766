"""The check `repeated-paragraph`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CERTAIN, ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.model.finding import flagged
from copydesk.text.expressions import squeezed

#: A line of so many words is prose even without a mark at its end.
_LONG = 15

#: A line in which so large a share of words are figures is an entry of a recipe, a menu or a table.
_FIGURES = 0.15

#: What the number of an article is multiplied by, so that its keys are other than those of others.
_ODD = 0x9E3779B97F4A7C15

#: So many bits tell most of the paragraphs of a batch apart.
_BITS = 18

#: A line that stands in quotation marks from end to end.
_QUOTED = r"^[\"“”„«‘「『].*[\"”“»’」』][.!?]?$"


@dataclass(frozen=True, kw_only=True)
class RepeatedParagraph(ArticleCheck):
    """Expect no paragraph to stand twice in an article.

    What it finds:
        Every copy, after the first, of a paragraph of at least `min_words` words that reads as prose. It does where it
        ends as a sentence or is long, and where few of its words are figures. All paragraphs are compared, not only
        neighbours. Case and spacing make no difference.

    Why it matters:
        The standfirst is printed twice by many templates, and some extractors deliver whole blocks again. A model
        that is trained on the text learns to repeat itself, and counts of words and quotes are wrong.

    Known limits:
        A paragraph that was changed by a word is no copy here. Short lines (a question asked twice, 'Yes.') may repeat.
        So may lines of recipes, results and menus, which repeat by nature. A short paragraph in quotation marks that
        stands there more than twice (a slogan, a refrain) is left alone.

    Passes:
        - body: |-
            The bridge over the river reopened on Monday.
            Yes.
            The first bus crossed it at six in the morning.
            Yes.

    Fails:
        - body: |-
            The bridge over the river reopened on Monday after repairs.

            The bridge over the river reopened on  MONDAY after repairs.

            The first bus crossed it at six.
          finds: ["The bridge over the river reopened on  MONDAY after repairs."]

    Options:
        min_words: the fewest words of a paragraph that is looked at.

    Source:
        trafilatura#634, #660, #768, #817, #879 (repeats, adjacent and interleaved). The usual filters miss it: they
        ask for a share of repeats in a document, not for the repeat.
    """

    name: ClassVar[str] = "repeated-paragraph"
    family: ClassVar[str] = "structure"
    severity: ClassVar[str] = "critical"
    confidence: ClassVar[str] = CERTAIN

    min_words: int = 8

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return every copy, after the first, of a paragraph."""
        figures = pl.col("text").str.count_matches(r"(?:^|\s)\p{P}*\p{N}")
        same = ["article", "key"]
        alike = self._alike(batch).lazy().with_columns(key=squeezed(pl.col("text")).hash())
        twice = alike.filter(pl.struct(same).is_duplicated())
        prose = twice.filter(figures < _FIGURES * pl.col("words"))
        copies = prose.with_columns(
            first=pl.col("par").min().over(same),
            first_start=pl.col("start").min().over(same),
            times=pl.len().over(same),
        )
        # A slogan or a verse that is quoted again and again is the story's own.
        quoted = pl.col("text").str.contains(_QUOTED) & (pl.col("words") < 2 * _LONG)
        chant = quoted & (pl.col("times") > 2) & (pl.col("par") > pl.col("first") + 1)
        return flagged(
            copies.filter((pl.col("par") > pl.col("first")) & ~chant),
            reason=pl.format("repeats paragraph {} of the article", pl.col("first") + 1),
            related_paragraph=pl.col("first") + 1,
            related_start=pl.col("first_start"),
            repair="delete",
        )

    def _alike(self, batch: Batch) -> pl.DataFrame:
        """Return the paragraphs that read as prose and stand twice in their article, going by their keys."""
        article, key, words, ends = (batch.paragraphs[c].to_numpy() for c in ("article", "key", "words", "ends"))
        at = np.flatnonzero((words >= self.min_words) & (ends | (words >= _LONG)))
        both = key[at] + article[at] * np.uint64(_ODD)
        # Most have no other with the same first bits, nor most of the rest with the same next, which are soon counted.
        for shift in (64 - _BITS, 64 - 2 * _BITS):
            bits = (both >> np.uint64(shift)).astype(np.int64) & ((1 << _BITS) - 1)
            some = np.bincount(bits, minlength=1)[bits] > 1
            at, both = at[some], both[some]
        twice: pl.DataFrame = batch.paragraphs[at[pl.Series(both).is_duplicated().to_numpy()]]
        return twice
