"""Gates: pages that stand in place of a story, told by their phrases. The phrases are in the table `gates`.

A line is a row with `text`, `words` and `ends`, see `copydesk.text.paragraphs.paragraphs_of`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from copydesk.checks.batch import Batch, shared
from copydesk.lazy import pl
from copydesk.lexicon.lexicon import line_hits
from copydesk.lexicon.phrases import kind_bits
from copydesk.text.expressions import folded, normalised
from copydesk_expectations.tables import read_sections

if TYPE_CHECKING:
    from polars import DataFrame, Expr, LazyFrame

__all__ = ["MAX_WORDS", "STORY_WORDS", "gate_evidence", "gate_pages", "gates_in", "without_cjk_spaces"]

#: A page that stands in place of an article has fewer words.
MAX_WORDS = 120

#: So much of the text in lines of such pages makes it one.
_HALF = 0.5

#: A line of so many words that ends as a sentence is a paragraph of a story, unless it has many weak phrases.
STORY_WORDS = 12

#: A weak phrase for so many words makes a line one of a gate.
WORDS_PER_PHRASE = 15

#: A line of more words may tell of a gate; there must be so many phrases more on the page.
BRIEF_WORDS, MORE_PHRASES = 15, 2

#: So many lines that are fields or buttons of a form are as good as a strong line.
FORM_FIELDS = 2

#: What is quoted is told of, and is no phrase of the page.
_QUOTED = r"[“\"„«「『][^”\"“»」』]*[”\"“»」』]"

_CJK = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]"


def without_cjk_spaces(text: Expr) -> Expr:
    """Return text without the spaces beside Chinese, Japanese, Korean and Thai letters, which differ from page to page.

    >>> pl.select(without_cjk_spaces(pl.lit("请 启用 JavaScript 后 重试"))).item()
    '请启用JavaScript后重试'
    """
    return text.str.replace_all(rf"({_CJK})\s+", "$1").str.replace_all(rf"\s+({_CJK})", "$1")


def gate_evidence(lines: LazyFrame) -> LazyFrame:
    """Return lines with what speaks for a gate: `strong`, `field`, `brief` (Boolean), and the number of `weak`."""
    strong, weak, field = (_phrases(grade) for grade in ("strong", "weak", "field"))
    page = without_cjk_spaces(folded(pl.col("text")))
    told = page.str.replace_all(_QUOTED, " ")
    return lines.with_columns(
        strong=told.str.contains_any(strong),
        brief=pl.col("words") <= BRIEF_WORDS,
        weak=page.str.extract_many(weak).list.len(),
        field=without_cjk_spaces(normalised(pl.col("text"))).is_in(field),
    )


def gate_pages(lines: LazyFrame) -> LazyFrame:
    """Return the articles, of those whose lines are given, that are a gate: `article`, `start` and `end`.

    Args:
        lines: all lines of short bodies, with `known` (Boolean, a lexicon knows the line) and `gate_evidence`.
    """
    many_weak = pl.col("weak") * WORDS_PER_PHRASE > pl.col("words")
    of_page = pl.col("known") | pl.col("strong") | pl.col("field") | many_weak
    story = pl.col("ends") & (pl.col("words") >= STORY_WORDS) & ~of_page
    brief = pl.col("strong") & pl.col("brief")
    phrases = pl.col("weak") + pl.col("strong").cast(pl.UInt32)
    return (
        lines.group_by("article")
        .agg(
            pl.col("start").min(),
            pl.col("end").max(),
            story=story.any(),
            brief=brief.any(),
            told=pl.col("strong").any() & (phrases.sum() > MORE_PHRASES),
            form=pl.col("field").sum() >= FORM_FIELDS,
        )
        .filter(~pl.col("story") & (pl.col("brief") | pl.col("told") | pl.col("form")))
        .select("article", "start", "end")
    )


@shared
def gates_in(batch: Batch, max_words: int = MAX_WORDS, lexicons: tuple[str, ...] = ()) -> pl.DataFrame:
    """Return the articles of a batch that are a gate, or a page of consent: `article`, `start` and `end` of its text.

    Args:
        batch: the articles.
        max_words: a gate has fewer words.
        lexicons: files with further phrases, see `copydesk.lexicon.lexicon.load`.
    """
    brief = batch.measures.select(pl.col("words").is_between(1, max_words - 1).arg_true()).to_series()
    page = (pl.col("kinds") & kind_bits("page", "consent")) > 0
    known = line_hits(batch, lexicons).filter(page).select("article", "par", known=pl.lit(True))
    lines = gate_evidence(
        batch.paragraphs[batch.lines_of(brief.to_numpy())]
        .lazy()
        .join(known.lazy(), on=["article", "par"], how="left")
        .with_columns(pl.col("known").fill_null(value=False))
    ).collect()
    if not lines.select(pl.any_horizontal("known", "strong", "field").any()).item():
        return batch.paragraphs.select("article", "start", "end").clear()
    share = pl.col("chars").filter(pl.col("known") | (pl.col("strong") & pl.col("brief"))).sum() / pl.col("chars").sum()
    half = (
        lines.lazy()
        .group_by("article")
        .agg(pl.col("start").min(), pl.col("end").max(), share=share)
        .filter(pl.col("share") >= _HALF)
        .select("article", "start", "end")
    )
    return pl.concat([half, gate_pages(lines.lazy())]).unique("article", keep="any").collect()


@cache
def _phrases(grade: str) -> list[str]:
    """Return the phrases of a grade, spelt as the lines are that they are compared with."""
    phrases = pl.DataFrame({"text": read_sections("gates")[grade]})
    spelt = normalised(pl.col("text")) if grade == "field" else folded(pl.col("text"))
    spelt_phrases: DataFrame = phrases.select(without_cjk_spaces(spelt))
    return spelt_phrases.to_series().unique(maintain_order=True).to_list()
