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

#: Marks of a teaser that was cut by its publishing system.
_CUT = r"(?:\[\s?(?:…|\.\.\.|&hellip;)\s?\]|\(\s?(?:…|\.\.\.)\s?\)|[^\s.…]\s?(?:…|\.{3,4}))$"

#: Where the article says that the rest is elsewhere: an ellipsis and a few words.
_MORE = r"(?:…|\.\.\.)\s*[\[(]?(\p{L}[^.…\[\]()]{3,30})[\])]?$"

#: What ends a text beside the marks of sentences: a bracket, an agency, a signature, an address, a printer's ornament.
_SIGNED = (
    r"(?:[)\]）】〉》〕>*_|♦◆■●▪•□◼:：]|https?://\S+|www\.\S+|\S\.\p{Ll}{2,4}(?:/\S*)?|@\w+"
    r"|(?:/\s?|(?:/\s?|(?:\s|^)[–—-]\s?)\p{L})\p{L}{1,4}|\d[./-]\d{1,2}[./-]\d{1,4}|\d[\d-]{6,})$"
)

#: Letters and figures of ASCII, by their byte.
_IN_WORD = [byte < 0x80 and chr(byte).isalnum() for byte in range(256)]

#: A line that holds one of these is a credit, a label or a list, not prose.
_NOT_PROSE = (
    r"[|©@]|^\S+(?:\s\S+){0,3}[:：]\s[^\"“„«‘']|^[\p{P}\p{S}\s]*[-•*▪·#>]\s?\p{L}|\S+\.\p{Ll}{2,4}$|^\W*$|^(?:By|Von|Par|Por|Di|Door|Av|Af)\s"
    r"|\s(?:by|von|par|por|di|door|av|af)\s\p{Lu}\S+(?:\s\p{Lu}\S+){0,2}$"
)

#: Initials of an agency or a reporter.
_INITIALS = r"[\p{P}\s]\p{Lu}{2,8}$"

#: A name in capitals, as lists of credits have it.
_CAPITALS = r"\p{Lu}{2,}\s\p{Lu}{2,}$"

_END = r"[.!?…。！？।؟۔]"
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}]$"

#: A line in a script without spaces is prose from so many characters on.
_LINE = 5


@dataclass(frozen=True, kw_only=True)
class TruncatedBody(ArticleCheck):
    """Expect a body to go on to the end of its last sentence.

    What it finds:
        A last line that breaks off: without a mark of the end where it is a long paragraph with whole sentences before,
        or at least `ended` of the other lines that are prose have one; or with the mark of a cut ('[…]', '...', '…
        Continue reading').

    Why it matters:
        A teaser, a feed with an excerpt, or a column of a data base that was too narrow: the end of the story is
        missing, and often its point.

    Known limits:
        A body that was cut at the end of a sentence looks whole. Signatures, agencies, addresses, credits and lists at
        the end are left alone, and so are short lines that do not break off in a word that must be followed by
        another; so is an article of one line. That many bodies of a collection share one length is not looked at.

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
        cut = self._cut(batch)
        text = pl.col("text")
        tail = text.str.extract(rf"(?:^|{_END}[\"'”’»)\]]*\s+)([^.!?…。！？।؟۔]*)$").fill_null(text)
        marked = text.str.contains(_CUT) & (pl.col("words") >= _FEW) & ~pl.col("dots").fill_null(True)
        spans = (
            cut.lazy()
            .join(self._others(batch, cut).lazy(), on="article", how="left", maintain_order="left")
            .with_columns(tail=tail)
            .with_columns(
                tail_words=pl.col("tail").str.count_matches(r"\S+"),
                inside=pl.col("tail").str.len_chars() < pl.col("chars"),
                share=pl.col("share").fill_null(0.0),
            )
            .with_columns(marked=marked | self._goes_on(cut), broken=_breaks_off(self.lexicons, self.ended))
            .filter(pl.col("broken") | pl.col("marked"))
            .filter(pl.col("marked") | ~text.str.strip_chars_end().str.contains(_SIGNED))
            .with_columns(
                start=pl.when(pl.col("marked"))
                .then("start")
                .otherwise(pl.col("end") - pl.col("tail").str.len_chars().cast(pl.Int64))
            )
        )
        return flagged(
            spans,
            reason=pl.when("marked")
            .then(pl.lit("the article ends in the mark of a cut"))
            .otherwise(pl.lit("the last sentence of the article breaks off")),
        )

    def _cut(self, batch: Batch) -> pl.DataFrame:
        """Return the last paragraphs that may break off: those without an end, or with the mark of a cut."""
        last = batch.cut.bounds[1:][np.diff(batch.cut.bounds) > 0] - 1
        last = np.setdiff1d(last, batch.places(line_hits(batch, self.lexicons)), assume_unique=True)
        ends = batch.paragraphs["ends"].to_numpy()
        # Most lines end in a word and one mark, which is no mark of a cut.
        data, end = batch.cut.text.data, batch.cut.end[last]
        whole = ends[last] & (data[end - 1] < 0x80) & np.array(_IN_WORD)[data[end - 2]]
        dotted = pl.col("text").str.contains(r"(?:…|\.\.\.)[^\p{L}\p{N}]*$")
        few: pl.DataFrame = batch.paragraphs[last[~whole]]
        return few.filter(~pl.col("ends") | dotted)

    def _goes_on(self, cut: pl.DataFrame) -> pl.Series:
        """Say of lines whether they end in a prompt to read on, behind an ellipsis."""
        dotted = cut["text"].str.contains("…", literal=True) | cut["text"].str.contains("...", literal=True)
        at = (dotted & ~cut["ends"]).arg_true().to_numpy()
        said = np.zeros(cut.height, bool)
        if len(at):
            words = cut["text"].gather(at).str.extract(_MORE).str.to_lowercase().str.strip_chars()
            said[at] = words.is_in(list(_prompts(self.lexicons))).fill_null(False).to_numpy()
        return pl.Series(said)

    def _others(self, batch: Batch, cut: pl.DataFrame) -> pl.DataFrame:
        """Say of the other lines of the articles which `share` ends as sentences, and whether one has `dots`."""
        lines = batch.paragraphs[batch.lines_of(cut["article"].to_numpy() - batch.first)]
        last = pl.col("par") == pl.col("par").max().over("article")
        return (
            lines.filter((pl.col("words") >= _FEW) | pl.col("ends"), ~last)
            # The first line is often the headline, which has no end; it tells only where it is all there is.
            .filter((pl.col("par") > 0) | (pl.len().over("article") < 3))
            .group_by("article")
            .agg(share=pl.col("ends").mean(), dots=pl.col("text").str.contains("…", literal=True).any())
        )


@cache
def _breaks_off(lexicons: tuple[str, ...], ended: float) -> pl.Expr:
    """Say whether a last line breaks off, unless it is signed; made once, since it has a hundred parts."""
    dangling, small, signatures = _lists(lexicons)
    text, end = pl.col("text"), pl.col("text").str.strip_chars_end()
    final = pl.col("tail").str.extract(r"(\S+)$").str.to_lowercase()
    lower = pl.col("tail").str.count_matches(r"(?:^|\s)\p{P}*\p{Ll}")
    open_ended = final.is_in(dangling) | pl.col("tail").str.ends_with(",")
    unspaced = text.str.contains(_UNSPACED) & (pl.col("chars") >= _LINE)
    caseless = text.str.contains(r"[\p{Lo}\p{M}]$") & ~unspaced
    # Whatever the other lines are: a paragraph with a whole sentence before the one that breaks off is prose.
    word = (pl.col("tail_words") == 1) & (pl.col("share") >= _MANY) & ~final.is_in(signatures)
    begun = (pl.col("tail_words") > 1) & ((lower >= 1) | caseless) | final.is_in(small) | word
    sentence = (pl.col("tail_words") >= _CREDIT) & (lower >= _LOWER * 3) & (pl.col("share") >= ended / 2)
    told = (pl.col("words") >= _TOLD) & ((pl.col("inside") & begun) | open_ended | sentence)
    return (
        ~pl.col("ends")
        & ~end.str.contains(_CAPITALS)
        & ~(end.str.contains(_INITIALS) & (pl.col("tail_words") <= _CREDIT // 2))
        & ~(pl.col("tail").str.contains(_NOT_PROSE) & (pl.col("tail_words") <= _CREDIT))
        & (told | (pl.col("share") >= ended))
        & (
            told
            | (open_ended & (pl.col("words") > 1))
            | (pl.col("tail_words") >= _FEW) & ((lower >= _LOWER) | caseless)
            | (pl.col("inside") & (pl.col("tail_words") > 1) & ((lower >= 1) | caseless))
            | (pl.col("share") >= _SURE) & (pl.col("tail_words") > 1) & ((lower >= 1) | caseless)
            | (pl.col("share") >= _SURE) & final.is_in(small)
            | unspaced
        )
    )


@cache
def _lists(lexicons: tuple[str, ...]) -> tuple[pl.Series, ...]:
    """Return words that cannot end a sentence, function words, and signatures; each as one list."""
    lexicon = load(lexicons)
    kinds = ("open-ended", "function-words", "byline-junk")
    return tuple(
        pl.Series([word for words in lexicon.words(kind).values() for word in words]).implode() for kind in kinds
    )


@cache
def _prompts(lexicons: tuple[str, ...]) -> frozenset[str]:
    """Return prompts to read on."""
    mine = kind_bits("related", "paywall", "subscription")
    return frozenset(line for line, kinds in load(lexicons).plain.items() if kinds & mine)


#: A line of so many words is prose.
_FEW = 6

#: A word alone behind a sentence begins another one, and signs nothing, where so many of the other lines are prose.
_MANY = 0.8

#: A credit has at most so many words.
_CREDIT = 12

#: A paragraph of so many words is one of the story, and no label or credit.
_TOLD = 15

#: Where so large a share of lines ends as sentences do, two words at the end are the start of one.
_SURE = 0.9

#: Prose has so many words in lower case, even in German.
_LOWER = 2
