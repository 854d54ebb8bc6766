"""The check `repeated-paragraph`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import CERTAIN, ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.model.finding import flagged, no_spans
from copydesk.text.expressions import squeezed
from copydesk_expectations.detection.structure.repeats import is_repeated, leads_above_themselves, repeated_sentences

#: A line of so many words is prose even without a mark at its end.
_LONG = 15

#: A line in which so large a share of words are figures is an entry of a recipe, a menu or a table.
_FIGURES = 0.15

#: What the number of an article is multiplied by, so that its keys are other than those of others.
_ODD = 0x9E3779B97F4A7C15

#: A question.
_QUESTION = r"[?？؟][^\p{L}\p{N}]*$"

#: What each finding has.
_SPAN = ("article", "start", "end", "first")

#: A line that stands in quotation marks from end to end.
_QUOTED = r"^[\"“”„«‘「『].*[\"”“»’」』][.!?]?$"


@dataclass(frozen=True, kw_only=True)
class RepeatedParagraph(ArticleCheck):
    """Expect no paragraph to stand twice in an article.

    What it finds:
        Every copy, after the first, of a paragraph of at least `min_words` words that reads as prose. It does where it
        ends as a sentence or is long, and where few of its words are figures. All paragraphs are compared, not only
        neighbours. Case and spacing make no difference. Also a lead that is only the beginning of a paragraph just
        below it, cut or whole; and sentences of at least `min_words` words that stand in the article a second time.

    Why it matters:
        The standfirst is printed twice by many templates, and some extractors deliver whole blocks again. A model
        that is trained on the text learns to repeat itself, and counts of words and quotes are wrong.

    Known limits:
        A sentence within a paragraph that stands again is found, and not repaired: a writer may repeat it.
        A paragraph that was changed by a word is no copy here. A question may be asked again. Sentences that stand
        again far below need twelve words. Short lines (a question asked twice, 'Yes.') may repeat.
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

    def is_certain(self, text: str, start: int, end: int, replacement: str) -> bool:
        """Copies of whole lines go; sentences stay, for the rest of their paragraph may need them.

        What goes before may be a dateline or half a quotation, what comes after may say 'there' or be the rest of a
        sentence that an abbreviation seemed to end.
        """
        before = text[text.rfind("\n", 0, start) + 1 : start]
        return not before.strip() and not text[end:].partition("\n")[0].strip()

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return every copy, after the first, of a paragraph; leads above themselves; sentences that stand twice."""
        alike = self._alike(batch)
        begun = leads_above_themselves(batch, self.min_words)
        twice = repeated_sentences(batch, self.min_words)
        if alike.is_empty() and begun.is_empty() and twice.is_empty():
            return no_spans()
        copies = self._copies(alike)
        leads = self._leads(batch, begun).join(copies, on=["article", "par"], how="anti")
        leads = leads.join(copies.select("article", first="par"), on=["article", "first"], how="anti")
        sentences = self._sentences(batch, twice, copies, leads)
        spans = [
            copies.select(
                *_SPAN,
                "first_start",
                reason=pl.format("repeats paragraph {} of the article", _number()),
                repair=pl.lit("delete"),
            ),
            leads.select(
                *_SPAN,
                "first_start",
                reason=pl.format("is the beginning of paragraph {}: a lead that is printed twice", _number()),
                repair=pl.lit("delete"),
            ),
            sentences.select(
                *_SPAN,
                "first_start",
                reason=pl.format("repeats words of paragraph {} of the article", _number()),
                repair=pl.lit("none"),
            ),
        ]
        return flagged(
            pl.concat(spans).lazy(),
            reason=pl.col("reason"),
            related_paragraph=_number(),
            related_start=pl.col("first_start"),
            repair=pl.col("repair"),
        )

    def _leads(self, batch: Batch, leads: pl.DataFrame) -> pl.DataFrame:
        """Return the leads that stand above themselves, with `first` and `first_start` as `_copies` has them."""
        whole = batch.paragraphs.select("article", first="par", first_start="start")
        return leads.join(whole, on=["article", "first"], how="left", maintain_order="left")

    def _copies(self, alike: pl.DataFrame) -> pl.DataFrame:
        """Return the copies of paragraphs among `_alike`, with `first`, the number of the first, and `first_start`."""
        figures = pl.col("text").str.count_matches(r"(?:^|\s)\p{P}*\p{N}")
        same = ["article", "key"]
        keyed = alike.lazy().with_columns(key=squeezed(pl.col("text")).hash())
        twice = keyed.filter(pl.struct(same).is_duplicated())
        prose = twice.filter(figures < _FIGURES * pl.col("words"))
        copies = prose.with_columns(
            first=pl.col("par").min().over(same),
            first_start=pl.col("start").min().over(same),
            times=pl.len().over(same),
        )
        # A slogan or a verse that is quoted again and again is the story's own.
        quoted = pl.col("text").str.contains(_QUOTED) & (pl.col("words") < 2 * _LONG)
        chant = quoted & (pl.col("times") > 2) & (pl.col("par") > pl.col("first") + 1)
        found = copies.filter((pl.col("par") > pl.col("first")) & ~chant).collect()
        # Who asks several people the same repeats the question; a block that is printed twice repeats its neighbour.
        at = pl.col("par").cast(pl.Int64)
        beside = (at - at.shift() == 1).over("article") | (at.shift(-1) - at == 1).over("article")
        asked = pl.col("text").str.contains(_QUESTION) & (pl.col("par") > pl.col("first") + 1)
        return found.sort("article", "par").filter(~(asked & ~beside.fill_null(value=False)))

    def _sentences(self, batch: Batch, spans: pl.DataFrame, copies: pl.DataFrame, leads: pl.DataFrame) -> pl.DataFrame:
        """Return the sentences that stand twice, but for those of paragraphs that are copies or leads themselves."""
        lines = batch.paragraphs.select("par", "start", "key")
        spans = spans.with_columns(
            lines["par"].gather(spans["line"]),
            lines["par"].gather(spans["first"]).alias("first"),
            lines["start"].gather(spans["first"]).alias("first_start"),
            whole=lines["key"].gather(spans["line"]) == lines["key"].gather(spans["first"]),
        ).filter(~pl.col("whole") | (pl.col("par") == pl.col("first")))
        spans = spans.join(copies, on=["article", "par"], how="anti")
        return spans.join(leads.select("article", first="par"), on=["article", "first"], how="anti")

    def _alike(self, batch: Batch) -> pl.DataFrame:
        """Return the paragraphs that read as prose and stand twice in their article, going by their keys."""
        article, key, words, ends = (batch.paragraphs[c].to_numpy() for c in ("article", "key", "words", "ends"))
        at = np.flatnonzero((words >= self.min_words) & (ends | (words >= _LONG)))
        both = key[at] + article[at] * np.uint64(_ODD)
        twice: pl.DataFrame = batch.paragraphs[at[is_repeated(both)]]
        return twice


def _number() -> pl.Expr:
    """Return the number of the paragraph that is repeated, from 1."""
    return pl.col("first") + 1
