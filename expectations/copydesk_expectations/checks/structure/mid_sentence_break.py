"""The check `mid-sentence-break`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from copydesk.checks import ArticleCheck
from copydesk.checks.batch import Batch
from copydesk.lazy import np, pl
from copydesk.lexicon.lexicon import line_hits, load
from copydesk.model.finding import flagged
from copydesk.text.expressions import normalised
from copydesk_expectations.detection.ad_labels import is_ad_label
from copydesk_expectations.detection.blank_lines import blank_lines_part, has_blank_line

#: A line that goes on has an end mark or at least so many words; 'yesterday, 15:30' below a title does not.
_TAIL = 3

#: What opens a paragraph in lower case though no sentence goes on: iPhone, eBay; an address; a list's letter.
_NOT_PROSE = r"^(?:\p{Ll}+\p{Lu}|https?:|www\.|\p{Ll}[.)]\s)"

#: Where the script has no case, a comma at the end of a line of so many words tells that it breaks off.
_WORDY = 8
_CASELESS = r"\p{Lo}"
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]$"

#: A line shorter than this, in characters, may be verse or an entry of a list.
_SHORT = 60


@dataclass(frozen=True, kw_only=True)
class MidSentenceBreak(ArticleCheck):
    """Expect no paragraph to break off in the middle of a sentence and go on in the next.

    What it finds:
        A paragraph of at least `min_words` words without a mark at its end, where the sentence goes on in the next one.
        It does where the next one starts with a lower-case letter. It also does where the last word cannot end a
        sentence in the article's language ('the', 'und'; in scripts without case, a comma). The finding spans the last
        word, the break (and any label of the page that stands in it), and the first word after it.

    Why it matters:
        A hard line break of the page, or an element that was cut out, splits a sentence in two. Sentence splitters,
        translation and training all see two fragments.

    Known limits:
        Runs of short lines (verse, lists, tables) and lines that end in a bracket or colon are left alone. In scripts
        without case, and where a German noun comes next, only breaks after such a word or a comma are seen.

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
        """Return the breaks, each to be replaced by a space."""
        pairs = self._pairs(batch)
        bare = pl.col("last").str.contains(r"[\p{L}\p{M}]$")  # not “the—”, which an interrupted speaker says
        cannot_end = (pl.col("open").fill_null(False) & bare) | (
            pl.col("last").str.contains(_CASELESS) & pl.col("last").str.contains(r"[,،、，]$") & pl.col("wordy")
        )
        goes_on = pl.col("next_lower") & ~pl.col("following").str.contains(_NOT_PROSE)
        spans = (
            pairs.lazy()
            .with_columns(word=normalised(pl.col("last")))
            .join(_open_ended().lazy(), on=["language", "word"], how="left", maintain_order="left")
            .filter(goes_on | cannot_end)
            .with_columns(
                start=pl.col("end") - pl.col("last").str.len_chars(),
                end=pl.col("next_start") + pl.col("first").str.len_chars(),
            )
        )
        hyphen = pl.col("last").str.ends_with("-")
        space = pl.when(pl.col("last").str.contains(_UNSPACED)).then(pl.lit("")).otherwise(pl.lit(" "))
        return flagged(
            spans,
            reason="the paragraph breaks off in the middle of a sentence, and the next goes on with it",
            repair=pl.when(hyphen).then(pl.lit("none")).otherwise(pl.lit("replace")),
            replacement=pl.when(~hyphen).then(pl.concat_str("last", space, "first")),
        )

    def _pairs(self, batch: Batch) -> pl.DataFrame:
        """Return the paragraphs that may break off, and what is asked of the next ones."""
        paragraphs = batch.paragraphs
        # A label or a prompt that stands in the break belongs to the page; the sentence goes on behind it.
        story = np.delete(np.arange(paragraphs.height), batch.places(line_hits(batch)))
        at = self._broken(*(paragraphs[c].to_numpy()[story] for c in ("article", "chars", "words", "ends")))
        following = paragraphs[story[at + 1]].select(
            first=pl.col("text").str.extract(r"^(\S+)"),
            next_start="start",
            next_lower="lower",
            following=pl.col("text").str.head(12),
        )
        broken: pl.DataFrame = paragraphs[story[at]].select(
            "article", "end", "text", last=pl.col("text").str.extract(r"(\S+)$"), wordy=pl.col("words") >= _WORDY
        )
        language = batch.articles["language"].gather(broken["article"] - batch.first).str.head(2).str.to_lowercase()
        pairs: pl.DataFrame = pl.concat([broken, following, language.to_frame("language")], how="horizontal")
        return pairs.filter(~pl.col("text").str.tail(1).is_in([":", "–", "—", ")", "]"]))

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


@cache
def _open_ended() -> pl.DataFrame:
    """Return the words with which no sentence ends: `language`, `word`, and `open` (true)."""
    words = load().words("open-ended")
    rows = [(language, word, True) for language, some in words.items() for word in some]
    return pl.DataFrame(rows, schema=["language", "word", "open"], orient="row")
