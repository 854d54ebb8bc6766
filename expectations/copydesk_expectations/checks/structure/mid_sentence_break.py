"""The check `mid-sentence-break`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.lexicon.lexicon import line_hits
from copydesk.model.finding import flagged, no_spans
from copydesk.text.expressions import normalised
from copydesk_expectations.detection.structure.ad_labels import is_ad_label
from copydesk_expectations.detection.structure.blank_lines import blank_lines_part, has_blank_line
from copydesk_expectations.detection.structure.breaks import can_break_off, cannot_end, goes_on, in_lists
from copydesk_expectations.detection.structure.hyphens import HYPHENS, parted_lines

#: A line that goes on has an end mark or at least so many words; 'yesterday, 15:30' below a title does not.
_TAIL = 3

_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]$"

#: In hard-wrapped text at least so many lines, and so large a share of them, break off.
_WRAPPED, _WRAPPED_SHARE = 5, 0.4

#: A line shorter than this, in characters, may be verse or an entry of a list.
_SHORT = 60


@dataclass(frozen=True, kw_only=True)
class MidSentenceBreak(ArticleCheck):
    """Expect no paragraph to break off in the middle of a sentence and go on in the next.

    What it finds:
        A paragraph of at least `min_words` words without a mark at its end, where the sentence goes on in the next one.
        It does where the next one starts with a lower-case letter. It also does where the last word cannot end a
        sentence in the article's language ('the', 'und'; in scripts without case, a comma). The finding spans the last
        word, the break (and any label of the page that stands in it), and the first word after it. Words that a scanned
        page parts with a hyphen at the end of a line are found, too, where an article has at least two.

    Why it matters:
        A hard line break of the page, or an element that was cut out, splits a sentence in two. Sentence splitters,
        translation and training all see two fragments.

    Known limits:
        Where most lines break off the text is hard-wrapped, which is one finding of the article. Runs of short lines
        (verse, lists, tables), items of lists and statutes, headings that end in a particle ('nimmt ein') and lines
        that end in a bracket or colon are left alone. In scripts without case, and where a German noun comes next, only
        breaks after such a word or a comma are seen.

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
    severity: ClassVar[str] = "info"

    min_words: int = 4

    def is_certain(self, text: str, start: int, end: int, replacement: str) -> bool:
        """A break that is none of a paragraph is, or one for an advertisement; else a label or a list may follow."""
        span = text[start:end]
        between = span.splitlines()[1:-1]
        if any(map(str.strip, between)):
            return all(is_ad_label(line) for line in between if line.strip())
        return not has_blank_line(span) and blank_lines_part(text)

    def find(self, batch: Batch) -> pl.LazyFrame:
        """Return the breaks, each to be replaced by a space; those of hard-wrapped text as one."""
        breaks = self._pairs(batch)
        if breaks.is_empty():
            return no_spans()
        parted = pl.col("parted")
        breaks = breaks.filter(parted | can_break_off()).filter(parted | goes_on() | cannot_end())
        breaks = _without_headlines(batch, breaks)
        lines = pl.Series("lines", np.diff(batch.cut.bounds), dtype=pl.Int64)
        count = pl.len().over("article")
        spans = (
            breaks.with_columns(lines.gather(breaks["article"] - batch.first), count=count)
            .lazy()
            .with_columns(wrapped=(pl.col("count") >= _WRAPPED) & (pl.col("count") >= _WRAPPED_SHARE * pl.col("lines")))
            .with_columns(wrapped=pl.col("wrapped") & ~pl.col("parted"))
            .filter(~pl.col("wrapped") | (pl.col("end") == pl.col("end").min().over("article")))
            .with_columns(
                start=pl.col("end") - pl.col("last").str.len_chars(),
                end=pl.col("next_start") + pl.col("first").str.len_chars(),
            )
        )
        mended = ~pl.col("last").str.tail(1).is_in(HYPHENS) & ~pl.col("wrapped")
        space = pl.when(pl.col("last").str.contains(_UNSPACED)).then(pl.lit("")).otherwise(pl.lit(" "))
        return flagged(
            spans,
            reason=pl.when("wrapped")
            .then(pl.format("the first of {} breaks: the {} lines are hard-wrapped text", "count", "lines"))
            .otherwise(pl.lit("the paragraph breaks off in the middle of a sentence, and the next goes on with it")),
            repair=pl.when(mended).then(pl.lit("replace")).otherwise(pl.lit("none")),
            replacement=pl.when(mended).then(pl.concat_str("last", space, "first")),
        )

    def _pairs(self, batch: Batch) -> pl.DataFrame:
        """Return the paragraphs that may break off, each with the next one: see `detection.breaks`."""
        paragraphs = batch.paragraphs
        # A label or a prompt that stands in the break belongs to the page; the sentence goes on behind it.
        story = np.delete(np.arange(paragraphs.height), batch.places(line_hits(batch)))
        article, chars, words, ends, lower = (
            paragraphs[name].to_numpy()[story] for name in ("article", "chars", "words", "ends", "lower")
        )
        parted = parted_lines(paragraphs[story])
        flags = parted.copy()
        flags[self._broken(article, chars, words, ends)] = True
        at = np.flatnonzero(flags)
        if not len(at):
            return paragraphs.clear()
        colon = batch.cut.text.data[batch.cut.end[story] - 1] == ord(":")
        items = in_lists(article, lower, ends | colon)
        # The second line of a wrapped sentence is below one that does not end; an item is below one that does.
        following = paragraphs[story[at + 1]].select(
            first=pl.col("text").str.extract(r"^(\S+)"),
            next_start="start",
            next_lower="lower",
            next_ends="ends",
            next_words="words",
            following=pl.col("text").str.head(40),
        )
        broken: pl.DataFrame = paragraphs[story[at]].select(
            "article", "par", "end", "text", "words", "chars", last=pl.col("text").str.extract(r"(\S+)$")
        )
        owner = broken["article"] - batch.first
        language = batch.articles["language"].gather(owner).str.head(2).str.to_lowercase()
        known = pl.DataFrame({"language": language, "in_list": items[at], "parted": parted[at]})
        return pl.concat([broken, following, known], how="horizontal")

    def _broken(self, article: Any, chars: Any, words: Any, ends: Any) -> Any:
        """Tell by the shapes of paragraphs which have no end, and another of prose follows that can go on."""
        at = np.flatnonzero(
            (article[1:] == article[:-1])
            & ~ends[:-1]
            & (words[:-1] >= self.min_words)
            & (ends[1:] | (words[1:] >= _TAIL))
        )
        short = chars < _SHORT
        above, below = np.maximum(at - 1, 0), np.minimum(at + 2, len(article) - 1)
        beside = (short[above] & (article[above] == article[at]) & (above < at)) | (
            short[below] & (article[below] == article[at]) & (below > at + 1)
        )
        return at[~(short[at] & short[at + 1] & beside)]


def _without_headlines(batch: Batch, breaks: pl.DataFrame) -> pl.DataFrame:
    """Leave out the lines that are the headline of their article."""
    headlines = batch.articles["headline"].gather(breaks["article"] - batch.first)
    titles = pl.DataFrame({"headline": headlines}).select(normalised(pl.col("headline"))).to_series()
    return breaks.filter(normalised(pl.col("text")).ne_missing(titles))
