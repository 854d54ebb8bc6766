"""The check `truncated-body`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.lexicon.lexicon import line_hits, load
from copydesk.lexicon.phrases import kind_bits
from copydesk.model.finding import flagged, no_spans
from copydesk.text.expressions import normalised
from copydesk_expectations.detection.structure.endings import (
    PROSE_WORDS,
    breaks_off,
    is_begun_word,
    is_cut_mark,
    is_excerpt_end,
    is_first_of_pair,
    is_open_line,
    tail_of,
)

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
        A last line that breaks off. It has the mark of a cut ('[…]', '… [+2137 chars]', '… Continue reading'). Or its
        last word must be followed by another one, is only the beginning of a word or of a name ('Prime' of 'Prime
        Minister'), or stands in a quotation that does not close. Lines at the end that lexicons know are left out
        first.

    Why it matters:
        It is a teaser, a feed with an excerpt, or a column of a data base that was too narrow. The end of the story is
        missing, and often its point.

    Known limits:
        A body that was cut behind a whole sentence, or where the words could be one, looks whole: a forgotten full stop
        is as common as a cut. An ellipsis alone counts at the end of an excerpt, or behind a word that needs another
        one. Signatures, credits and lists at the end are left alone. For bodies of one length, or of one number of
        words, see `equal-length-body`.

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
            The first bus crossed it at six in the morning. The mayor, who had cut the
          finds: ["The mayor, who had cut the"]
        - body: |-
            The bridge reopened on Monday.
            The first bus crossed it at six in the morning and [...]
          finds: ["The first bus crossed it at six in the morning and [...]"]

    Options:
        lexicons: files of your own with further words that cannot end a sentence.

    Source:
        CoAID#7 (all bodies cut at 490 characters); feeds' and search pages' excerpts, which end in '[…]'.
    """

    name: ClassVar[str] = "truncated-body"
    family: ClassVar[str] = "structure"
    severity: ClassVar[str] = "info"

    lexicons: tuple[str, ...] = ()

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the sentences that break off at the end of a body."""
        lines = self._last_lines(batch)
        if lines.is_empty():
            return no_spans()
        lines = lines.with_columns(
            _language(batch, lines), prompt=self._is_prompt(lines), tail=tail_of(pl.col("text"))
        ).with_columns(
            tail_words=pl.col("tail").str.count_matches(r"\S+"),
            inside=pl.col("tail").str.len_chars() < pl.col("chars"),
            phrase=normalised(pl.col("tail")).is_in(list(load(self.lexicons).plain)),
        )
        lines = lines.join(self._dots(batch, lines), on="article", how="left", maintain_order="left")
        lines = lines.with_columns(begun_word=_begun_words(batch, lines))
        tail_chars = pl.col("tail").str.len_chars().cast(pl.Int64)
        prompt = pl.col("prompt") & pl.col("above") & ~pl.col("dots").fill_null(value=True)
        spans = (
            lines.lazy()
            .with_columns(
                marked=is_cut_mark() | is_excerpt_end(self.lexicons) | prompt, broken=breaks_off(self.lexicons)
            )
            .filter(pl.col("broken") | pl.col("marked"))
            .with_columns(start=pl.when("marked").then("start").otherwise(pl.col("end") - tail_chars))
        )
        return flagged(
            spans,
            reason=pl.when("marked")
            .then(pl.lit("the article ends in the mark of a cut"))
            .otherwise(pl.lit("the last sentence of the article breaks off")),
        )

    def _last_lines(self, batch: Batch) -> pl.DataFrame:
        """Return the last lines above those that lexicons know, if they have no end or an ellipsis there.

        They come with `above` (the line above is prose that ends as a sentence does) and `lines` (of the article).
        """
        known = np.zeros(batch.paragraphs.height, bool)
        known[batch.places(line_hits(batch, self.lexicons))] = True
        bounds = batch.cut.bounds
        place = np.where(known, -1, np.arange(len(known)))
        some = np.flatnonzero(np.diff(bounds))
        last = np.maximum.reduceat(place, bounds[some]) if len(some) else some
        some, last = some[last >= 0], last[last >= 0]
        ends, words = (batch.paragraphs[name].to_numpy() for name in ("ends", "words"))
        # Most lines end in a word and one mark, which is no mark of a cut.
        data, end = batch.cut.text.data, batch.cut.end[last]
        open_ended = ~(ends[last] & (data[end - 1] < 0x80) & np.array(_IN_WORD)[data[end - 2]])
        some, last = some[open_ended], last[open_ended]
        before = np.maximum(last - 1, bounds[some])
        above = (before < last) & ends[before] & (words[before] >= PROSE_WORDS)
        few: pl.DataFrame = batch.paragraphs[last].with_columns(
            above=pl.Series(above, dtype=pl.Boolean), lines=pl.Series(np.diff(bounds)[some], dtype=pl.Int64)
        )
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

    def _dots(self, batch: Batch, last_lines: pl.DataFrame) -> pl.DataFrame:
        """Return of each article whether one of its other lines has an ellipsis: `article`, `dots`."""
        lines = batch.paragraphs[batch.lines_of(last_lines["article"].to_numpy() - batch.first)]
        dots = pl.col("text").str.contains("…", literal=True) | pl.col("text").str.contains("...", literal=True)
        others = lines.join(last_lines.select("article", last="par"), on="article", how="left", maintain_order="left")
        return others.group_by("article", maintain_order=True).agg(
            dots=(dots & (pl.col("par") != pl.col("last"))).any()
        )


def _language(batch: Batch, lines: pl.DataFrame) -> pl.Series:
    """Return the language of each line's article, in two letters."""
    languages = batch.articles["language"].gather(lines["article"] - batch.first)
    return languages.str.strip_chars().str.head(2).str.to_lowercase().alias("language")


def _begun_words(batch: Batch, lines: pl.DataFrame) -> pl.Series:
    """Return whether the last word of lines that lack an end begins a longer word or a fixed pair of the article."""
    begun = np.zeros(lines.height, bool)
    for row in lines.select(is_open_line().arg_true()).to_series():
        *before, last = lines["text"][row].split()
        if last.isalpha() and len(before) >= PROSE_WORDS:
            body = batch.articles["body"][int(lines["article"][row]) - batch.first]
            above = body[: int(lines["end"][row]) - len(last)]
            if last in above:
                words = frozenset(re.findall(r"[^\W\d_]+", above))
                begun[row] = is_begun_word(last, words) or is_first_of_pair(last, above)
    return pl.Series(begun)


@cache
def _prompts(lexicons: tuple[str, ...]) -> frozenset[str]:
    """Return the prompts to read on."""
    mine = kind_bits("related", "paywall", "subscription")
    return frozenset(line for line, kinds in load(lexicons).plain.items() if kinds & mine)
