"""Blocks of links: the titles of other stories behind a label such as 'Read more stories' or 'Most read'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from copydesk.checks.batch import SHORT_LINE, shared
from copydesk.lazy import np, pl
from copydesk.lexicon.lexicon import line_hits, load
from copydesk.lexicon.phrases import kind_bits

if TYPE_CHECKING:
    from copydesk.checks.batch import Batch

__all__ = ["entries_behind_labels", "link_blocks"]

#: A line of so many words that ends as a sentence is prose, and so is any line of so many words.
_SENTENCE, _LONG = 15, 40

#: Between paragraphs of a story, a line of fewer words behind a label may be the story's next cross-head.
_FEWEST_WORDS = 4

#: What a title does not begin with: a note in brackets stands below a story, and a dash opens a line of dialogue.
_NOTE = re.compile(r"[(\[（【*–—]")

#: A title ends without a full stop; an abbreviation or an ellipsis may end one.
_SENTENCE_END = re.compile(r"[^\W\d_]{3}[.。।۔]$")


@shared
def entries_behind_labels(batch: Batch, lexicons: tuple[str, ...] = ()) -> pl.DataFrame:
    """Return the entries of all blocks: `place` among the paragraphs, and `label`, the place of the label."""
    hits = line_hits(batch, lexicons)
    plain, related = load(lexicons).plain, kind_bits("related")
    is_label = [plain.get(line, 0) & related > 0 for line in hits["line"].to_list()]
    labels = batch.places(hits.filter(pl.Series(is_label, dtype=pl.Boolean)))
    if not len(labels):
        return pl.DataFrame(schema={"place": pl.Int64, "label": pl.Int64})
    paragraphs = batch.paragraphs
    article, words, chars, ends = (paragraphs[name].to_numpy() for name in ("article", "words", "chars", "ends"))
    prose = (chars > SHORT_LINE) | (words >= _LONG) | (ends & (words >= _SENTENCE))
    phrase = np.zeros(len(prose), np.bool_)
    phrase[batch.places(hits)] = True
    places: list[int] = []
    owners: list[int] = []
    for label in labels.tolist():
        behind = _titles_behind(label, article, prose, phrase, paragraphs["text"])
        last = label + len(behind)
        followed = last + 1 < len(article) and article[last + 1] == article[label]
        if followed and len(behind) == 1 and words[behind[0]] < _FEWEST_WORDS:
            continue
        mine = [place for place in behind if not phrase[place]]
        places += mine
        owners += [label] * len(mine)
    frame = pl.DataFrame({"place": places, "label": owners}, schema={"place": pl.Int64, "label": pl.Int64})
    return frame.unique("place", keep="last", maintain_order=True).sort("place")


def _titles_behind(label: int, article: Any, prose: Any, phrase: Any, texts: pl.Series) -> list[int]:
    """Return the places of the lines from a label to the next line that can be no title."""
    places: list[int] = []
    place = label + 1
    while place < len(article) and article[place] == article[label] and not prose[place]:
        if not phrase[place] and not _may_be_title(texts[place]):
            break
        places.append(place)
        place += 1
    return places


def _may_be_title(line: str) -> bool:
    """Say whether a line may be the title of a story, or the number, the date or the section beside one."""
    return not _NOTE.match(line) and not _SENTENCE_END.search(line)


def link_blocks(batch: Batch, lexicons: tuple[str, ...] = ()) -> pl.DataFrame:
    """Return the blocks: `article`, `start`, `end` (of the entries), `label` (its words) and `entries` (how many)."""
    entries = entries_behind_labels(batch, lexicons)
    paragraphs = batch.paragraphs
    rows = paragraphs.select("article", "start", "end")[entries["place"]]
    labels = paragraphs["text"].gather(entries["label"]).alias("words")
    spans = pl.concat([rows, entries, labels.to_frame()], how="horizontal")
    # A phrase between two entries is a finding of its own: the block goes on behind it.
    block = ((pl.col("place") != pl.col("place").shift() + 1) | (pl.col("label") != pl.col("label").shift())).cum_sum()
    return (
        spans.with_columns(block=block.fill_null(0))
        .group_by("block", maintain_order=True)
        .agg(
            pl.col("article").first(),
            pl.col("start").first(),
            pl.col("end").last(),
            label=pl.col("words").first(),
            entries=pl.len(),
        )
    )
