"""Menus above a story: runs of short lines of which most are names of sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.checks.batch import shared
from copydesk.lazy import np, pl
from copydesk.text.expressions import normalised
from copydesk_expectations.tables import read_table

if TYPE_CHECKING:
    from copydesk.checks.batch import Batch

__all__ = ["MENU", "menu_lines"]

#: The reason of a finding.
MENU = "an entry of a menu above the story"

#: An entry has so many words and characters at most. A menu has so many entries at least, so many of which are names of
#: sections, which are such a share of them.
_WORDS, _CHARS, _ENTRIES, _SECTIONS, _SHARE = 3, 30, 4, 3, 0.5

#: A sentence of so many words is prose: the story begins there.
_PROSE = 15


@shared
def menu_lines(batch: Batch) -> pl.DataFrame:
    """Return the entries of the menus above the first prose of the stories of a batch: `place` among the paragraphs.

    A menu goes from its first name of a section to its last one.
    """
    paragraphs = batch.paragraphs
    words, chars, ends = (paragraphs[name].to_numpy() for name in ("words", "chars", "ends"))
    article = paragraphs["article"].to_numpy() - batch.first
    prose = np.flatnonzero(ends & (words >= _PROSE))
    story = np.full(batch.articles.height, -1)
    story[article[prose[::-1]]] = prose[::-1]
    entry = np.flatnonzero((words <= _WORDS) & (chars <= _CHARS) & ~ends)
    entry = entry[entry < story[article[entry]]]
    run = np.cumsum(np.r_[True, (np.diff(entry) > 1) | (np.diff(article[entry]) > 0)][: len(entry)]) - 1
    entry, run = (values[np.bincount(run)[run] >= _ENTRIES] for values in (entry, run))
    texts = pl.DataFrame({"text": paragraphs["text"].gather(entry)})
    section = texts.select(normalised(pl.col("text")).is_in(list(read_table("section_names")))).to_series()
    lines = pl.DataFrame({"place": entry, "run": run, "section": section})
    first, last = (pl.col("place").filter("section").min(), pl.col("place").filter("section").max())
    between = pl.col("place").is_between(first.over("run"), last.over("run"))
    sections, entries = pl.col("section").sum().over("run"), pl.len().over("run")
    menus = lines.filter(between).filter(sections >= _SECTIONS, entries >= _ENTRIES, sections >= _SHARE * entries)
    return menus.select(pl.col("place").cast(pl.Int64))
