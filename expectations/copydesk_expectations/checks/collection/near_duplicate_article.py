"""The check `near-duplicate-article`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from copydesk.checks import PairCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import pl
from copydesk.metadata.headlines import headline_keys
from copydesk.model.finding import flagged, no_spans
from copydesk.model.overview import Shown
from copydesk.similarity.pairs import candidates, likeliest, marks, meetings, shared_passages
from copydesk.similarity.sketches import keys as sketch_keys
from copydesk.similarity.story_text import StoryText
from copydesk_expectations.detection.collection.twins import best_twins

#: Findings are quoted in at most so many slices, each of at least so many: a slice reads the words of all texts once.
_SLICES, _LEAST_SLICE = 16, 10_000

#: What a text is compared by, and what a quotation needs.
_SKETCH, _QUOTED = ("passages", "lines"), ("passages", "windows", "starts", "quotes")


@dataclass(frozen=True, kw_only=True)
class NearDuplicateArticle(PairCheck):
    """Expect no article to be most of another one in other words or another length.

    What it finds:
        Every article, after the first of them, that shares most of its text with another one: some words were changed,
        a part was cut or added. It names the twin, says how much is shared, and quotes a passage that stands in both.
        The same story at another publisher within 72 hours is a wire copy: its reason starts with 'syndication:'.

    Why it matters:
        An exact comparison misses them, and they do what duplicates do: weigh double, leak from training into test
        data, and are learnt by heart.

    Known limits:
        Texts are compared by a sample of their passages, so that shares are estimates (give or take 6 points). Texts
        shorter than `min_words` are left alone; so are stories by template (weather, results, shares) that differ in
        their figures or names. An article that is a small part of another is not found. Exact copies are for
        `duplicate-article`.

    Passes:
        - body: |-
            The bridge over the river reopened on Monday after two years of repairs, the mayor said. The first bus
            crossed it at six in the morning, with the children of the village school on board.
        - body: |-
            The council will vote in May on a new school for the valley. Parents had asked for it since the old
            building was closed because of damp, and collected four thousand signatures in a month.

    Fails:
        - body: |-
            The bridge over the river reopened on Monday after two years of repairs, the mayor said. The first bus
            crossed it at six in the morning, with the children of the village school on board.
        - body: |-
            The bridge over the river reopened on Monday after two years of repairs, the council said. The first bus
            crossed it at seven in the morning, with the children of the village school on board.
          finds: ["on Monday after two years of repairs, the"]

    Options:
        min_words: the fewest words of a body that is compared.
        min_likeness: the least Jaccard index of the passages, of about three words, of two bodies. At 0.25, a fifth
            of the words may be changed at random, or two fifths of the text be missing.
        syndication: whether wire copies are reported.

    Source:
        FracMinHash sketches; 'which document is it a duplicate of?' (datatrove#213, #312, text-dedup#18).
    """

    name: ClassVar[str] = "near-duplicate-article"
    family: ClassVar[str] = "collection"
    severity: ClassVar[str] = "warning"
    meet: ClassVar[tuple[str, ...]] = ("hash",)
    overview: ClassVar[Shown] = "near-copies"

    min_words: int = 25
    min_likeness: float = 0.2
    syndication: bool = True

    def keys(self, batch: Batch) -> pl.LazyFrame:
        """Return a sketch of each body, its hash, and who published it when."""
        story = StoryText(batch)
        sketches = sketch_keys(story, story.words)
        sketches = sketches.with_columns(
            story.in_body(sketches["starts"]).alias("starts"), lines=story.lines(), hash=batch.body_keys
        )
        whose = batch.articles.lazy().select(
            "article",
            publisher=pl.col("publisher").str.strip_chars().str.to_lowercase().hash(),
            story=headline_keys(batch),
            signed=pl.col("publisher").str.strip_chars().fill_null("") != "",
            published=pl.col("published").str.head(25),
        )
        return pl.concat([whose, sketches.lazy()], how="horizontal").filter(pl.Series(story.words >= self.min_words))

    def find(self, keys: pl.LazyFrame) -> pl.LazyFrame:
        """Return every article but the first of those that are alike, with the best of its twins."""
        pairs = candidates(keys)
        if pairs.is_empty():
            return no_spans()
        paired = pl.concat([pairs["text"], pairs["twin"]]).unique()
        return self.judge_pairs(keys.filter(pl.col("hash").is_in(paired.implode())), pairs)

    def marks(self, keys: pl.LazyFrame) -> pl.DataFrame:
        """Return a part of the passages of each body."""
        return marks(keys.select("hash", "passages", "limit").unique("hash", keep="any").collect())

    def meetings(self, marks: pl.DataFrame) -> pl.DataFrame:
        """Return pairs of bodies, once for each passage that they share."""
        return meetings(marks)

    def likeliest(self, meetings: pl.DataFrame) -> pl.DataFrame:
        """Return the pairs that share the most."""
        return likeliest(meetings)

    def judge_pairs(self, keys: pl.LazyFrame, pairs: pl.DataFrame) -> pl.LazyFrame:
        """Return what `find` does, given the pairs."""
        whose = keys.group_by("hash").agg(pl.col("publisher", "story").min().name.prefix("least_"), copies="article")
        # Passages and the words to quote are most of the keys. They are read in slices, of the texts that need them.
        first = keys.drop(*_SKETCH, *_QUOTED[1:]).unique("hash", keep="first", maintain_order=True)
        texts = first.join(whose, on="hash", how="left", maintain_order="left").collect()
        rows = texts.select("hash").with_row_index("row")
        pairs = pairs.join(rows, left_on="text", right_on="hash", maintain_order="left")
        pairs = pairs.join(rows.rename({"row": "other"}), left_on="twin", right_on="hash", maintain_order="left")
        sketches = keys.filter(pl.col("article").is_in(texts["article"].implode())).select(_SKETCH)
        best = best_twins(
            pairs.select("row", twin="other"), texts, sketches, least=self.min_likeness, syndication=self.syndication
        )
        size = max(_LEAST_SLICE, -(-len(best) // _SLICES))
        return pl.concat(
            _findings(best[n : n + size], texts, keys.select("hash", *_QUOTED)) for n in range(0, len(best) or 1, size)
        )


def _findings(best: pl.DataFrame, texts: pl.DataFrame, quotes: pl.LazyFrame) -> pl.LazyFrame:
    """Return a finding for each text and its best twin, with a passage that stands in both."""
    mine, others, firsts = (texts[best[c]] for c in ("row", "twin", "first"))
    needed = pl.concat([mine["hash"], others["hash"]]).unique()
    there = quotes.filter(pl.col("hash").is_in(needed.implode()))
    quoted = there.unique("hash", keep="first", maintain_order=True).collect()
    of_both = (t.select("hash").join(quoted, on="hash", how="left", maintain_order="left") for t in (mine, others))
    spans = pl.concat([best, shared_passages(*of_both)], how="horizontal").with_columns(
        mine["article"],
        mine["copies"],
        others["article"].alias("article_twin"),
        firsts["article"].alias("group"),
        firsts["copies"].alias("group_copies"),
    )
    findings = flagged(
        spans.lazy().with_columns(end=pl.col("start") + pl.col("text").str.len_chars()),
        reason=pl.format(
            "{}about {} % of its passages stand in another article{} (Jaccard index {})",
            pl.when("wire").then(pl.lit("syndication: ")).otherwise(pl.lit("")),
            (pl.col("share") * 100).round().cast(pl.Int64),
            pl.when(pl.col("text") != "").then(pl.lit(", as these words do")).otherwise(pl.lit("")),
            pl.col("jaccard").round(2),
        ),
        related_share=(pl.col("share") * 100).round(),
        text=pl.col("text"),
        twin=pl.col("article_twin"),
        group=pl.col("group"),
    )
    return pl.concat([findings, spans.select("copies", "group_copies").lazy()], how="horizontal")
