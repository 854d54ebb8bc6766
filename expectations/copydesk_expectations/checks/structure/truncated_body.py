"""The check `truncated-body`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.lexicon.lexicon import kind_bits, line_hits, load
from copydesk.model.finding import flagged
from copydesk_expectations.detection.endings import PROSE_WORDS, breaks_off, is_cut_mark, tail_of

#: Where the article says that the rest is elsewhere: an ellipsis and a few words.
_MORE = r"(?:…|\.\.\.)\s*[\[(]?(\p{L}[^.…\[\]()]{3,30})[\])]?$"

#: An ellipsis that ends a line.
_DOTS = r"(?:…|\.\.\.)[^\p{L}\p{N}]*$"

#: Letters and digits of ASCII, by their byte.
_IN_WORD = [byte < 0x80 and chr(byte).isalnum() for byte in range(256)]


@dataclass(frozen=True, kw_only=True)
class TruncatedBody(ArticleCheck):
    """Expect a body to go on to the end of its last sentence.

    What it finds:
        A last line that breaks off, in one of two ways. It has no mark of the end, though it is a long paragraph with
        whole sentences before, or at least `ended` of the other lines that are prose have such a mark. Or it has the
        mark of a cut ('[…]', '...', '… Continue reading').

    Why it matters:
        It is a teaser, a feed with an excerpt, or a column of a data base that was too narrow. The end of the story is
        missing, and often its point.

    Known limits:
        A body that was cut at the end of a sentence looks whole. Signatures, agencies, addresses, credits and lists at
        the end are left alone. So are short lines, unless their last word must be followed by another. So is an article
        of one line. The check does not see that many bodies of a collection have the same length.

    Passes:
        - body: |-
            The bridge reopened on Monday.
            The first bus crossed it at six in the morning.
            Additional reporting by Jane Roe
        - body: |-
            The bridge reopened on Monday.
            The first bus crossed it at six in the morning, said the mayor. PTI

    Fails:
        - body: |-
            The bridge reopened on Monday.
            The first bus crossed it at six in the morning. The mayor, who had cut the ribbon
          finds: ["The mayor, who had cut the ribbon"]
        - body: |-
            The bridge reopened on Monday.
            The first bus crossed it at six in the morning and [...]
          finds: ["The first bus crossed it at six in the morning and [...]"]

    Options:
        ended: the share of the other lines that must end as sentences do.
        lexicons: files of your own with further words that cannot end a sentence.

    Source:
        CoAID#7 (all bodies cut at 490 characters); feeds' and search pages' excerpts, which end in '[…]'.
    """

    name: ClassVar[str] = "truncated-body"
    family: ClassVar[str] = "structure"
    severity: ClassVar[str] = "info"

    ended: float = 0.6
    lexicons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.ended <= 1:
            raise ValueError(f"expected ended between 0 and 1, got {self.ended}")

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the sentences that break off at the end of a body."""
        lines = self._last_lines(batch)
        tail_chars = pl.col("tail").str.len_chars()
        spans = (
            lines.lazy()
            .join(self._other_lines(batch, lines).lazy(), on="article", how="left", maintain_order="left")
            .with_columns(tail=tail_of(pl.col("text")), share=pl.col("share").fill_null(0.0))
            .with_columns(
                tail_words=pl.col("tail").str.count_matches(r"\S+"),
                inside=pl.col("tail").str.len_chars() < pl.col("chars"),
            )
            .with_columns(marked=is_cut_mark() | self._is_prompt(lines), broken=breaks_off(self.lexicons, self.ended))
            .filter(pl.col("broken") | pl.col("marked"))
            .with_columns(start=pl.when("marked").then("start").otherwise(pl.col("end") - tail_chars.cast(pl.Int64)))
        )
        return flagged(
            spans,
            reason=pl.when("marked")
            .then(pl.lit("the article ends in the mark of a cut"))
            .otherwise(pl.lit("the last sentence of the article breaks off")),
        )

    def _last_lines(self, batch: Batch) -> pl.DataFrame:
        """Return the last paragraphs that may break off: those without an end, or with an ellipsis there."""
        last = batch.cut.bounds[1:][np.diff(batch.cut.bounds) > 0] - 1
        last = np.setdiff1d(last, batch.places(line_hits(batch, self.lexicons)), assume_unique=True)
        ends = batch.paragraphs["ends"].to_numpy()
        # Most lines end in a word and one mark, which is no mark of a cut.
        data, end = batch.cut.text.data, batch.cut.end[last]
        whole = ends[last] & (data[end - 1] < 0x80) & np.array(_IN_WORD)[data[end - 2]]
        few: pl.DataFrame = batch.paragraphs[last[~whole]]
        return few.filter(~pl.col("ends") | pl.col("text").str.contains(_DOTS))

    def _is_prompt(self, lines: pl.DataFrame) -> pl.Series:
        """Return whether lines end in a prompt to read on, behind an ellipsis (Boolean)."""
        dots = lines["text"].str.contains("…", literal=True) | lines["text"].str.contains("...", literal=True)
        at = (dots & ~lines["ends"]).arg_true().to_numpy()
        prompt = np.zeros(lines.height, bool)
        if len(at):
            words = lines["text"].gather(at).str.extract(_MORE).str.to_lowercase().str.strip_chars()
            prompt[at] = words.is_in(list(_prompts(self.lexicons))).fill_null(False).to_numpy()
        return pl.Series(prompt)

    def _other_lines(self, batch: Batch, last_lines: pl.DataFrame) -> pl.DataFrame:
        """Return of each article which `share` of its other lines ends as sentences do, and whether one has `dots`."""
        lines = batch.paragraphs[batch.lines_of(last_lines["article"].to_numpy() - batch.first)]
        last = pl.col("par") == pl.col("par").max().over("article")
        return (
            lines.filter((pl.col("words") >= PROSE_WORDS) | pl.col("ends"), ~last)
            # The first line is often the headline, which has no end; it counts only where it is all there is.
            .filter((pl.col("par") > 0) | (pl.len().over("article") < 3))
            .group_by("article")
            .agg(share=pl.col("ends").mean(), dots=pl.col("text").str.contains("…", literal=True).any())
        )


@cache
def _prompts(lexicons: tuple[str, ...]) -> frozenset[str]:
    """Return the prompts to read on."""
    mine = kind_bits("related", "paywall", "subscription")
    return frozenset(line for line, kinds in load(lexicons).plain.items() if kinds & mine)
